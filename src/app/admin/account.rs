//! One's own account: the password, and the code that follows it.

use super::{
    api::account::load_account, desk::Desk, filled::Filled, header::Part, second_factor::SecondFactor,
};
use crate::{
    app::{
        forms::action,
        i18n::locale,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
            title::Title,
        },
    },
    model::{
        account::{Account, MAX_PASSWORD},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const PASSWORD: &str = "/fn/admin/account/password";

/// The page of one's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_account());
    view! {
        <Title text=format!("{} · {}", text::admins::own_account(l), text::shop::name(l)) />
        <Desk part=Part::Today loaded show=move |l, csrf, account| view! { <Whole l csrf account /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, csrf: String, account: Account) -> impl IntoView {
    let saved = use_query_map().get_untracked().get("saved").and_then(|what| match what.as_str() {
        "password" => Some(text::account::password_saved(l)),
        "factor" => Some(text::account::factor_saved(l)),
        "off" => Some(text::account::factor_off_saved(l)),
        _ => None,
    });
    view! {
        <h1>{text::admins::own_account(l)}</h1>
        {saved.map(|saved| view! { <Alert tone=Tone::Good>{saved}</Alert> })}
        <div class="account">
            <PasswordForm l csrf=csrf.clone() />
            <SecondFactor l csrf account />
        </div>
    }
    .into_any()
}

/// A password field.
pub fn password(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
    error: Option<String>,
) -> impl IntoView {
    let kind = FieldKind {
        kind: "password",
        autocomplete,
        max: Some(MAX_PASSWORD),
        required: true,
        ..FieldKind::default()
    };
    view! { <TextField name label hint error kind /> }
}

#[component]
fn PasswordForm(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(PASSWORD);
    let error = |field| filled.error(field, l);
    view! {
        <form class="panel stack" method="post" action=action(PASSWORD) novalidate data-testid="password-form">
            <h2>{text::account::change_password(l)}</h2>
            {filled.message(l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            <p class="hint">{text::account::others_end(l)}</p>
            <input type="hidden" name="csrf" value=csrf />
            {password("old", text::account::old_password(l), "", "current-password", error("old"))}
            {password("password", text::account::new_password(l), text::account::password_hint(l), "new-password", error("password"))}
            {password("again", text::account::again(l), "", "new-password", error("again"))}
            <button class="button">{text::account::change_password(l)}</button>
        </form>
    }
    .into_any()
}
