//! One change of the cart after the other: the first one makes the cart, and its answer brings the
//! cookie that the second must carry.

use js_sys::{Function, Promise};
use leptos::wasm_bindgen::JsValue;
use std::cell::RefCell;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// A place at the head of the queue. Dropping it lets the next one go.
pub struct Turn(Option<Function>);

/// Waits until all who asked before are done.
pub async fn turn() -> Turn {
    let mut done = None;
    let mine = Promise::new(&mut |resolve, _| done = Some(resolve));
    if let Some(before) = LAST.replace(Some(mine)) {
        // It is only ever resolved.
        let _ = JsFuture::from(before).await;
    }
    Turn(done)
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    }
}
