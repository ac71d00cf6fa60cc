//! A form of the producer's (`data-live="desk"`): it is sent in the background, once however often
//! its button is pressed, and the page that comes back takes the place of this one without a blink,
//! whether it was taken or refused. What is typed is lost neither without a network nor when what
//! comes back is another page.

use super::{arrive, said, swap, typed::Typed};
use crate::app::live::{
    answer::{Answer, post},
    element::{all, first, focus, target, text},
    form::Filled,
};
use leptos::{
    prelude::{document, window},
    wasm_bindgen::JsCast,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, SubmitEvent};

/// Marks a form that is under way.
const BUSY: &str = "data-busy";

/// A form was sent.
pub fn sent(event: SubmitEvent) {
    let form = target(&event).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(filled) = form.and_then(|form| Filled::read(form, event.submitter())) else { return };
    if filled.live != "desk" || Event::default_prevented(&event) {
        return;
    }
    Event::prevent_default(&event);
    send(filled, event.submitter());
}

/// Sends it in the background, unless it is under way already.
pub fn send(filled: Filled, button: Option<HtmlElement>) {
    if filled.form.has_attribute(BUSY) {
        return;
    }
    busy(&filled.form, button.as_ref(), true);
    spawn_local(async move {
        let came = post(&filled.action, &filled.fields).await;
        busy(&filled.form, button.as_ref(), false);
        // Something between here and the shop may answer, too.
        let came = came.ok().filter(|answer| first(&answer.page, "main").is_some());
        said::not_sent(came.is_none());
        if let Some(answer) = came {
            show(&filled, &answer);
        }
    });
}

fn busy(form: &HtmlFormElement, button: Option<&HtmlElement>, is: bool) {
    let flag = |element: &Element, name: &str| {
        let _ = if is { element.set_attribute(name, "true") } else { element.remove_attribute(name) };
    };
    flag(form, BUSY);
    flag(form, "aria-busy");
    if let Some(button) = button {
        flag(button, "aria-disabled");
    }
}

fn show(filled: &Filled, answer: &Answer) {
    let here = window().location().pathname().unwrap_or_default();
    let there = web_sys::Url::new(&answer.address).map(|url| url.pathname()).unwrap_or_default();
    if answer.taken && here != there {
        let _ = window().location().assign(&answer.address);
    } else if answer.taken || comes_back(filled, answer) {
        let typed = Typed::besides(&filled.form);
        swap::show(&answer.page);
        typed.put_back();
        arrive();
        all("main [aria-invalid='true']").next().into_iter().for_each(focus);
        said::say_notice();
    } else if let Some(sentence) = first(&answer.page, "main .alert") {
        // Too many requests, say: the form stays as it is.
        tell(filled, &text(&sentence));
    }
}

/// Does the page that came back have the form with what was typed? So does one that asks for the
/// password, after which there is nothing to come back to.
fn comes_back(filled: &Filled, answer: &Answer) -> bool {
    let path = filled.action.split('?').next().unwrap_or_default();
    let has = |selector: &str| first(&answer.page, selector).is_some();
    has(&format!("form[action^='{path}']")) || has("main[data-live=desk]") || has("[data-testid=login-form]")
}

fn tell(filled: &Filled, sentence: &str) {
    let notice = filled.find("[data-problem]").or_else(|| {
        let notice = document().create_element("p").ok()?;
        notice.set_class_name("alert alert-bad");
        let _ = notice.set_attribute("data-problem", "");
        let _ = notice.set_attribute("role", "alert");
        filled.form.append_child(&notice).ok()?;
        Some(notice)
    });
    if let Some(notice) = notice {
        notice.set_text_content(Some(sentence));
    }
}
