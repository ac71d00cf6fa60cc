//! Orders whose customer wants to be forgotten: what was sold and for how much stays, as the law on
//! accounting asks (Legea contabilității 82/1991); who bought it does not.

use super::{Orders, StoredOrder, document::OrderDoc};
use crate::{
    model::{ids::CartId, phone::Phone},
    server::store::transaction::Aborted,
};
use mongodb::{ClientSession, bson::doc};

/// Stands for the number of who was forgotten. No country has the code 999 (ITU-T E.164.1), so nobody
/// can prove this number.
pub const NO_PHONE: &str = "+99900000000";

/// Stands for a name or an address that was forgotten.
pub const NO_TEXT: &str = "—";

impl Orders {
    /// All orders of a phone number.
    ///
    /// # Errors
    /// The database's.
    pub async fn of_phone_within(
        &self,
        session: &mut ClientSession,
        phone: &Phone,
    ) -> Result<Vec<StoredOrder>, Aborted> {
        let filter = doc! { "customer_phone": phone.as_str() };
        let mut cursor = self.collection.find(filter).session(&mut *session).await?;
        let mut found = Vec::new();
        while let Some(document) = cursor.next(session).await {
            found.push(document?.into_model()?);
        }
        Ok(found)
    }

    /// Takes out of an order all that tells who ordered it. `cart` stands in the place of the cart
    /// it came from.
    ///
    /// # Errors
    /// The database's.
    pub async fn anonymise(
        &self,
        session: &mut ClientSession,
        stored: &StoredOrder,
        cart: &CartId,
    ) -> Result<(), Aborted> {
        let filter = doc! { "_id": super::object_id(stored.order.id.as_str()) };
        let Some(document) = self.collection.find_one(filter.clone()).session(&mut *session).await? else {
            return Ok(());
        };
        let document: OrderDoc = document.anonymised(cart);
        self.collection.replace_one(filter, &document).session(session).await?;
        Ok(())
    }
}
