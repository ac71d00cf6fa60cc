//! The message that a text makes, while it is typed (`data-sms` names its occasion).

use crate::{
    app::live::element::{all, first, target},
    model::{
        locale::Locale,
        message::Occasion,
        message_texts::{Template, Values, written},
        sms_text::SmsSize,
    },
};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement};

/// Something was typed.
pub fn typed(event: Event) {
    let _ = target(&event).and_then(preview);
}

/// With or without diacritics: all messages look different.
pub fn switched(event: Event) {
    if target(&event).is_some_and(|field| field.get_attribute("name").as_deref() == Some("plain")) {
        all("textarea[data-sms]").for_each(|field| {
            let _ = preview(field);
        });
    }
}

fn preview(field: Element) -> Option<()> {
    let occasion = Occasion::from_name(&field.get_attribute("data-sms")?)?;
    let l = Locale::ALL.into_iter().find(|l| Some(l.tag()) == field.get_attribute("lang").as_deref())?;
    let shop = field.get_attribute("data-shop")?;
    let box_of = field.parent_element()?;
    let typed = field.dyn_into::<HtmlTextAreaElement>().ok()?.value();
    let plain = first(&document(), "input[name=plain]")?.dyn_into::<HtmlInputElement>().ok()?.checked();
    // A text that cannot be read shows nothing; what is wrong with it is told when it is saved.
    let template = Template::parse(&typed, occasion).ok();
    let body = template.map(|template| written(&template, &Values::sample(l, shop), l, plain));
    let body = body.unwrap_or_default();
    let size = SmsSize::of(&body);
    let set = |selector: &str, text: &str| {
        if let Ok(Some(place)) = box_of.query_selector(selector) {
            place.set_text_content(Some(text));
        }
    };
    set("[data-preview]", &body);
    set("[data-units]", &size.units.to_string());
    set("[data-encoding]", size.encoding.name());
    set("[data-segments]", &size.segments.to_string());
    Some(())
}
