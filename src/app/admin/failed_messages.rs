//! Messages that were given up: to whom, why, and once more.

use super::{
    api::messages::{FailedMessages, load_failed_messages},
    desk::Desk,
    filled::Filled,
    header::Part,
    order_messages::{AGAIN, One},
};
use crate::{
    app::{
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            pager::Pager,
            title::Title,
        },
    },
    model::{locale::Locale, message::Message, sms_watch::SmsWatch, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The address of the page, without the language.
pub const FAILED: &str = "/admin/messages";

/// The page.
#[component]
pub fn FailedMessagesPage() -> impl IntoView {
    let l = locale();
    let page = use_query_map().get_untracked().get("page").unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load_failed_messages(page.clone()));
    view! {
        <Title text=format!("{} · {}", text::outbox::title(l), text::shop::name(l)) />
        <Desk part=Part::Orders loaded show=move |l, csrf, list| view! { <List l csrf list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, list: FailedMessages) -> impl IntoView {
    let FailedMessages { list, watch } = list;
    let (page, last) = (list.page, list.last());
    let bad = Filled::of(AGAIN).message(l);
    let done = use_query_map().get_untracked().get("done").is_some() && bad.is_none();
    let none = list.items.is_empty().then(|| view! { <p class="hint">{text::outbox::none(l)}</p> });
    let rows = list.items.into_iter().map(|message| view! { <Row l csrf=csrf.clone() message /> });
    view! {
        <p class="back">
            <a href=href(l, Part::Orders.path())>{text::admin::orders(l)}</a>
        </p>
        <h1>{text::outbox::title(l)}</h1>
        <p class="lead">{text::outbox::lead(l)}</p>
        <p class="hint" data-testid="sms-watch">
            {watch.summary(l)}
        </p>
        {bad.map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
        {done.then(|| view! { <Alert tone=Tone::Good>{text::order_desk::again_done(l)}</Alert> })}
        {none}
        <ul class="notes">{rows.collect_view()}</ul>
        <Pager page last href=move |page| format!("{}?page={page}", href(l, FAILED)) />
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, message: Message) -> impl IntoView {
    let order = message.order.clone().map(|order| {
        let label = text::outbox::to_order(l);
        view! { <a href=href(l, &format!("/admin/orders/{order}"))>{label}</a> }
    });
    view! { <One l csrf message more=order.into_any() /> }.into_any()
}

/// What is wrong with SMS: whoever opens the board must know.
#[component]
pub fn SmsAlarms(
    /// The language of the page.
    l: Locale,
    /// How it goes.
    watch: SmsWatch,
) -> impl IntoView {
    let alarms = watch.alarms().into_iter().map(|alarm| {
        view! {
            <Alert tone=Tone::Bad>
                {watch.message(alarm, l)} " " <a href=href(l, FAILED)>{text::outbox::title(l)}</a>
            </Alert>
        }
    });
    alarms.collect_view()
}
