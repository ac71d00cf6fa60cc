//! What JavaScript adds to the customer's pages, in Rust: the forms that work without it are sent
//! in the background, and of the page that comes back only the changed part is shown. Nothing is
//! rendered here and no sentence stands here: the server has made all of it
//! (docs/decisions/0023). An element says in its `data-live` what is done with it.

mod answer;
mod cart;
mod checkout;
mod code;
mod desk;
mod drawer;
mod element;
mod form;
mod leave;
mod online;
mod page;
mod queue;
mod sms_code;

use element::{first, target};
use form::Filled;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, convert::FromWasmAbi, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlFormElement, SubmitEvent};

/// Listens to the whole page.
pub fn start() {
    listen("submit", sent);
    listen("click", drawer::clicked);
    listen("click", leave::clicked);
    listen("paste", code::pasted);
    listen("change", checkout::changed);
    checkout::start();
    code::start();
    if first(&document(), "main[data-live=desk]").is_some() {
        spawn_local(desk::start());
    }
}

fn listen<E: FromWasmAbi + 'static>(event: &str, heard: impl Fn(E) + 'static) {
    let heard = Closure::<dyn Fn(E)>::new(heard);
    let _ = window().add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
    // As long as the page.
    heard.forget();
}

fn sent(event: SubmitEvent) {
    let form = target(&event).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(filled) = form.and_then(|form| Filled::read(form, event.submitter())) else { return };
    let done = match filled.live.as_str() {
        "add" => cart::add,
        "cart" => cart::change,
        "page" => page::send,
        _ => return,
    };
    Event::prevent_default(&event);
    done(filled);
}
