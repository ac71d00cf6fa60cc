//! What messages to customers say: the producer's words, how they will look, and what they cost.

use super::{
    api::messages::{MessagesPage, load_message_texts},
    desk::Desk,
    filled::Filled,
    header::Part,
    rows::check,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            title::Title,
        },
    },
    model::{
        locale::Locale,
        message::Occasion,
        message_texts::{Placeholder, Template, Values, written},
        sms_text::SmsSize,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const SAVE: &str = "/fn/admin/messages/save";

/// The form of the messages.
#[component]
pub fn MessageTextsPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_message_texts());
    view! {
        <Title text=format!("{} · {}", text::order_desk::texts_title(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, page| view! { <Form l csrf page /> } />
    }
    .into_any()
}

#[component]
fn Form(l: Locale, csrf: String, page: MessagesPage) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let saved = !filled.refused() && use_query_map().get_untracked().get("saved").is_some();
    let bad = filled.message(l).map(|message| {
        let message =
            if filled.wrong_fields() { text::order_desk::texts_refused(l).to_owned() } else { message };
        view! { <Alert tone=Tone::Bad>{message}</Alert> }
    });
    let plain = filled.ticked("plain", page.texts.plain);
    let occasions = Occasion::ALL
        .map(|occasion| view! { <OnOccasion l filled=filled.clone() page=page.clone() occasion plain /> })
        .collect_view();
    view! {
        <p class="back">
            <a href=href(l, Part::Settings.path())>{text::desk::settings(l)}</a>
        </p>
        <h1>{text::order_desk::texts_title(l)}</h1>
        {saved.then(|| view! { <Alert tone=Tone::Good>{text::order_desk::texts_saved(l)}</Alert> })}
        {bad}
        <p class="lead">{text::order_desk::texts_lead(l)}</p>
        <form class="desk-form" method="post" action=action(SAVE) novalidate data-live="desk" data-testid="messages-form">
            <input type="hidden" name="csrf" value=csrf />
            {occasions}
            <fieldset>
                <legend>{text::order_desk::plain(l)}</legend>
                {check("plain", text::order_desk::plain(l), l, &filled, page.texts.plain)}
                <p class="hint">{text::order_desk::plain_hint(l)}</p>
            </fieldset>
            <div class="row desk-form-wide">
                <button id="save-messages" class="button button-big">
                    {text::order_desk::texts_save(l)}
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn OnOccasion(
    l: Locale,
    filled: Filled,
    page: MessagesPage,
    occasion: Occasion,
    plain: bool,
) -> impl IntoView {
    let stored = page.texts.of(occasion).clone();
    let slots = Placeholder::of(occasion)
        .map(|slot| {
            view! {
                <li>
                    <code>{format!("{{{}}}", slot.name())}</code>
                    " "
                    {slot.label(l)}
                </li>
            }
        })
        .collect_view();
    let on = match occasion {
        Occasion::Confirmed => "confirmed_on",
        Occasion::Ready => "ready_on",
        Occasion::Cancelled => "cancelled_on",
    };
    let [ro, en] = page.shop;
    view! {
        <fieldset class="message-texts">
            <legend>{text::order_desk::message_sent(l, occasion.label(l))}</legend>
            {check(on, text::order_desk::on(l), l, &filled, stored.on)}
            <MessageText l filled=filled.clone() occasion of=Locale::Ro stored=stored.ro shop=ro plain />
            <MessageText l filled occasion of=Locale::En stored=stored.en shop=en plain />
            <p class="hint">{text::order_desk::slots(l)}</p>
            <ul class="slots hint">{slots}</ul>
        </fieldset>
    }
    .into_any()
}

/// A text, and below it the message that it makes. `data-sms` tells the browser how to make it again
/// while somebody types.
#[component]
fn MessageText(
    l: Locale,
    filled: Filled,
    occasion: Occasion,
    of: Locale,
    stored: String,
    shop: String,
    plain: bool,
) -> impl IntoView {
    let name = format!("{}_{}", occasion.name(), of.tag());
    let value = filled.value(&name, &stored);
    let error = filled.error(&name, l);
    let label = match of {
        Locale::Ro => text::order_desk::text_ro(l),
        Locale::En => text::order_desk::text_en(l),
    };
    let body = Template::parse(&value, occasion)
        .map(|template| written(&template, &Values::sample(of, shop.clone()), of, plain))
        .unwrap_or_default();
    let size = SmsSize::of(&body);
    let (error_id, preview_id) = (format!("{name}-error"), format!("{name}-preview"));
    let described = if error.is_some() { format!("{error_id} {preview_id}") } else { preview_id.clone() };
    let invalid = error.is_some().then_some("true");
    // Leptos writes the content of a textarea as it is; `</textarea>` would end it.
    let content = value.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <textarea
                id=name.clone()
                name=name
                rows="3"
                maxlength=Template::MAX.to_string()
                lang=of.tag()
                aria-invalid=invalid
                aria-describedby=described
                data-sms=occasion.name()
                data-shop=shop
            >
                {content}
            </textarea>
            {error
                .map(|error| {
                    view! {
                        <p class="error" id=error_id>
                            {error}
                        </p>
                    }
                })}
            <div class="preview" id=preview_id>
                <p class="hint">{text::order_desk::preview(l)}</p>
                <p class="preview-body" lang=of.tag() data-preview="">
                    {body}
                </p>
                <p class="hint">
                    <span data-units="">{size.units}</span>
                    " "
                    {text::order_desk::size_count(l)}
                    " · "
                    <span data-encoding="">{size.encoding.name()}</span>
                    " · "
                    <span data-segments="">{size.segments}</span>
                    " "
                    {text::order_desk::size_segments(l)}
                </p>
            </div>
        </div>
    }
    .into_any()
}
