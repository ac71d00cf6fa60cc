//! One change of the cart after the other: the first one makes the cart, and its answer brings the
//! cookie that the second must carry. A link waits until they are done: what has not been sent would
//! be lost with the page.

use js_sys::{Function, Promise};
use leptos::wasm_bindgen::JsValue;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
    /// How many have asked for a turn and are not done.
    static WAITING: Cell<u32> = const { Cell::new(0) };
}

/// A place at the head of the queue. Dropping it lets the next one go.
pub struct Turn(Option<Function>);

/// Is a change under way?
pub fn busy() -> bool {
    WAITING.get() > 0
}

/// Waits until all who asked before are done.
pub async fn turn() -> Turn {
    WAITING.set(WAITING.get() + 1);
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
        WAITING.set(WAITING.get().saturating_sub(1));
        if let Some(done) = self.0.take() {
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    }
}
