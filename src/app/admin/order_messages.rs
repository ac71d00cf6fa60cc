//! What an order's customer was told, or is about to be told.

use super::failed_messages::FAILED;
use crate::{
    app::{
        forms::action,
        i18n::{date, href},
    },
    model::{
        locale::Locale,
        message::{Message, MessageKind, MessageState, Report},
        text,
    },
};
use leptos::prelude::*;

/// Where a message that failed is sent again.
pub const AGAIN: &str = "/fn/admin/messages/again";

/// The messages of an order.
#[component]
pub fn Messages(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The messages, oldest first.
    messages: Vec<Message>,
) -> impl IntoView {
    let none = messages.is_empty().then(|| view! { <p class="hint">{text::order_desk::no_messages(l)}</p> });
    let messages =
        messages.into_iter().map(|message| view! { <One l csrf=csrf.clone() message /> }).collect_view();
    view! {
        <h2 id="messages">{text::order_desk::messages(l)}</h2>
        {none}
        <ul class="notes">{messages}</ul>
        <p>
            <a href=href(l, "/admin/settings/messages")>{text::order_desk::message_texts(l)}</a>
            " · "
            <a href=href(l, FAILED)>{text::outbox::title(l)}</a>
        </p>
    }
    .into_any()
}

/// One message: what it is, how far it has come, and once more where that helps.
#[component]
pub fn One(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The message.
    message: Message,
    /// What stands below it.
    #[prop(optional)]
    more: Option<AnyView>,
) -> impl IntoView {
    let badge = match message.state {
        MessageState::Sent if message.report == Some(Report::Undelivered) => "badge badge-cancelled",
        MessageState::Sent => "badge badge-ready",
        MessageState::Failed => "badge badge-cancelled",
        MessageState::Queued | MessageState::Sending => "badge badge-pending",
        MessageState::Withdrawn => "badge",
    };
    let why = message.failure.map(|failure| view! { <p class="error">{failure.label(l)}</p> });
    let detail = message.detail.map(|detail| view! { <p class="hint">{detail}</p> });
    let can_go = message.state == MessageState::Failed && message.kind != MessageKind::Code;
    let again = can_go.then(|| {
        view! {
            <form method="post" action=action(AGAIN) data-live="desk">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="message_id" value=message.id.to_string() />
                <button id=format!("again-{}", message.id) class="button button-quiet button-small">
                    {text::order_desk::again(l)}
                    <span class="quiet">{format!(": {}", message.kind.label(l))}</span>
                </button>
            </form>
        }
    });
    view! {
        <li data-testid="message">
            <p class="message-head">
                <strong>{message.kind.label(l)}</strong>
                <span class=badge>
                    {message.report.map_or_else(|| message.state.label(l), |report| report.label(l))}
                </span>
            </p>
            <p class="remark">
                {message.body.unwrap_or_else(|| text::order_desk::code_hidden(l).to_owned())}
            </p>
            <span class="hint">{format!("{} · {}", message.to.grouped(), date(l, message.since))}</span>
            {why}
            {detail}
            {more}
            {again}
        </li>
    }
    .into_any()
}
