//! The shelf of a product as an order that is being changed needs it.

use super::{Products, document::ProductDoc, taken::moved};
use crate::{
    model::{ids::ProductId, product::Product, quantity::Quantity},
    server::store::{changes::Marks, object_id, transaction::Aborted},
};
use mongodb::{ClientSession, bson::doc};

impl Products {
    /// Takes pieces off the shelf if there are enough, whatever one costs now and whether it is still
    /// on sale: the order has it already, at its price of then. Says whether it did.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_more(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
        quantity: Quantity,
    ) -> Result<bool, Aborted> {
        let (pieces, id) = (i64::from(quantity), object_id(id.as_str()));
        self.changes.within(session, Marks::product(id));
        let filter = doc! { "_id": id, "stock_quantity": { "$gte": pieces } };
        let result = self.collection.update_one(filter, moved(-pieces)).session(session).await?;
        Ok(result.modified_count == 1)
    }

    /// One by its id as this transaction sees it; `None` when there is none.
    ///
    /// # Errors
    /// The database's.
    pub async fn if_there(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
    ) -> Result<Option<Product>, Aborted> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) });
        let found = found.session(session).await?;
        Ok(found.map(ProductDoc::into_model).transpose()?)
    }
}
