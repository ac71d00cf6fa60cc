//! Waiting for the network.

use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// After this many milliseconds it is tried again, whatever the browser says of the network: a
/// phone in a cellar often believes that it is online.
const PATIENCE: i32 = 8_000;

/// Until the browser says that it is online again, or it is time for another try.
pub async fn until_online() {
    let mut go_on = None;
    let told = Promise::new(&mut |resolve, _| go_on = Some(resolve));
    if let Some(go_on) = go_on {
        listen(&go_on);
    }
    // It is only ever resolved.
    let _ = JsFuture::from(told).await;
}

fn listen(go_on: &Function) {
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    let window = window();
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options("online", go_on, &once);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(go_on, PATIENCE);
}
