//! The audit log, for owners.

use super::{
    admins::{Between, LOG},
    api::log::{Log, load_log},
    desk::Desk,
    header::Part,
    log_sentence::{AREAS, area_label, change, sentence, thing},
};
use crate::{
    app::{
        forms::escape,
        i18n::{date, href, locale},
        ui::{empty::Empty, pager::Pager, title::Title},
    },
    model::{
        audit::{AuditEntry, Outcome},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
struct Asked {
    admin: String,
    action: String,
    day: String,
    page: String,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Asked { admin: given("admin"), action: given("action"), day: given("day"), page: given("page") }
    }

    /// The address of another page of the same.
    fn address(&self, l: Locale, page: u32) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let parts = [("admin", &self.admin), ("action", &self.action), ("day", &self.day), ("page", &page)];
        let query: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        let log = href(l, LOG);
        if query.is_empty() { log } else { format!("{log}?{}", query.join("&")) }
    }
}

/// The page of the log.
#[component]
pub fn LogPage() -> impl IntoView {
    let l = locale();
    let asked = Asked::here();
    let wanted = asked.clone();
    let loaded = Resource::new(
        || (),
        move |()| {
            let Asked { admin, action, day, page } = wanted.clone();
            load_log(admin, action, day, page)
        },
    );
    view! {
        <Title text=format!("{} · {}", text::audit::title(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, _, log| view! { <Whole l asked log /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, asked: Asked, log: Log) -> impl IntoView {
    let Log { entries, admins } = log;
    let (page, last) = (entries.page, entries.last());
    let pages = asked.clone();
    let shown = if entries.items.is_empty() {
        view! {
            <Empty title=text::audit::nothing(l).to_owned() hint=text::audit::nothing_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, LOG)>
                    {text::audit::all(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        let rows = entries.items.into_iter().map(|entry| view! { <Entry l entry /> }).collect_view();
        view! { <ol class="log">{rows}</ol> }.into_any()
    };
    view! {
        <h1>{text::audit::title(l)}</h1>
        <Between l here=LOG />
        <p class="hint">{text::audit::about(l)}</p>
        <Filters l asked admins />
        {shown}
        <Pager page last href=move |page| pages.address(l, page) />
    }
    .into_any()
}

#[component]
fn Filters(l: Locale, asked: Asked, admins: Vec<String>) -> impl IntoView {
    let option = |value: String, label: String, chosen: &str| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected>
                {label}
            </option>
        }
    };
    // Somebody who is not here any more can still be asked for.
    let gone = Some(asked.admin.clone()).filter(|name| !name.is_empty() && !admins.contains(name));
    let people = admins.into_iter().chain(gone).map(|name| option(name.clone(), name, &asked.admin));
    let areas = AREAS.map(|area| option(area.to_owned(), area_label(area, l), &asked.action));
    view! {
        <form class="log-filters" method="get" action=href(l, LOG)>
            <div class="field">
                <label for="admin">{text::audit::who(l)}</label>
                <select id="admin" name="admin">
                    <option value="">{text::admin::all(l)}</option>
                    {people.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="action">{text::audit::what(l)}</label>
                <select id="action" name="action">
                    <option value="">{text::admin::all(l)}</option>
                    {areas.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="day">{text::audit::day(l)}</label>
                <input id="day" name="day" type="date" value=asked.day />
            </div>
            <button class="button">{text::audit::show(l)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Entry(l: Locale, entry: AuditEntry) -> impl IntoView {
    let said = sentence(&entry, l);
    let at = date(l, entry.at);
    let outcome = match entry.outcome {
        Outcome::Done => None,
        Outcome::Refused => Some(text::audit::refused(l)),
        Outcome::Failed => Some(text::audit::failed(l)),
        Outcome::Unknown => Some(text::audit::unknown(l)),
    };
    let thing =
        entry.thing.as_ref().and_then(|shown| thing(shown, l)).map(|(label, address)| match address {
            Some(address) => view! { <a href=href(l, &address)>{label}</a> }.into_any(),
            None => view! { <span>{label}</span> }.into_any(),
        });
    let changes = entry.changes.iter().map(|entry| view! { <li>{change(entry, l)}</li> }).collect_view();
    let from = [entry.address.clone(), entry.request_id.clone()].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <li class="log-entry" data-testid="log-entry" data-action=entry.action>
            <p class="log-said">
                <strong>{said}</strong>
                {thing}
                {outcome.map(|outcome| view! { <span class="badge badge-cancelled">{outcome}</span> })}
            </p>
            {(!entry.changes.is_empty()).then(|| view! { <ul class="log-changes">{changes}</ul> })}
            <p class="hint">
                <time datetime=entry.at.iso()>{at}</time>
                {(!from.is_empty()).then(|| format!(" · {}", from.join(" · ")))}
            </p>
        </li>
    }
    .into_any()
}
