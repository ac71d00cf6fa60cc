//! What went wrong on the server, for owners; and the line on the board that says so.

use super::{
    admins::{Between, ERRORS},
    api::faults::load_faults,
    desk::Desk,
    header::Part,
};
use crate::{
    app::{
        i18n::{date, href, locale},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            title::Title,
        },
    },
    model::{
        fault::{Fault, Faults},
        locale::Locale,
        session::Rights,
        text,
    },
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn ErrorsPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_faults());
    view! {
        <Title text=format!("{} · {}", text::faults::title(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, _, faults| view! { <Whole l faults /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, faults: Faults) -> impl IntoView {
    let Faults { day, month } = faults;
    let shown = if month.is_empty() {
        view! {
            <Empty title=text::faults::nothing(l).to_owned() hint=text::faults::nothing_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, Part::Settings.path())>
                    {text::desk::settings(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <List l id="day" title=text::faults::day(l) faults=day />
            <List l id="month" title=text::faults::month(l) faults=month />
        }
        .into_any()
    };
    view! {
        <h1>{text::faults::title(l)}</h1>
        <Between l here=ERRORS />
        <p class="hint">{text::faults::about(l)}</p>
        {shown}
    }
    .into_any()
}

#[component]
fn List(l: Locale, id: &'static str, title: &'static str, faults: Vec<Fault>) -> impl IntoView {
    let none = faults.is_empty().then(|| view! { <p class="hint">{text::faults::nothing(l)}</p> });
    let rows = faults.into_iter().map(|fault| view! { <Row l fault /> }).collect_view();
    view! {
        <section aria-labelledby=format!("title-{id}") data-testid=format!("errors-{id}")>
            <h2 id=format!("title-{id}")>{title}</h2>
            {none}
            <ol class="log">{rows}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, fault: Fault) -> impl IntoView {
    let request = fault.request_id.as_deref().map(|id| format!(" · {}", text::faults::request(l, id)));
    view! {
        <li class="log-entry" data-testid="error" data-code=fault.code.clone()>
            <p class="log-said">
                <strong>{fault.meaning(l)}</strong>
                <span>{fault.where_label(l)}</span>
                <span class="badge badge-cancelled">{text::faults::times(l, fault.count)}</span>
            </p>
            <p class="hint">
                {text::faults::last(l, date(l, fault.last))} {request} " · " <code>{fault.code.clone()}</code>
            </p>
        </li>
    }
    .into_any()
}

/// Whoever opens the board must know that something fails; what it is, only owners see.
#[component]
pub fn FaultAlarm(
    /// The language of the page.
    l: Locale,
    /// Did something fail within the last hour?
    failed: bool,
) -> impl IntoView {
    failed.then(|| {
        let owner = use_context::<Rights>().is_some_and(Rights::is_owner);
        let link = owner.then(|| view! { <a href=href(l, ERRORS)>{text::faults::title(l)}</a> });
        view! {
            <div data-testid="fault-alarm">
                <Alert tone=Tone::Bad>{text::faults::recent(l)} " " {link}</Alert>
            </div>
        }
        .into_any()
    })
}
