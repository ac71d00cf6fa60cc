//! What the shop offers, as it stands in memory: never changed, only replaced. It answers as the
//! database would (`store/products/query.rs`); a property test holds the two against each other.

use crate::{
    model::{
        category::Category,
        error::{AppError, Missing},
        ids::{CategoryId, ProductId, Slug},
        locale::Locale,
        page::Page,
        product::{Product, ProductQuery, ProductSort},
    },
    server::store::{
        fold::words,
        products::{OnSale, Read, Unreadable},
    },
};
use mongodb::bson::oid::ObjectId;
use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// A place in [`Snapshot::shelf`].
type Place = u32;

/// Products on sale and the shelves they stand on.
#[derive(Clone, Default)]
pub struct Snapshot {
    shelf: Vec<Arc<OnSale>>,
    index: Arc<Index>,
    unreadable: Arc<[Unreadable]>,
    categories: Arc<[Category]>,
}

/// Where products stand. It stays as it is while only stock changes.
#[derive(Default)]
struct Index {
    by_id: HashMap<ProductId, Place>,
    by_slug: HashMap<Slug, Place>,
    /// By name, by price, dearest first: each in every language; then newest first.
    orders: [Vec<Place>; 7],
}

impl Snapshot {
    /// Everything, read anew.
    pub fn whole(read: Read, categories: Vec<Category>) -> Snapshot {
        let shelf: Vec<_> = read.on_sale.into_iter().map(Arc::new).collect();
        let index = Arc::new(Index::of(&shelf));
        Snapshot { shelf, index, unreadable: read.unreadable.into(), categories: categories.into() }
    }

    /// The same with these categories.
    pub fn with_categories(self, categories: Vec<Category>) -> Snapshot {
        Snapshot { categories: categories.into(), ..self }
    }

    /// The same after the products of these ids were read again; those that were not found are
    /// no longer on sale.
    pub fn with_products(self, ids: &BTreeSet<ObjectId>, read: Read) -> Snapshot {
        let mut unreadable = self.unreadable.to_vec();
        unreadable.retain(|other| !ids.contains(&other.id));
        unreadable.extend(read.unreadable);
        let mut fresh: HashMap<ProductId, OnSale> =
            read.on_sale.into_iter().map(|entry| (entry.product.id.clone(), entry)).collect();
        let (mut shelf, mut moved, mut gone) = (self.shelf, false, BTreeSet::new());
        for id in ids.iter().filter_map(|id| ProductId::parse(&id.to_hex()).ok()) {
            let place = self.index.by_id.get(&id).and_then(|place| usize::try_from(*place).ok());
            match (place.and_then(|place| shelf.get_mut(place)), fresh.remove(&id)) {
                (Some(old), Some(new)) => {
                    moved |= !stands_as(old, &new);
                    *old = Arc::new(new);
                }
                (Some(_), None) => gone.extend(place),
                (None, Some(new)) => {
                    moved = true;
                    shelf.push(Arc::new(new));
                }
                (None, None) => {}
            }
        }
        // From the last to the first, so that the others keep their places meanwhile.
        for place in gone.into_iter().rev() {
            moved = true;
            shelf.remove(place);
        }
        let index = if moved { Arc::new(Index::of(&shelf)) } else { self.index };
        Snapshot { shelf, index, unreadable: unreadable.into(), categories: self.categories }
    }

    /// One page of what a query asks for.
    pub fn list(&self, query: &ProductQuery) -> Page<Product> {
        let words: Vec<_> = query.search.as_deref().map(words).unwrap_or_default();
        let words: Vec<_> = words.into_iter().map(|word| format!(" {word}")).collect();
        // Only signs that no word has: nothing is called that.
        let nothing = words.is_empty() && query.search.as_deref().is_some_and(|text| !text.trim().is_empty());
        let mut found: Vec<&Arc<OnSale>> = Vec::new();
        let mut total = 0_u64;
        let full = u64::from(query.paging.per_page());
        let (from, to) = (query.paging.skip(), query.paging.skip() + full);
        for place in self.index.order(query.sort, query.locale) {
            let Some(entry) = self.at(*place) else { continue };
            if nothing || !wanted(query, &words, entry) {
                continue;
            }
            if (from..to).contains(&total) {
                found.push(entry);
            }
            total += 1;
        }
        query.paging.of(found.into_iter().map(|entry| entry.product.clone()).collect(), total)
    }

    /// All that is on sale, by name.
    pub fn by_name(&self, l: Locale) -> impl Iterator<Item = &Product> {
        let places = self.index.order(ProductSort::Name, l).iter();
        places.filter_map(|place| Some(&self.at(*place)?.product))
    }

    /// A product by its id.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; [`AppError::Internal`] for a document that is none.
    pub fn by_id(&self, id: &ProductId) -> Result<Product, AppError> {
        match self.index.by_id.get(id) {
            Some(place) => self.product(*place),
            None => Err(self.why_not(|other| other.id.to_hex() == id.as_str())),
        }
    }

    /// A product by its address.
    ///
    /// # Errors
    /// As [`Snapshot::by_id`].
    pub fn by_slug(&self, slug: &Slug) -> Result<Product, AppError> {
        match self.index.by_slug.get(slug) {
            Some(place) => self.product(*place),
            None => Err(self.why_not(|other| other.slug.as_deref() == Some(slug.as_str()))),
        }
    }

    /// The shelves of the shop, in their order.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// How many products are on sale.
    pub fn len(&self) -> usize {
        self.shelf.len()
    }

    /// Is nothing on sale?
    pub fn is_empty(&self) -> bool {
        self.shelf.is_empty()
    }

    /// Would every page look the same with the other?
    pub fn looks_like(&self, other: &Snapshot) -> bool {
        let same = |(one, other): (&Arc<OnSale>, &Arc<OnSale>)| {
            Arc::ptr_eq(one, other) || one.product.id == other.product.id && same_face(one, other)
        };
        self.categories == other.categories
            && self.unreadable == other.unreadable
            && self.shelf.len() == other.shelf.len()
            && self.shelf.iter().zip(&other.shelf).all(same)
    }

    fn at(&self, place: Place) -> Option<&Arc<OnSale>> {
        self.shelf.get(usize::try_from(place).ok()?)
    }

    fn product(&self, place: Place) -> Result<Product, AppError> {
        self.at(place).map(|entry| entry.product.clone()).ok_or(AppError::Internal)
    }

    fn why_not(&self, is_it: impl Fn(&Unreadable) -> bool) -> AppError {
        if self.unreadable.iter().any(is_it) {
            AppError::Internal
        } else {
            AppError::missing(Missing::Product)
        }
    }
}

/// Does a query ask for this product? `words` are its search words, each after a space.
fn wanted(query: &ProductQuery, words: &[String], entry: &OnSale) -> bool {
    // By all its fields, so that a new one is not forgotten here.
    let ProductQuery {
        category,
        search: _,
        featured,
        without,
        with_inactive: _,
        sort: _,
        paging: _,
        locale: _,
    } = query;
    let is_on = |shelf: &CategoryId| entry.product.category_id == *shelf;
    category.as_ref().is_none_or(is_on)
        && featured.is_none_or(|featured| entry.product.featured == featured)
        && entry.product.food.free_of(*without)
        && words.iter().all(|word| entry.words.contains(word))
}

/// Does it stand where the other stood, in every order and by every name?
fn stands_as(one: &OnSale, other: &OnSale) -> bool {
    one.names == other.names
        && one.created_at == other.created_at
        && one.product.price == other.product.price
        && one.product.slug == other.product.slug
}

fn same_face(one: &OnSale, other: &OnSale) -> bool {
    one == other
        || one.names == other.names
            && one.words == other.words
            && one.created_at == other.created_at
            && one.product.clone().shown() == other.product.clone().shown()
}

impl Index {
    fn of(shelf: &[Arc<OnSale>]) -> Index {
        let places = || (0..).zip(shelf);
        let by_id = places().map(|(place, entry)| (entry.product.id.clone(), place)).collect();
        let by_slug = places().map(|(place, entry)| (entry.product.slug.clone(), place)).collect();
        let order = |compare: &dyn Fn(&OnSale, &OnSale) -> Ordering| {
            let mut sorted: Vec<(Place, &Arc<OnSale>)> = places().collect();
            sorted.sort_unstable_by(|one, other| compare(one.1, other.1));
            sorted.into_iter().map(|(place, _)| place).collect::<Vec<Place>>()
        };
        let name = |l: usize| move |one: &OnSale, other: &OnSale| by_name(l, one).cmp(&by_name(l, other));
        let price = |l: usize| {
            move |one: &OnSale, other: &OnSale| {
                (one.product.price, by_name(l, one)).cmp(&(other.product.price, by_name(l, other)))
            }
        };
        let dearest = |l: usize| {
            move |one: &OnSale, other: &OnSale| {
                (Reverse(one.product.price), by_name(l, one))
                    .cmp(&(Reverse(other.product.price), by_name(l, other)))
            }
        };
        let newest = |one: &OnSale, other: &OnSale| {
            (other.created_at, &other.product.id).cmp(&(one.created_at, &one.product.id))
        };
        let orders = [
            order(&name(0)),
            order(&name(1)),
            order(&price(0)),
            order(&price(1)),
            order(&dearest(0)),
            order(&dearest(1)),
            order(&newest),
        ];
        Index { by_id, by_slug, orders }
    }

    fn order(&self, sort: ProductSort, l: Locale) -> &[Place] {
        let l = match l {
            Locale::Ro => 0,
            Locale::En => 1,
        };
        &self.orders[match sort {
            ProductSort::Name => l,
            ProductSort::PriceAsc => 2 + l,
            ProductSort::PriceDesc => 4 + l,
            ProductSort::Newest => 6,
        }]
    }
}

/// Ids are hexadecimal digits, so their texts have the order that they have in the database.
fn by_name(l: usize, entry: &OnSale) -> (&str, &ProductId) {
    (entry.names.get(l).map_or("", |name| name), &entry.product.id)
}
