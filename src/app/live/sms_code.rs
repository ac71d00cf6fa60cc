//! The code that the phone hands over from the SMS, where it can (WICG, WebOTP): the message ends
//! with the line `@domain #code`, and the visitor allows it with one tap.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;

/// Waits for it; `None` where there is no such thing, or the visitor did not allow it.
pub async fn code_from_sms() -> Option<String> {
    let asked = ask().ok().flatten()?;
    let credential = JsFuture::from(asked).await.ok()?;
    Reflect::get(&credential, &"code".into()).ok()?.as_string()
}

/// `navigator.credentials.get({ otp: { transport: ["sms"] } })`; web-sys does not know it.
fn ask() -> Result<Option<Promise>, JsValue> {
    let window = window();
    if !Reflect::has(&window, &"OTPCredential".into())? {
        return Ok(None);
    }
    let credentials = Reflect::get(&window.navigator(), &"credentials".into())?;
    let get: Function = Reflect::get(&credentials, &"get".into())?.dyn_into()?;
    let (options, otp) = (Object::new(), Object::new());
    Reflect::set(&otp, &"transport".into(), &Array::of1(&"sms".into()))?;
    Reflect::set(&options, &"otp".into(), &otp)?;
    Ok(get.call1(&credentials, &options)?.dyn_into::<Promise>().ok())
}
