//! The page of an order on the producer's desk, and the notes on it.

use super::Shop;
use crate::{
    model::{
        error::AppError,
        field::{FieldError, optional_text},
        ids::OrderId,
        locale::Locale,
        message::Occasion,
        order_record::{DeskOrder, Note, Offer, events},
    },
    server::clock::{now, wall},
};

impl Shop {
    /// An order with all that the desk keeps of it.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn desk_order(&self, id: &OrderId, l: Locale) -> Result<DeskOrder, AppError> {
        let (order, record) = self.store.orders.with_record(id).await?;
        let messages = self.store.messages.of_order(id).await?;
        let offers = if DeskOrder::editable(order.status) { self.offers(l).await? } else { Vec::new() };
        let tells_cancelled = self.message_texts().await?.of(Occasion::Cancelled).on
            && !super::phone::is_landline(&order.customer_phone);
        Ok(DeskOrder {
            events: events(&order, &record, &messages, wall),
            notes: record.notes.into_iter().map(|note| (wall(note.at), note)).collect(),
            order,
            messages,
            offers,
            tells_cancelled,
        })
    }

    /// All that is on sale, by name.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn offers(&self, l: Locale) -> Result<Vec<Offer>, AppError> {
        let catalogue = self.catalogue().await?.snapshot;
        let offer = |product: &crate::model::product::Product| Offer {
            id: product.id.clone(),
            name: product.name(l).to_owned(),
            price: product.price,
            stock: product.stock,
        };
        Ok(catalogue.by_name(l).map(offer).collect())
    }

    /// Adds a note, which only admins see.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`].
    pub async fn add_note(&self, id: &OrderId, text: &str, by: &str) -> Result<(), AppError> {
        let wrong = |error| AppError::field("note", error);
        let text = optional_text(text, Note::MAX).and_then(|text| text.ok_or(FieldError::Required));
        let note = Note { by: by.to_owned(), at: now(), text: text.map_err(wrong)? };
        if self.store.orders.add_note(id, &note).await? {
            return Ok(());
        }
        // Missing, or full: reading it tells which.
        self.store.orders.by_id(id).await?;
        Err(wrong(FieldError::TooMany { max: Note::MOST }))
    }
}
