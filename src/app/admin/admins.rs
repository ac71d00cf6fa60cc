//! Who works here, for owners: rights, invitations, lost phones.

use super::{
    api::admins::{ADMINS, load_admins},
    desk::Desk,
    filled::Filled,
    header::Part,
};
use crate::{
    app::{
        forms::action,
        i18n::{date, href, locale},
        seo::SiteOrigin,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
            title::Title,
        },
    },
    model::{
        account::{AdminList, AdminRow, Invited, MAX_USERNAME},
        locale::Locale,
        session::Rights,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The address of the audit log, without the language.
pub const LOG: &str = "/admin/settings/log";
/// The address of what went wrong.
pub const ERRORS: &str = "/admin/settings/errors";
const INVITE: &str = "/fn/admin/admins/invite";
const WITHDRAW: &str = "/fn/admin/admins/withdraw";
const RIGHTS: &str = "/fn/admin/admins/rights";
const REMOVE: &str = "/fn/admin/admins/remove";
const FACTOR: &str = "/fn/admin/admins/factor";

/// The page of admins.
#[component]
pub fn AdminsPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_admins());
    view! {
        <Title text=format!("{} · {}", text::admins::title(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, list| view! { <Whole l csrf list /> } />
    }
    .into_any()
}

/// The pages that only owners see beside the settings.
#[component]
pub fn Between(
    /// The language of the page.
    l: Locale,
    /// The address of this one.
    here: &'static str,
) -> impl IntoView {
    let link = move |path: &'static str, label: &'static str| {
        view! {
            <a class="chip" href=href(l, path) aria-current=(path == here).then_some("page")>
                {label}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label=text::desk::settings(l)>
            {link(ADMINS, text::admins::title(l))}
            {link(LOG, text::audit::title(l))}
            {link(ERRORS, text::faults::title(l))}
        </nav>
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, csrf: String, list: AdminList) -> impl IntoView {
    let bad = [WITHDRAW, RIGHTS, REMOVE, FACTOR].into_iter().find_map(|action| Filled::of(action).message(l));
    let saved = bad.is_none() && use_query_map().get_untracked().get("saved").is_some();
    let rows = list.admins.into_iter().map(|row| view! { <Row l csrf=csrf.clone() row /> }).collect_view();
    let waiting = (!list.invited.is_empty()).then(|| {
        let rows = list.invited.into_iter().map(|invited| view! { <Waiting l csrf=csrf.clone() invited /> });
        view! {
            <h2>{text::admins::waiting(l)}</h2>
            <ul class="desk-rows">{rows.collect_view()}</ul>
        }
    });
    view! {
        <h1>{text::admins::title(l)}</h1>
        <Between l here=ADMINS />
        {bad.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
        {saved.then(|| view! { <Alert tone=Tone::Good>{text::admin::saved(l)}</Alert> })}
        {list.link.map(|path| view! { <Link l path /> })}
        <ul class="desk-rows">{rows}</ul>
        {waiting}
        <InviteForm l csrf />
    }
    .into_any()
}

/// The link of the invitation that was just made.
#[component]
fn Link(l: Locale, path: String) -> impl IntoView {
    let origin = use_context::<SiteOrigin>().map(|origin| origin.0).unwrap_or_default();
    view! {
        <section id="invited" class="panel stack" aria-labelledby="link-title">
            <h2 id="link-title">{text::admins::link_title(l)}</h2>
            <p>{text::admins::link_hint(l)}</p>
            <p class="secret">
                <code data-testid="invite-link">{format!("{origin}{path}")}</code>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, row: AdminRow) -> impl IntoView {
    let last = match row.last_login {
        Some(at) => text::admins::last_login(l, date(l, at)),
        None => text::admins::never(l).to_owned(),
    };
    let factor = if row.second_factor { text::admins::factor_on(l) } else { text::admins::factor_off(l) };
    let (own, username) = (row.own, row.username.clone());
    let (id, rights) = (row.id.to_string(), row.rights);
    view! {
        <li id=id class="desk-row admin-row" data-testid="admin-row">
            <div class="row-text">
                <strong>{username}</strong>
                <span class="hint">{format!("{last} · {factor}")}</span>
            </div>
            <p class="row-state">
                <span class=if rights.is_owner() { "badge badge-ready" } else { "badge" }>
                    {rights.label(l)}
                </span>
                {own.then(|| view! { <span class="badge">{text::admins::you(l)}</span> })}
            </p>
            {(!own).then(|| view! { <Actions l csrf row /> })}
        </li>
    }
    .into_any()
}

/// What an owner can do with another's account. What cannot be taken back is asked for twice.
#[component]
fn Actions(l: Locale, csrf: String, row: AdminRow) -> impl IntoView {
    let which = format!(": {}", row.username);
    let (other, change) = match row.rights {
        Rights::Owner => (Rights::Staff, text::admins::make_staff(l)),
        Rights::Staff => (Rights::Owner, text::admins::make_owner(l)),
    };
    let id = row.id.to_string();
    let hidden = {
        let (csrf, id) = (csrf, id);
        move || {
            view! {
                <input type="hidden" name="csrf" value=csrf.clone() />
                <input type="hidden" name="admin_id" value=id.clone() />
            }
        }
    };
    let named = |label: &'static str| {
        let which = which.clone();
        view! {
            {label}
            <span class="quiet">{which}</span>
        }
    };
    let lost = row.second_factor.then(|| {
        view! {
            <form method="post" action=action(FACTOR)>
                {hidden()}
                <p class="hint">{text::admins::lost_hint(l)}</p>
                <button class="button button-quiet button-small">{named(text::admins::take_off_factor(l))}</button>
            </form>
        }
    });
    view! {
        <details class="row-more">
            <summary class="button button-quiet button-small">{named(text::admins::more(l))}</summary>
            <div class="stack">
                <form method="post" action=action(RIGHTS)>
                    {hidden()}
                    <input type="hidden" name="rights" value=other.name() />
                    <p class="hint">{text::admins::rights_hint(l)}</p>
                    <button class="button button-quiet button-small">{named(change)}</button>
                </form>
                {lost}
                <form method="post" action=action(REMOVE)>
                    {hidden()}
                    <p class="hint">{text::admins::remove_hint(l)}</p>
                    <button class="button button-danger button-small">{named(text::admins::remove(l))}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Waiting(l: Locale, csrf: String, invited: Invited) -> impl IntoView {
    let until = text::admins::open_until(l, date(l, invited.until));
    let by = text::admins::invited_by(l, &invited.invited_by);
    let which = format!(": {}", invited.username);
    view! {
        <li class="desk-row admin-row" data-testid="invited-row">
            <div class="row-text">
                <strong>{invited.username}</strong>
                <span class="hint">{format!("{by} · {until}")}</span>
            </div>
            <p class="row-state">
                <span class="badge">{invited.rights.label(l)}</span>
            </p>
            <form method="post" action=action(WITHDRAW)>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="invitation_id" value=invited.id.to_string() />
                <button class="button button-quiet button-small">
                    {text::admins::withdraw(l)} <span class="quiet">{which}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn InviteForm(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(INVITE);
    let chosen = filled.value("rights", Rights::Staff.name());
    let choices = [Rights::Staff, Rights::Owner].map(|rights| {
        let about = match rights {
            Rights::Owner => text::admins::owner_may(l),
            Rights::Staff => text::admins::staff_may(l),
        };
        view! {
            <label class="check">
                <input type="radio" name="rights" value=rights.name() checked=chosen == rights.name() />
                <span>{rights.label(l)} <span class="hint">{format!(" · {about}")}</span></span>
            </label>
        }
    });
    view! {
        <form class="panel stack" method="post" action=action(INVITE) novalidate data-testid="invite">
            <h2>{text::admins::invite(l)}</h2>
            {filled.message(l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            <p class="hint">{text::admins::invite_hint(l)}</p>
            <input type="hidden" name="csrf" value=csrf />
            <TextField
                name="username"
                label=text::admin::username(l)
                value=filled.value("username", "")
                error=filled.error("username", l)
                kind=FieldKind { max: Some(MAX_USERNAME), required: true, ..FieldKind::default() }
            />
            <fieldset class="rights">
                <legend>{text::admins::rights(l)}</legend>
                {choices.collect_view()}
                {filled.error("rights", l).map(|error| view! { <p class="error">{error}</p> })}
            </fieldset>
            <button class="button">{text::admins::invite(l)}</button>
        </form>
    }
    .into_any()
}
