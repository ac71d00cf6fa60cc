//! Customers as the producer lists them. Each record carries words to search by, and counters to sort
//! by: a job keeps them (`service/customer_counts.rs`), so that no list counts all orders.

use super::{NAME, RETENTION_SECONDS, Users};
use crate::{
    model::{
        customer::CustomerSort,
        error::AppError,
        ids::CustomerId,
        page::{Page, Paging},
        phone::Phone,
        time::Timestamp,
    },
    server::{
        clock::now,
        store::{
            corrupt, date,
            fold::{fold, words},
            migrations::index,
            object_id,
            orders::PhoneFigures,
            schema,
        },
    },
};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{Bson, Document, doc, oid::ObjectId},
};
use serde::Deserialize;

/// The fewest digits that a number is searched by.
const MIN_DIGITS: usize = 3;

/// The most words of a search, and letters of a word: a pattern may not be long without end.
const MAX_WORDS: usize = 10;
const MAX_LETTERS: usize = 60;

/// A folded name: a sign may become several letters.
pub(super) fn sort_name() -> Document {
    schema::text(0, 2000)
}

/// The words of one.
pub(super) fn search_words() -> Document {
    schema::list(schema::text(1, 2000), 1000)
}

pub(super) fn indexes() -> Vec<IndexModel> {
    let mut all: Vec<IndexModel> = CustomerSort::ALL
        .into_iter()
        .map(|sort| {
            let mut keys = doc! { "role": 1 };
            keys.extend(order(sort));
            index(keys)
        })
        .collect();
    all.push(index(doc! { "search_words": 1 }));
    all
}

/// The words of a name, and the name to sort by.
pub(super) fn of_name(name: &str) -> Document {
    doc! { "sort_name": fold(name), "search_words": words(name) }
}

/// Which customers are listed, and in which order.
#[derive(Clone, Debug, Default)]
pub struct CustomerQuery {
    /// Words of a name, digits of a number.
    pub search: String,
    /// In which order.
    pub sort: CustomerSort,
}

impl CustomerQuery {
    /// As the database is asked.
    pub fn filter(&self) -> Document {
        let mut filter = doc! { "role": "customer" };
        let (digits, name): (Vec<&str>, Vec<&str>) =
            self.search.split_whitespace().partition(|part| !part.chars().any(char::is_alphabetic));
        let words = words(&name.join(" "));
        // Words are ASCII letters and digits only, so nothing in them means anything to a regex.
        let begins = |word: &String| {
            let word = word.get(..MAX_LETTERS).unwrap_or(word);
            doc! { "search_words": { "$regex": format!("^{word}") } }
        };
        let mut terms: Vec<Document> = words.iter().take(MAX_WORDS).map(begins).collect();
        let digits: String = digits.concat().chars().filter(char::is_ascii_digit).collect();
        // A number as people write it begins with the 0 of the country's own numbering.
        let number = digits.trim_start_matches('0');
        if number.len() >= MIN_DIGITS {
            terms.push(doc! { "phone_number": { "$regex": number.get(..15).unwrap_or(number) } });
        }
        if !terms.is_empty() {
            filter.insert("$and", terms);
        } else if !self.search.trim().is_empty() {
            // Only signs that no name and no number has.
            filter.insert("_id", Bson::Null);
        }
        filter
    }

    /// As the database is told to sort.
    pub fn order(&self) -> Document {
        order(self.sort)
    }
}

/// The id makes it one order also for equals: no customer is on two pages, or on none.
fn order(sort: CustomerSort) -> Document {
    match sort {
        CustomerSort::Recent => doc! { "last_order_at": -1, "_id": -1 },
        CustomerSort::Name => doc! { "sort_name": 1, "_id": 1 },
        CustomerSort::Orders => doc! { "orders": -1, "_id": -1 },
        CustomerSort::Spent => doc! { "spent": -1, "_id": -1 },
    }
}

/// Who a record is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCustomer {
    /// The record's id.
    pub id: CustomerId,
    /// The number.
    pub phone: Phone,
    /// The name of the last order.
    pub name: String,
}

#[derive(Deserialize)]
struct ListedDoc {
    _id: ObjectId,
    phone_number: String,
    #[serde(default)]
    name: String,
}

impl ListedDoc {
    fn into_model(self) -> Result<ListedCustomer, AppError> {
        Ok(ListedCustomer {
            id: CustomerId::parse(&self._id.to_hex()).map_err(|_| AppError::from(corrupt(NAME)))?,
            phone: Phone::from_e164(&self.phone_number).map_err(|_| AppError::from(corrupt(NAME)))?,
            name: self.name,
        })
    }
}

impl Users {
    /// One page of the customers.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list_customers(
        &self,
        query: &CustomerQuery,
        paging: Paging,
    ) -> Result<Page<ListedCustomer>, AppError> {
        let filter = query.filter();
        let total = self.customers.count_documents(filter.clone()).await?;
        let found: Vec<ListedDoc> = self
            .listed()
            .find(filter)
            .sort(query.order())
            .skip(paging.skip())
            .limit(i64::from(paging.per_page()))
            .await?
            .try_collect()
            .await?;
        let rows: Result<Vec<_>, AppError> = found.into_iter().map(ListedDoc::into_model).collect();
        Ok(paging.of(rows?, total))
    }

    /// The customer of a record.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn customer_by_id(&self, id: &CustomerId) -> Result<Option<ListedCustomer>, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "role": "customer" };
        self.listed().find_one(filter).await?.map(ListedDoc::into_model).transpose()
    }

    /// The customers of these records; those that are gone are left out.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn customers_by_id(&self, ids: &[CustomerId]) -> Result<Vec<ListedCustomer>, AppError> {
        let ids: Vec<ObjectId> = ids.iter().map(|id| object_id(id.as_str())).collect();
        let filter = doc! { "_id": { "$in": ids }, "role": "customer" };
        let found: Vec<ListedDoc> = self.listed().find(filter).await?.try_collect().await?;
        found.into_iter().map(ListedDoc::into_model).collect()
    }

    /// Keeps what a number has ordered in its record, and the record as long as its last order asks.
    /// Says whether there is a record.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn keep_figures(&self, phone: &Phone, figures: &PhoneFigures) -> Result<bool, AppError> {
        let mut set = doc! { "orders": figures.orders, "spent": figures.spent.bani() };
        let mut update = Document::new();
        if let Some(last) = figures.last {
            set.insert("last_order_at", date(last));
            update.insert("$max", doc! { "expires_at": date(last.plus_seconds(RETENTION_SECONDS)) });
        }
        update.insert("$set", set);
        let filter = doc! { "role": "customer", "phone_number": phone.as_str() };
        Ok(self.customers.update_one(filter, update).await?.matched_count == 1)
    }

    /// Remembers the customer of orders that nobody remembered, as long as the last one asks: an
    /// order that was taken by phone. Says whether a record was made.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remember_from_orders(
        &self,
        phone: &Phone,
        name: &str,
        figures: &PhoneFigures,
    ) -> Result<bool, AppError> {
        let (Some(first), Some(last)) = (figures.first, figures.last) else { return Ok(false) };
        let ends = last.plus_seconds(RETENTION_SECONDS);
        if ends <= now() {
            return Ok(false);
        }
        let mut record = doc! {
            "role": "customer",
            "name": name,
            "created_at": date(first),
            "updated_at": date(last),
            "expires_at": date(ends),
            "orders": figures.orders,
            "spent": figures.spent.bani(),
            "last_order_at": date(last),
        };
        record.extend(of_name(name));
        let filter = doc! { "phone_number": phone.as_str() };
        let made = self.customers.update_one(filter, doc! { "$setOnInsert": record }).upsert(true).await;
        match made {
            Ok(made) => Ok(made.upserted_id.is_some()),
            // Somebody else remembered the same customer at the same moment.
            Err(error) if crate::server::error::is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Drops the record of a number that has no order any more.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn drop_customer(&self, phone: &Phone) -> Result<(), AppError> {
        self.customers.delete_one(doc! { "role": "customer", "phone_number": phone.as_str() }).await?;
        Ok(())
    }

    fn listed(&self) -> Collection<ListedDoc> {
        self.customers.clone_with_type()
    }
}

/// Gives customers of before what they are listed by; the job counts their orders.
pub(in crate::server::store) async fn describe(database: &Database) -> mongodb::error::Result<()> {
    let customers: Collection<Document> = database.collection(NAME);
    let old = doc! { "role": "customer", "sort_name": { "$exists": false } };
    let mut found = customers.find(old).await?;
    while let Some(customer) = found.try_next().await? {
        let Ok(id) = customer.get_object_id("_id") else { continue };
        let name = customer.get_str("name").unwrap_or_default();
        let last = customer.get_datetime("updated_at").copied().unwrap_or_else(|_| date(Timestamp(0)));
        let mut set = of_name(name);
        set.extend(doc! { "orders": 0_i64, "spent": 0_i64, "last_order_at": last });
        customers.update_one(doc! { "_id": id }, doc! { "$set": set }).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn filter(search: &str) -> Document {
        CustomerQuery { search: search.to_owned(), ..CustomerQuery::default() }.filter()
    }

    #[test]
    fn words_are_of_names_and_digits_are_of_numbers() {
        let begins = |word: &str| doc! { "search_words": { "$regex": word } };
        let number = |digits: &str| doc! { "phone_number": { "$regex": digits } };
        let asked = |terms: Vec<Document>| doc! { "role": "customer", "$and": terms };
        assert_eq!(filter(""), doc! { "role": "customer" });
        assert_eq!(filter("ȘTEFAN pop"), asked(vec![begins("^pop"), begins("^stefan")]));
        assert_eq!(filter("0722 123 456"), asked(vec![number("722123456")]));
        assert_eq!(filter("+40722-123"), asked(vec![number("40722123")]));
        assert_eq!(filter("Ana 456"), asked(vec![begins("^ana"), number("456")]));
        assert_eq!(filter(&"ă".repeat(5000)), asked(vec![begins(&format!("^{}", "a".repeat(60)))]));
        for nothing in ["07", "***", "- 1"] {
            assert_eq!(filter(nothing), doc! { "role": "customer", "_id": Bson::Null }, "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_only_letters_and_digits_reach_a_pattern(search in strange::text(40)) {
            let filter = filter(&search);
            for term in filter.get_array("$and").into_iter().flatten() {
                let (_, value) = term.as_document().unwrap().iter().next().unwrap();
                let pattern = value.as_document().unwrap().get_str("$regex").unwrap();
                let plain = pattern.strip_prefix('^').unwrap_or(pattern);
                prop_assert!(!plain.is_empty() && plain.bytes().all(|sign| sign.is_ascii_alphanumeric()));
            }
        }
    }
}
