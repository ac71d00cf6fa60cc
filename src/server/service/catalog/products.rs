//! The producer's work on products. Whatever puts a product on a shelf holds the shelf while it
//! does (`Categories::hold`), so that no product is left on one that is deleted at the same moment.

use super::{CatalogRequest, given, named, number, search, told};
use crate::{
    model::{
        error::{AppError, Conflict, Missing, Refused},
        field::{FieldError, FieldErrors},
        ids::{CategoryId, ProductId},
        image::Image,
        locale::Locale,
        page::{Page, Paging},
        product::{
            BulkChange, BulkForm, InlineForm, Product, ProductDraft, ProductForm, ShelfSort, Shown, Standing,
        },
        time::Timestamp,
    },
    server::{service::Shop, store::products::ShelfQuery, trail},
};

/// Products on a page of the producer's list.
const PER_PAGE: u32 = 25;
/// How often a new product is tried again when another one takes its address at the same moment.
const TRIES: u32 = 5;

/// The producer's list as asked for in an address.
#[derive(Clone, Debug, Default)]
pub struct ShelfRequest {
    /// As in [`CatalogRequest`].
    pub list: CatalogRequest,
    /// See [`Standing::name`]; anything else is all.
    pub standing: String,
    /// See [`ShelfSort::name`]; anything else is by name.
    pub sort: String,
}

/// What the producer's list shows.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// One page.
    pub products: Page<Product>,
    /// How many products on sale are running out, on any page.
    pub low: u64,
}

impl Shop {
    /// One page of the producer's list.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`] for an unknown category.
    pub async fn shelf(&self, request: &ShelfRequest, l: Locale) -> Result<Shelf, AppError> {
        let mut errors = FieldErrors::default();
        let search = search(&mut errors, &request.list.q);
        let page = number(&mut errors, "page", given(&request.list.page), 1, Paging::MAX_PAGE);
        if !errors.is_empty() {
            return Err(AppError::Fields { errors });
        }
        let category = match given(&request.list.category) {
            Some(category) => Some(named(self.all_categories().await?, category)?.id),
            None => None,
        };
        let query = ShelfQuery {
            category,
            search,
            standing: Standing::from_name(&request.standing).unwrap_or_default(),
            sort: ShelfSort::from_name(&request.sort).unwrap_or_default(),
            paging: Paging::new(page, PER_PAGE),
            locale: l,
        };
        let products = self.store.products.shelf(&query).await?;
        Ok(Shelf { products, low: self.store.products.count_standing(Standing::Low).await? })
    }

    /// Adds a product.
    ///
    /// # Errors
    /// Field errors.
    pub async fn create_product(&self, form: &ProductForm) -> Result<Product, AppError> {
        self.add_product(form.parse()?, Vec::new()).await
    }

    /// Adds a product that was checked, with pictures that are kept already.
    ///
    /// # Errors
    /// A field error for an unknown category.
    pub async fn add_product(&self, draft: ProductDraft, images: Vec<Image>) -> Result<Product, AppError> {
        let taken = Conflict::Duplicate { field: "slug".into() };
        for _ in 1..TRIES {
            match self.add_once(&draft, &images).await {
                Err(AppError::Conflict { conflict }) if conflict == taken => {}
                outcome => return outcome.inspect(|added| told::product(None, added)),
            }
        }
        self.add_once(&draft, &images).await.inspect(|added| told::product(None, added))
    }

    async fn add_once(&self, draft: &ProductDraft, images: &[Image]) -> Result<Product, AppError> {
        let (store, draft, images) = (self.store.clone(), draft.clone(), images.to_vec());
        self.store
            .transaction(move |session| {
                let (store, draft, images) = (store.clone(), draft.clone(), images.clone());
                Box::pin(async move {
                    store.categories.hold(session, &draft.category_id).await?;
                    store.products.insert(session, draft, images).await
                })
            })
            .await
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
        self.edit_product(id, form, Shown { version, stock: None }).await
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
        self.edit_draft(id, form.parse()?, shown).await
    }

    async fn edit_draft(
        &self,
        id: &ProductId,
        draft: ProductDraft,
        shown: Shown,
    ) -> Result<Product, AppError> {
        let (store, id) = (self.store.clone(), id.clone());
        let (before, after) = self
            .store
            .transaction(move |session| {
                let (store, id, draft) = (store.clone(), id.clone(), draft.clone());
                Box::pin(async move {
                    let now = store.products.within(session, &id).await?;
                    if now.category_id != draft.category_id {
                        store.categories.hold(session, &draft.category_id).await?;
                    }
                    let after = store.products.edit(session, &id, draft, shown).await?;
                    Ok((now, after))
                })
            })
            .await?;
        told::product(Some(&before), &after);
        Ok(after)
    }

    /// Changes price and stock in a row of the list, as [`Shop::edit_product`] does.
    ///
    /// # Errors
    /// As [`Shop::edit_product`].
    pub async fn edit_inline(
        &self,
        id: &ProductId,
        form: &InlineForm,
        shown: Shown,
    ) -> Result<Product, AppError> {
        let typed = form.parse()?;
        let now = self.store.products.by_id(id).await?;
        let draft = ProductDraft { price: typed.price, stock: typed.stock, ..now.draft() };
        // The rest of the draft is of now: it must not be written over what comes in between.
        let version = shown.version.or(Some(now.updated_at));
        self.edit_draft(id, draft, Shown { version, ..shown }).await
    }

    /// Does the same with many products, each of which is judged on its own. Says how many were
    /// changed.
    ///
    /// # Errors
    /// Field errors, or [`Conflict::Partly`] with those that were left as they are.
    pub async fn change_many(&self, form: &BulkForm) -> Result<u32, AppError> {
        let (change, picked) = form.parse()?;
        if let BulkChange::Move(category) = &change {
            self.known_category(category).await?;
        }
        let (mut done, mut refused) = (0, Vec::new());
        for (product_id, shown) in picked {
            let now = self.store.products.by_id(&product_id).await;
            let name = now.as_ref().map(|product| product.text.name.clone()).unwrap_or_default();
            match self.change_one(now, &change, shown).await {
                Ok(_) => done += 1,
                // What ails the database ails all of them.
                Err(error @ (AppError::Database | AppError::Internal)) => return Err(error),
                Err(why) => refused.push(Refused { product_id, name, why: Box::new(why) }),
            }
        }
        if refused.is_empty() {
            return Ok(done);
        }
        Err(AppError::Conflict { conflict: Conflict::Partly { done, refused } })
    }

    async fn change_one(
        &self,
        now: Result<Product, AppError>,
        change: &BulkChange,
        shown: Shown,
    ) -> Result<Product, AppError> {
        let now = now?;
        let mut draft = now.draft();
        let mut stock = Some(now.stock);
        match change {
            BulkChange::Active(active) => draft.active = *active,
            BulkChange::Featured(featured) => draft.featured = *featured,
            BulkChange::Move(category) => draft.category_id = category.clone(),
            BulkChange::Percent(_) | BulkChange::Amount(_) => {
                let range = FieldError::Range { min: 0, max: 9_999_999 };
                draft.price = change.price(now.price).ok_or_else(|| AppError::field("price", range))?;
            }
            BulkChange::Stock(pieces) => (draft.stock, stock) = (*pieces, shown.stock),
        }
        self.edit_draft(&now.id, draft, Shown { stock, ..shown }).await
    }

    /// Puts a product on sale or takes it off.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_product_active(&self, id: &ProductId, active: bool) -> Result<Product, AppError> {
        let changed = self.store.products.set_active(id, active).await?;
        trail::named(changed.name(Locale::Ro));
        trail::set("active", active);
        Ok(changed)
    }

    /// Deletes a product. Orders keep what they hold of it; carts say that it is gone.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete_product(&self, id: &ProductId) -> Result<(), AppError> {
        let deleted = self.store.products.delete(id).await?;
        trail::named(deleted.name(Locale::Ro));
        self.forget_pictures(&deleted.images).await;
        Ok(())
    }

    async fn known_category(&self, id: &CategoryId) -> Result<(), AppError> {
        match self.store.categories.by_id(id).await {
            Err(AppError::NotFound { what: Missing::Category }) => {
                Err(AppError::field("category_id", FieldError::Choice))
            }
            found => found.map(drop),
        }
    }
}
