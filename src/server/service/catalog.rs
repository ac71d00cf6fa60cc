//! What the shop offers, and the producer's changes to it. Visitors are answered from memory, the
//! producer, carts and orders from the database.

mod memory;
mod snapshot;
mod watching;

pub use memory::{Known, Memory, Watch};
pub use snapshot::Snapshot;

use super::Shop;
use crate::model::{
    allergen::Allergens,
    category::{Category, CategoryForm},
    error::{AppError, Conflict, Missing},
    field::{FieldError, FieldErrors},
    ids::{CategoryId, ProductId, Slug},
    locale::Locale,
    page::{Page, Paging},
    product::{MAX_SEARCH, Product, ProductForm, ProductQuery, ProductSort},
    time::Timestamp,
};

/// A list of products as asked for in an address.
#[derive(Clone, Debug, Default)]
pub struct CatalogRequest {
    /// Id or address of a category.
    pub category: Option<String>,
    /// Search text.
    pub q: Option<String>,
    /// `true` or `false`.
    pub featured: Option<String>,
    /// Names of allergens, with commas between.
    pub without: Option<String>,
    /// See [`ProductSort::name`].
    pub sort: Option<String>,
    /// From 1.
    pub page: Option<String>,
    /// 1 to [`Paging::MAX_PER_PAGE`].
    pub per_page: Option<String>,
}

/// A product as a form showed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// When it had last been changed.
    pub version: Option<Timestamp>,
    /// How many pieces there were.
    pub stock: Option<u32>,
}

/// Products on a page of the shop.
const PER_PAGE: u32 = 12;

impl Shop {
    /// One page of the products on sale.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`] for an unknown category.
    pub async fn products(&self, request: &CatalogRequest, l: Locale) -> Result<Page<Product>, AppError> {
        let mut query = parse(request, l)?;
        let catalogue = self.catalogue().await?.snapshot;
        if let Some(category) = given(&request.category) {
            query.category = Some(named(catalogue.categories().to_vec(), category)?.id);
        }
        Ok(catalogue.list(&query))
    }

    /// One page of all products, for the producer.
    ///
    /// # Errors
    /// As [`Shop::products`].
    pub async fn all_products(&self, request: &CatalogRequest, l: Locale) -> Result<Page<Product>, AppError> {
        let mut query = ProductQuery { with_inactive: true, ..parse(request, l)? };
        if let Some(category) = given(&request.category) {
            query.category = Some(named(self.all_categories().await?, category)?.id);
        }
        self.store.products.list(&query).await
    }

    /// A product on sale, by id or address.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for one that is not on sale.
    pub async fn product(&self, name: &str) -> Result<Product, AppError> {
        let catalogue = self.catalogue().await?.snapshot;
        match (ProductId::parse(name), Slug::parse(name)) {
            (Ok(id), _) => catalogue.by_id(&id),
            (_, Ok(slug)) => catalogue.by_slug(&slug),
            _ => Err(AppError::missing(Missing::Product)),
        }
    }

    /// Up to four others of a product's shelf.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn similar(&self, product: &Product, l: Locale) -> Result<Vec<Product>, AppError> {
        let mut query = parse(&CatalogRequest { per_page: Some("5".into()), ..Default::default() }, l)?;
        query.category = Some(product.category_id.clone());
        let mut others = self.catalogue().await?.snapshot.list(&query).items;
        others.retain(|other| other.id != product.id);
        others.truncate(4);
        Ok(others)
    }

    /// A product by id or address, on sale or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn any_product(&self, name: &str) -> Result<Product, AppError> {
        match (ProductId::parse(name), Slug::parse(name)) {
            (Ok(id), _) => self.store.products.by_id(&id).await,
            (_, Ok(slug)) => self.store.products.by_slug(&slug).await,
            _ => Err(AppError::missing(Missing::Product)),
        }
    }

    /// The shelves of the shop.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn categories(&self) -> Result<Vec<Category>, AppError> {
        Ok(self.catalogue().await?.snapshot.categories().to_vec())
    }

    /// The shelves, each with something that can be had of it, is not featured, and has a picture.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn shelves(&self, l: Locale) -> Result<Vec<(Category, Option<Product>)>, AppError> {
        let mut query = parse(&CatalogRequest { featured: Some("false".into()), ..Default::default() }, l)?;
        let catalogue = self.catalogue().await?.snapshot;
        let shelves = catalogue.categories().iter().map(|category| {
            query.category = Some(category.id.clone());
            let products = catalogue.list(&query).items;
            let product = products.into_iter().find(|one| one.stock > 0 && !one.images.is_empty());
            (category.clone(), product)
        });
        Ok(shelves.collect())
    }

    /// All categories, for the producer.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn all_categories(&self) -> Result<Vec<Category>, AppError> {
        self.store.categories.list(true).await
    }

    /// A category of the producer's by its id.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn category_by_id(&self, id: &str) -> Result<Category, AppError> {
        let id = CategoryId::parse(id).map_err(|_| AppError::missing(Missing::Category))?;
        self.store.categories.by_id(&id).await
    }

    /// Adds a product.
    ///
    /// # Errors
    /// Field errors.
    pub async fn create_product(&self, form: &ProductForm) -> Result<Product, AppError> {
        let draft = form.parse()?;
        self.known_category(&draft.category_id).await?;
        self.store.products.insert(draft, Vec::new()).await
    }

    /// Changes a product; with a `version`, only if nobody changed it meanwhile.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`], or a conflict.
    pub async fn update_product(
        &self,
        id: &ProductId,
        form: &ProductForm,
        version: Option<Timestamp>,
    ) -> Result<Product, AppError> {
        let draft = form.parse()?;
        self.known_category(&draft.category_id).await?;
        self.store.products.update(id, draft, version).await
    }

    /// Changes a product from a form that showed it as it was: only if nobody changed it meanwhile,
    /// and, when the form sets another stock, only if nothing was sold meanwhile. A stock that the
    /// form leaves alone stays what it is now.
    ///
    /// # Errors
    /// As [`Shop::update_product`].
    pub async fn edit_product(
        &self,
        id: &ProductId,
        form: &ProductForm,
        shown: Shown,
    ) -> Result<Product, AppError> {
        let draft = form.parse()?;
        self.known_category(&draft.category_id).await?;
        self.store.products.edit(id, draft, shown.version, shown.stock).await
    }

    /// Puts a product on sale or takes it off.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_product_active(&self, id: &ProductId, active: bool) -> Result<Product, AppError> {
        self.store.products.set_active(id, active).await
    }

    /// Deletes a product. Orders keep what they hold of it; carts say that it is gone.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete_product(&self, id: &ProductId) -> Result<(), AppError> {
        let deleted = self.store.products.delete(id).await?;
        self.forget_pictures(&deleted.images).await;
        Ok(())
    }

    /// Deletes a category that has no products.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or [`Conflict::CategoryInUse`].
    pub async fn delete_category(&self, id: &CategoryId) -> Result<(), AppError> {
        let (store, id) = (self.store.clone(), id.clone());
        self.store
            .transaction(move |session| {
                let (store, id) = (store.clone(), id.clone());
                Box::pin(async move {
                    store.categories.delete(session, &id).await?;
                    if store.products.any_in(session, &id).await? {
                        return Err(AppError::Conflict { conflict: Conflict::CategoryInUse }.into());
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Adds a category.
    ///
    /// # Errors
    /// Field errors, or a conflict when the name is taken.
    pub async fn create_category(&self, form: &CategoryForm) -> Result<Category, AppError> {
        self.store.categories.insert(form.parse()?).await
    }

    /// Changes a category.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`], or a conflict when the name is taken.
    pub async fn update_category(&self, id: &CategoryId, form: &CategoryForm) -> Result<Category, AppError> {
        self.store.categories.update(id, form.parse()?).await
    }

    /// Shows or hides a category.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_category_active(&self, id: &CategoryId, active: bool) -> Result<Category, AppError> {
        self.store.categories.set_active(id, active).await
    }

    async fn known_category(&self, id: &CategoryId) -> Result<(), AppError> {
        match self.store.categories.by_id(id).await {
            Ok(_) => Ok(()),
            Err(AppError::NotFound { .. }) => Err(AppError::field("category_id", FieldError::Choice)),
            Err(error) => Err(error),
        }
    }
}

/// One of these by id or address.
fn named(categories: Vec<Category>, name: &str) -> Result<Category, AppError> {
    categories
        .into_iter()
        .find(|category| category.id.as_str() == name || category.slug.as_str() == name)
        .ok_or(AppError::missing(Missing::Category))
}

/// A value that says something.
pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

pub(crate) fn parse(request: &CatalogRequest, locale: Locale) -> Result<ProductQuery, AppError> {
    let mut errors = FieldErrors::default();
    let search = search(&mut errors, &request.q);
    let featured = given(&request.featured)
        .and_then(|text| errors.check("featured", text.parse::<bool>().map_err(|_| FieldError::Choice)));
    let sort = given(&request.sort)
        .and_then(|text| errors.check("sort", ProductSort::from_name(text).ok_or(FieldError::Choice)));
    let without = given(&request.without)
        .and_then(|names| errors.check("without", Allergens::parse(names).ok_or(FieldError::Choice)));
    let page = number(&mut errors, "page", given(&request.page), 1, Paging::MAX_PAGE);
    let per_page = number(&mut errors, "per_page", given(&request.per_page), PER_PAGE, Paging::MAX_PER_PAGE);
    if !errors.is_empty() {
        return Err(AppError::Fields { errors });
    }
    Ok(ProductQuery {
        category: None,
        search,
        featured,
        without: without.unwrap_or_default(),
        with_inactive: false,
        sort: sort.unwrap_or_default(),
        paging: Paging::new(page, per_page),
        locale,
    })
}

/// A search text.
pub(super) fn search(errors: &mut FieldErrors, text: &Option<String>) -> Option<String> {
    let text = given(text)?;
    if text.chars().count() > MAX_SEARCH {
        errors.add("q", FieldError::TooLong { max: u32::try_from(MAX_SEARCH).unwrap_or(u32::MAX) });
    }
    Some(text.to_owned())
}

/// A number from 1 to `max` in an address.
pub(super) fn number(
    errors: &mut FieldErrors,
    field: &str,
    text: Option<&str>,
    default: u32,
    max: u32,
) -> u32 {
    let Some(text) = text else { return default };
    let number = match text.parse::<u32>() {
        Ok(number) if (1..=max).contains(&number) => Ok(number),
        Ok(_) => Err(FieldError::Range { min: 1, max: i64::from(max) }),
        Err(_) => Err(FieldError::Format),
    };
    errors.check(field, number).unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::{option, prelude::*};

    #[test]
    fn every_wrong_part_of_an_address_is_named() {
        let text = |text: &str| Some(text.to_owned());
        let request = CatalogRequest {
            featured: text("maybe"),
            sort: text("$price"),
            page: text("0"),
            per_page: text("101"),
            q: Some("x".repeat(81)),
            without: text("gluten,lactose"),
            category: None,
        };
        let Err(AppError::Fields { errors }) = parse(&request, Locale::Ro) else { panic!("accepted") };
        assert_eq!(
            errors.0.keys().collect::<Vec<_>>(),
            ["featured", "page", "per_page", "q", "sort", "without"]
        );
    }

    #[test]
    fn nothing_asked_for_is_the_first_page_by_name() {
        let query = parse(&CatalogRequest::default(), Locale::En).unwrap();
        assert_eq!((query.paging.page(), query.sort), (1, ProductSort::Name));
    }

    proptest! {
        #[test]
        fn what_is_asked_for_keeps_its_limits(
            q in option::of(strange::text(90)),
            featured in option::of(strange::nearly("true|false|1")),
            without in option::of(strange::nearly("gluten|milk,nuts|,|lapte")),
            sort in option::of(strange::nearly("name|newest|price_asc")),
            page in option::of(strange::nearly("[0-9]{1,6}")),
            per_page in option::of(strange::nearly("[0-9]{1,4}")),
        ) {
            let asked = CatalogRequest { category: None, q, featured, without, sort, page, per_page };
            let Ok(query) = parse(&asked, Locale::Ro) else { return Ok(()) };
            let number = |text: &Option<String>, default| {
                given(text).map_or(default, |text| text.trim_start_matches(['+', '0']).parse().unwrap())
            };
            prop_assert_eq!(query.paging.page(), number(&asked.page, 1));
            prop_assert_eq!(query.paging.per_page(), number(&asked.per_page, PER_PAGE));
            prop_assert!(query.search.is_none_or(|q| (1..=MAX_SEARCH).contains(&q.chars().count())));
            prop_assert_eq!(query.featured, given(&asked.featured).map(|text| text == "true"));
            prop_assert_eq!(query.sort.name(), given(&asked.sort).unwrap_or("name"));
            let avoided = given(&asked.without).and_then(Allergens::parse).unwrap_or_default();
            prop_assert_eq!(query.without, avoided);
            prop_assert!(!query.with_inactive);
        }
    }
}
