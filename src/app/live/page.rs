//! A form whose answer is a page: the next one when it was taken, else its own with what was wrong.

use super::{
    answer::{Answer, post},
    cart::adopt_count,
    checkout, code,
    element::{all, first, focus, show, text},
    form::Filled,
    online::until_online,
};
use leptos::prelude::{document, window};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

/// Marks a form that is under way; taking the mark away stops the waiting.
const BUSY: &str = "data-busy";

/// Sends it once, however often the button is pressed. Without a network it waits and says so: the
/// key of an order makes sure that it is one order, however often it is sent.
pub fn send(filled: Filled) {
    if filled.form.has_attribute(BUSY) {
        return;
    }
    let _ = filled.form.set_attribute(BUSY, "sending");
    spawn_local(async move {
        loop {
            match post(&filled.action, &filled.fields).await {
                Ok(answer) if answer.taken => {
                    let _ = window().location().assign(&answer.address);
                    return;
                }
                Ok(answer) => {
                    let _ = filled.form.remove_attribute(BUSY);
                    return refused(&filled, &answer);
                }
                Err(_) => {
                    wait(&filled, true);
                    until_online().await;
                    if !filled.form.has_attribute(BUSY) {
                        return wait(&filled, false);
                    }
                }
            }
        }
    });
}

/// The notice stands in a live region, so it is also said aloud.
fn wait(filled: &Filled, waiting: bool) {
    if let Some(notice) = filled.find("[data-waiting]") {
        show(&notice, waiting);
    }
}

/// A click on what ends the waiting.
pub fn stop_waiting(button: &Element) {
    if let Ok(Some(form)) = button.closest("form") {
        let _ = form.remove_attribute(BUSY);
        if let Ok(Some(notice)) = form.query_selector("[data-waiting]") {
            show(&notice, false);
        }
    }
}

/// The page of a refused form has the form with all that was typed; another page, such as "too many
/// requests", has only a sentence, which is shown above the form.
fn refused(filled: &Filled, answer: &Answer) {
    let path = filled.action.split('?').next().unwrap_or_default();
    let main = || first(&document(), "main");
    match (first(&answer.page, &format!("form[action^='{path}']")), first(&answer.page, "main"), main()) {
        (Some(_), Some(new), Some(main)) => {
            main.set_inner_html(&new.inner_html());
            adopt_count(&answer.page);
            checkout::start();
            code::start();
            let wrong = all("main [aria-invalid='true'], #form-message").next();
            wrong.or_else(|| all("main h1").next()).into_iter().for_each(focus);
        }
        (_, new, _) => {
            let sentence = new.and_then(|main| main.query_selector(".alert p").ok().flatten());
            if let (Some(sentence), Some(notice)) = (sentence, filled.find("[data-problem]")) {
                notice.set_text_content(Some(&text(&sentence)));
                notice.scroll_into_view();
            }
        }
    }
}
