//! Doing something later.

use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, prelude::Closure},
};

/// Once, after so many milliseconds.
pub fn after(milliseconds: i32, work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    let work = work.unchecked_ref();
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(work, milliseconds);
}

/// Again and again, for as long as the page.
pub fn every(milliseconds: i32, work: impl Fn() + 'static) {
    let work = Closure::<dyn Fn()>::new(work).into_js_value();
    let work = work.unchecked_ref();
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(work, milliseconds);
}
