//! What messages to customers say, and the message of an order.

use super::{Shop, phone};
use crate::{
    model::{
        cancel_reason::CancelReason,
        day::Day,
        error::AppError,
        ids::OrderId,
        locale::Locale,
        message::Occasion,
        message_texts::{MessageTexts, Values},
        order::Order,
        phone::Phone,
        text,
    },
    server::store::{messages::NewMessage, orders::NewOrder},
};

/// What of an order its messages need.
pub(super) struct About<'a> {
    order: &'a OrderId,
    number: String,
    phone: &'a Phone,
    name: &'a str,
    locale: Locale,
    day: Option<Day>,
    place: Option<&'a str>,
}

impl<'a> From<&'a Order> for About<'a> {
    fn from(order: &'a Order) -> About<'a> {
        About {
            order: &order.id,
            number: order.number.to_string(),
            phone: &order.customer_phone,
            name: &order.customer_name,
            locale: order.locale,
            day: order.day,
            place: order.place.as_deref(),
        }
    }
}

impl<'a> From<&'a NewOrder> for About<'a> {
    fn from(order: &'a NewOrder) -> About<'a> {
        About {
            order: &order.id,
            number: order.number.to_string(),
            phone: &order.phone,
            name: &order.name,
            locale: order.locale,
            day: order.day,
            place: order.place.as_deref(),
        }
    }
}

impl Shop {
    /// What messages say: the producer's texts, or those of the house.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn message_texts(&self) -> Result<MessageTexts, AppError> {
        Ok(self.store.settings.message_texts().await?.unwrap_or_default())
    }

    /// Puts these texts in the place of all earlier ones, and returns them as kept. Messages that were
    /// written already stay as they are.
    ///
    /// # Errors
    /// Field errors.
    pub async fn set_message_texts(&self, texts: MessageTexts) -> Result<MessageTexts, AppError> {
        let texts = texts.checked().map_err(|errors| AppError::Fields { errors })?;
        self.store.settings.replace_message_texts(&texts).await?;
        Ok(texts)
    }

    /// What messages call the shop.
    pub async fn name_in_messages(&self, l: Locale) -> String {
        // A message with the house's name is better than none.
        let facts = self.facts().await.ok();
        facts.and_then(|facts| facts.name.clone()).unwrap_or_else(|| text::shop::name(l).to_owned())
    }

    /// The message of an order on an occasion, in its customer's language; `None` when nothing is said
    /// then, or when its phone cannot show it.
    pub(super) async fn message_about(
        &self,
        about: About<'_>,
        occasion: Occasion,
        reason: Option<CancelReason>,
    ) -> Result<Option<NewMessage>, AppError> {
        if phone::is_landline(about.phone) {
            return Ok(None);
        }
        let values = Values {
            number: about.number,
            name: about.name.to_owned(),
            shop: self.name_in_messages(about.locale).await,
            day: about.day,
            place: about.place.map(str::to_owned),
            reason,
        };
        let body = self.message_texts().await?.message(occasion, &values, about.locale);
        Ok(body.map(|body| NewMessage {
            occasion,
            order: about.order.clone(),
            to: about.phone.clone(),
            body,
        }))
    }
}
