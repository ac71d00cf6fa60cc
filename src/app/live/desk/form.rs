//! A form of the producer's (`data-live="desk"`): it is sent in the background, and the page that
//! comes back takes the place of this one without a blink, whether it was taken or refused.

use super::{arrive, typed::Typed};
use crate::app::live::{
    answer::post,
    element::{all, first, focus, target},
    form::Filled,
};
use leptos::{
    prelude::{document, window},
    wasm_bindgen::JsCast,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlFormElement, SubmitEvent};

/// A form was sent.
pub fn sent(event: SubmitEvent) {
    let form = target(&event).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(filled) = form.and_then(|form| Filled::read(form, event.submitter())) else { return };
    if filled.live != "desk" || Event::default_prevented(&event) {
        return;
    }
    Event::prevent_default(&event);
    send(filled);
}

/// Sends a form and shows what comes back.
pub fn send(filled: Filled) {
    let held = document().active_element().map(|element| element.id());
    spawn_local(async move {
        let Ok(answer) = post(&filled.action, &filled.fields).await else {
            // The browser says what it says of a network that is away.
            let _ = filled.form.submit();
            return;
        };
        let here = window().location().pathname().unwrap_or_default();
        let there = web_sys::Url::new(&answer.address).map(|url| url.pathname()).unwrap_or_default();
        match (first(&answer.page, "main"), first(&document(), "main")) {
            (Some(new), Some(main)) if !answer.taken || here == there => {
                let typed = Typed::besides(&filled.form);
                main.set_inner_html(&new.inner_html());
                typed.put_back();
                arrive();
                let wrong = all("main [aria-invalid='true']").next();
                let same = held.filter(|id| !id.is_empty()).and_then(|id| document().get_element_by_id(&id));
                wrong.or(same).into_iter().for_each(focus);
            }
            _ => {
                let _ = window().location().assign(&answer.address);
            }
        }
    });
}
