//! Becoming an admin by a link: a password of one's own.

use super::{api::invite::load_invitation, filled::Filled, header::Top};
use crate::{
    app::{
        forms::action,
        i18n::{date, locale},
        status::set_status,
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            field::{FieldKind, TextField},
            once_loaded::once_loaded,
            title::Title,
        },
    },
    model::{
        account::{Invited, MAX_PASSWORD},
        error::AppError,
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

const ACCEPT: &str = "/fn/admin/invite/accept";

/// The page that an invitation leads to.
#[component]
pub fn InvitePage() -> impl IntoView {
    let l = locale();
    let token = use_params_map().get_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let invited = Resource::new(|| (), move |()| load_invitation(asked.clone()));
    view! {
        <Meta name="robots" content="noindex" />
        <Title text=format!("{} · {}", text::admins::invitation(l), text::shop::name(l)) />
        <Top l part=None admin=None />
        <main id="main" class="desk narrow" tabindex="-1">
            {once_loaded(async move {
                match invited.await {
                    Ok(invited) => view! { <Form l token invited /> }.into_any(),
                    Err(AppError::NotFound { .. }) => view! { <Ended l /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </main>
    }
    .into_any()
}

#[component]
fn Form(l: Locale, token: String, invited: Invited) -> impl IntoView {
    let filled = Filled::of(ACCEPT);
    let kind = FieldKind {
        kind: "password",
        autocomplete: "new-password",
        max: Some(MAX_PASSWORD),
        required: true,
        ..FieldKind::default()
    };
    view! {
        <form class="panel login" method="post" action=action(ACCEPT) novalidate data-testid="invite-form">
            <h1>{text::admins::invitation(l)}</h1>
            {filled.message(l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            <p>{text::admins::welcome(l, &invited.invited_by, invited.rights.label(l))}</p>
            <p class="hint">{text::admins::open_until(l, date(l, invited.until))}</p>
            <input type="hidden" name="token" value=token />
            <div class="field">
                <label for="username">{text::admin::username(l)}</label>
                <input id="username" type="text" value=invited.username autocomplete="username" readonly=true />
            </div>
            <TextField
                name="password"
                label=text::account::new_password(l)
                hint=text::account::password_hint(l)
                error=filled.error("password", l)
                kind=kind.clone()
            />
            <TextField name="again" label=text::account::again(l) error=filled.error("again", l) kind />
            <button class="button button-big button-wide">{text::admins::accept(l)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Ended(l: Locale) -> impl IntoView {
    set_status(404);
    view! {
        <div class="panel login">
            <h1>{text::admins::invitation(l)}</h1>
            <Alert tone=Tone::Note>{text::admins::no_invitation(l)}</Alert>
        </div>
    }
    .into_any()
}
