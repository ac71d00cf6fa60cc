//! All that happened to an order, newest first: who did what, and when.

use crate::{
    app::i18n::{date, price},
    model::{
        locale::Locale,
        order::Actor,
        order_record::{Cancelled, Event, Happening, ItemsChange},
        text,
    },
};
use leptos::prelude::*;

/// The history of an order.
#[component]
pub fn History(
    /// The language of the page.
    l: Locale,
    /// What happened, newest first.
    events: Vec<Event>,
) -> impl IntoView {
    let entries = events.into_iter().map(|event| view! { <Entry l event /> }).collect_view();
    view! {
        <h2 id="history">{text::order_desk::history(l)}</h2>
        <ol class="history">{entries}</ol>
    }
    .into_any()
}

#[component]
fn Entry(l: Locale, event: Event) -> impl IntoView {
    let Event { at, what } = event;
    let (title, by, remarks) = match what {
        Happening::Status { status, by, note, cancelled } => {
            let why = cancelled.iter().flat_map(|why| reason(why, l)).collect::<Vec<_>>();
            (status.label(l).to_owned(), who(by, l), note.into_iter().chain(why).collect())
        }
        Happening::Items(change) => {
            let lines = lines(&change, l);
            (text::order_desk::items_changed(l).to_owned(), who(change.by, l), lines)
        }
        Happening::Note(note) => (text::order_desk::noted(l).to_owned(), note.by, vec![note.text]),
        Happening::Message(message) => {
            let title = text::order_desk::message_sent(l, message.kind.label(l));
            (title, text::admin::by_shop(l).to_owned(), Vec::new())
        }
    };
    let remarks = remarks.into_iter().map(|remark| view! { <p class="remark">{remark}</p> }).collect_view();
    view! {
        <li>
            <strong>{title}</strong>
            <span class="hint">{format!("{} · {by}", date(l, at))}</span>
            {remarks}
        </li>
    }
    .into_any()
}

fn who(actor: Actor, l: Locale) -> String {
    match actor {
        Actor::Customer => text::admin::by_customer(l).to_owned(),
        Actor::Shop => text::admin::by_shop(l).to_owned(),
        Actor::Admin(username) => username,
    }
}

fn reason(why: &Cancelled, l: Locale) -> Vec<String> {
    let told =
        if why.told { text::order_desk::cancelled_told(l) } else { text::order_desk::cancelled_not_told(l) };
    let first = format!("{} ({told})", why.reason.label(l));
    std::iter::once(first).chain(why.words.clone()).collect()
}

fn lines(change: &ItemsChange, l: Locale) -> Vec<String> {
    let line = |line: &crate::model::order_record::LineChange| match (line.from, line.to) {
        (0, to) => text::order_desk::line_added(l, &line.product_name, to),
        (from, 0) => text::order_desk::line_removed(l, from, &line.product_name),
        (from, to) => text::order_desk::line_change(l, from, &line.product_name, to),
    };
    let total = text::order_desk::total_change(l, price(l, change.total_from), price(l, change.total_to));
    change.lines.iter().map(line).chain([total]).collect()
}
