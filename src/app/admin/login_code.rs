//! The second step of a login: the code that follows the password.

use super::{api::session::load_step, header::Top};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            field::{FieldKind, TextField},
            once_loaded::once_loaded,
            title::Title,
        },
    },
    model::{locale::Locale, text},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;

const ENTER: &str = "/fn/admin/login/code";

/// The page that asks for the code.
#[component]
pub fn LoginCodePage() -> impl IntoView {
    let l = locale();
    let open = Resource::new(|| (), |()| load_step());
    view! {
        <Meta name="robots" content="noindex" />
        <Title text=format!("{} · {}", text::account::code_title(l), text::shop::name(l)) />
        <Top l part=None admin=None />
        <main id="main" class="desk narrow" tabindex="-1">
            {once_loaded(async move {
                match open.await {
                    Ok(true) => view! { <Form l /> }.into_any(),
                    Ok(false) => view! { <Again l /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </main>
    }
    .into_any()
}

#[component]
fn Form(l: Locale) -> impl IntoView {
    let refused = FormReplay::of(ENTER);
    let asked = use_query_map().get_untracked().get("next").unwrap_or_default();
    let next = refused.as_ref().map_or(asked, |refused| refused.value("next"));
    let message = refused.map(|refused| refused.message(l));
    let kind =
        FieldKind { autocomplete: "one-time-code", max: Some(40), required: true, ..FieldKind::default() };
    view! {
        <form class="panel login" method="post" action=action(ENTER) data-testid="code-form">
            <h1>{text::account::code_title(l)}</h1>
            {message.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            <input type="hidden" name="next" value=next />
            <TextField
                name="code"
                label=text::account::code(l)
                hint=text::account::code_or_recovery(l)
                error=None
                kind
            />
            <button class="button button-big button-wide">{text::admin::enter(l)}</button>
            <a href=href(l, "/admin/login")>{text::account::start_again(l)}</a>
        </form>
    }
    .into_any()
}

/// The password was typed too long ago, or the code too often.
#[component]
fn Again(l: Locale) -> impl IntoView {
    view! {
        <div class="panel login">
            <h1>{text::account::code_title(l)}</h1>
            <Alert tone=Tone::Note>{text::account::step_ended(l)}</Alert>
            <a class="button button-big button-wide" href=href(l, "/admin/login")>
                {text::account::start_again(l)}
            </a>
        </div>
    }
    .into_any()
}
