//! The second factor on the page of one's own account: switching it on in three steps, and off.

use super::{account::password, filled::Filled};
use crate::{
    app::{
        forms::action,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        account::{Account, Setup},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;

const BEGIN: &str = "/fn/admin/account/factor/begin";
const CONFIRM: &str = "/fn/admin/account/factor/confirm";
const OFF: &str = "/fn/admin/account/factor/off";

/// What can be done about the second factor now.
#[component]
pub fn SecondFactor(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The account.
    account: Account,
) -> impl IntoView {
    match (account.second_factor, account.setup) {
        (Some(left), _) => view! { <On l csrf left /> }.into_any(),
        (None, Some(setup)) => view! { <SetUp l csrf setup /> }.into_any(),
        (None, None) => view! { <Off l csrf /> }.into_any(),
    }
}

fn refused(filled: &Filled, l: Locale) -> impl IntoView + use<> {
    filled.message(l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })
}

fn code(l: Locale, hint: &'static str, error: Option<String>) -> impl IntoView {
    let kind =
        FieldKind { autocomplete: "one-time-code", max: Some(40), required: true, ..FieldKind::default() };
    view! { <TextField name="code" label=text::account::code(l) hint error kind /> }
}

/// It is off: the password begins to set it up.
#[component]
fn Off(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(BEGIN);
    view! {
        <form id="factor" class="panel stack" method="post" action=action(BEGIN) novalidate data-testid="factor-begin">
            <h2>{text::account::factor(l)}</h2>
            {refused(&filled, l)}
            <p>{text::account::factor_why(l)}</p>
            <input type="hidden" name="csrf" value=csrf />
            {password("current", text::account::old_password(l), "", "current-password", filled.error("current", l))}
            <button class="button">{text::account::factor_begin(l)}</button>
        </form>
    }
    .into_any()
}

/// It is being set up: the secret, the recovery codes, the first code.
#[component]
fn SetUp(l: Locale, csrf: String, setup: Setup) -> impl IntoView {
    let filled = Filled::of(CONFIRM);
    let (side, path) = (setup.picture.side, setup.picture.path);
    let codes = setup.recovery.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <form id="factor" class="panel stack" method="post" action=action(CONFIRM) novalidate data-testid="factor-confirm">
            <h2>{text::account::factor(l)}</h2>
            {refused(&filled, l)}
            <h3>{text::account::step_scan(l)}</h3>
            <p>{text::account::scan(l)}</p>
            <svg
                class="qr"
                viewBox=format!("0 0 {side} {side}")
                role="img"
                aria-label=text::account::qr(l)
                shape-rendering="crispEdges"
            >
                <rect width=side height=side fill="#fff" />
                <path d=path fill="#000" />
            </svg>
            <p>
                <a href=setup.address>{text::account::open_app(l)}</a>
            </p>
            <p class="hint" id="secret-label">{text::account::by_hand(l)}</p>
            <p class="secret">
                <code data-testid="secret" aria-describedby="secret-label">{setup.secret}</code>
            </p>
            <h3>{text::account::step_recovery(l)}</h3>
            <p>{text::account::recovery_why(l)}</p>
            <ul class="recovery" data-testid="recovery">{codes}</ul>
            <h3>{text::account::step_code(l)}</h3>
            <input type="hidden" name="csrf" value=csrf />
            {code(l, text::account::first_code(l), filled.error("code", l))}
            <button class="button">{text::account::factor_confirm(l)}</button>
        </form>
    }
    .into_any()
}

/// It is on: password and code take it off.
#[component]
fn On(l: Locale, csrf: String, left: u32) -> impl IntoView {
    let filled = Filled::of(OFF);
    let tone = if left > 2 { Tone::Good } else { Tone::Note };
    view! {
        <form id="factor" class="panel stack" method="post" action=action(OFF) novalidate data-testid="factor-off">
            <h2>{text::account::factor(l)}</h2>
            {refused(&filled, l)}
            <Alert tone>{text::account::factor_is_on(l, left)}</Alert>
            <details open=filled.refused()>
                <summary class="button button-quiet">{text::account::factor_off(l)}</summary>
                <div class="stack">
                    <p class="hint">{text::account::off_hint(l)}</p>
                    <input type="hidden" name="csrf" value=csrf />
                    {password("current", text::account::old_password(l), "", "current-password", filled.error("current", l))}
                    {code(l, text::account::code_or_recovery(l), filled.error("code", l))}
                    <button class="button button-danger">{text::account::factor_off(l)}</button>
                </div>
            </details>
        </form>
    }
    .into_any()
}
