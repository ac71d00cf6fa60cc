//! What messages to customers say.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        error::AppError, message::Message, message_texts::MessageTexts, page::Page, sms_watch::SmsWatch,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What the page of the messages shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MessagesPage {
    /// The texts.
    pub texts: MessageTexts,
    /// What messages call the shop, in Romanian and in English.
    pub shop: [String; 2],
}

/// The texts as they are.
#[server(prefix = "/fn", endpoint = "admin/messages/texts", input = GetUrl)]
pub async fn load_message_texts() -> Result<Signed<MessagesPage>, AppError> {
    use crate::model::locale::Locale;
    let here = crate::server::context::Here::get()?;
    let admin = here.owner().await?.admin;
    let texts = here.shop.message_texts().await?;
    let shop = [here.shop.name_in_messages(Locale::Ro).await, here.shop.name_in_messages(Locale::En).await];
    Ok(Signed { admin, data: MessagesPage { texts, shop } })
}

/// Puts other texts in their place.
#[server(prefix = "/fn", endpoint = "admin/messages/save")]
pub async fn save_message_texts(
    #[server(default)] confirmed_on: Option<String>,
    #[server(default)] confirmed_ro: String,
    #[server(default)] confirmed_en: String,
    #[server(default)] ready_on: Option<String>,
    #[server(default)] ready_ro: String,
    #[server(default)] ready_en: String,
    #[server(default)] cancelled_on: Option<String>,
    #[server(default)] cancelled_ro: String,
    #[server(default)] cancelled_en: String,
    #[server(default)] plain: Option<String>,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::message_texts::OccasionTexts;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let texts = |on: Option<String>, ro, en| OccasionTexts { on: on.is_some(), ro, en };
    let texts = MessageTexts {
        confirmed: texts(confirmed_on, confirmed_ro, confirmed_en),
        ready: texts(ready_on, ready_ro, ready_en),
        cancelled: texts(cancelled_on, cancelled_ro, cancelled_en),
        plain: plain.is_some(),
    };
    here.shop.set_message_texts(texts).await?;
    Ok(here.next("/admin/settings/messages?saved=1"))
}

/// How many messages stand on a page.
#[cfg(feature = "ssr")]
const PER_PAGE: u32 = 30;

/// What the page of the messages that were given up shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FailedMessages {
    /// Newest first.
    pub list: Page<Message>,
    /// How it goes with SMS today.
    pub watch: SmsWatch,
}

/// Messages that were given up.
#[server(prefix = "/fn", endpoint = "admin/messages/failed", input = GetUrl)]
pub async fn load_failed_messages(
    #[server(default)] page: String,
) -> Result<Signed<FailedMessages>, AppError> {
    use crate::model::page::Paging;
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let list = here.shop.given_up(Paging::new(page.parse().unwrap_or(1), PER_PAGE)).await?;
    let watch = here.shop.sms_watch().await?;
    Ok(Signed { admin, data: FailedMessages { list, watch } })
}
