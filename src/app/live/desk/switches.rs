//! Sound and notifications: each is switched on by a tap, which is also what browsers ask for before
//! they allow it, and remembered on this device.

use super::{said, tone};
use crate::app::live::element::{all, first, show, target};
use js_sys::{Function, Reflect};
use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, MouseEvent, Notification, NotificationOptions, NotificationPermission};

const SOUND: &str = "sound";
const NOTIFY: &str = "notify";

/// Shows the switches as they were left.
pub fn start() {
    for switch in all("[data-switch]") {
        let what = switch.get_attribute("data-switch").unwrap_or_default();
        if possible(&what) {
            set(&switch, is_on(&what));
            show(&switch, true);
        }
    }
}

/// A click anywhere in the page: also the touch that browsers wait for before they make a sound.
pub fn clicked(event: MouseEvent) {
    if is_on(SOUND) {
        tone::unlock();
    }
    let switch = target(&event).and_then(|target| target.closest("[data-switch]").ok().flatten());
    let Some(switch) = switch else { return };
    let what = switch.get_attribute("data-switch").unwrap_or_default();
    let on = switch.get_attribute("aria-checked").as_deref() != Some("true");
    if on && what == NOTIFY {
        spawn_local(ask(switch));
        return;
    }
    remember(&what, on);
    set(&switch, on);
    if on && what == SOUND {
        tone::ring();
    }
}

/// Rings and notifies, as far as it is wished.
pub fn ring(sentence: &str) {
    if is_on(SOUND) {
        tone::ring();
    }
    if is_on(NOTIFY) {
        notify(sentence);
    }
}

/// Asks for the permission.
async fn ask(switch: Element) {
    let answered = match Notification::request_permission() {
        Ok(asking) => JsFuture::from(asking).await.is_ok(),
        Err(_) => false,
    };
    let allowed = answered && Notification::permission() == NotificationPermission::Granted;
    remember(NOTIFY, allowed);
    set(&switch, allowed);
    if !allowed && let Some(switches) = first(&document(), ".switches") {
        said::say(&said::kept(&switches, "data-refused", ""));
    }
}

/// Nothing that is the customer's stands in it: it shows on a locked screen.
fn notify(sentence: &str) {
    let options = NotificationOptions::new();
    options.set_icon("/icons/icon-192.png");
    options.set_tag("vatra-order");
    if Notification::new_with_options(sentence, &options).is_err() {
        // On Android only the service worker may.
        let (sentence, options) = (sentence.to_owned(), JsValue::from(options));
        spawn_local(async move {
            let _ = by_worker(&sentence, &options).await;
        });
    }
}

async fn by_worker(sentence: &str, options: &JsValue) -> Result<(), JsValue> {
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into())?;
    let ready = Reflect::get(&container, &"ready".into())?.dyn_into::<js_sys::Promise>()?;
    let worker = JsFuture::from(ready).await?;
    let show = Reflect::get(&worker, &"showNotification".into())?.dyn_into::<Function>()?;
    JsFuture::from(show.call2(&worker, &sentence.into(), options)?.dyn_into::<js_sys::Promise>()?).await?;
    Ok(())
}

fn set(switch: &Element, on: bool) {
    let _ = switch.set_attribute("aria-checked", if on { "true" } else { "false" });
}

fn possible(what: &str) -> bool {
    let needs = if what == NOTIFY { "Notification" } else { "AudioContext" };
    Reflect::has(&window(), &needs.into()).unwrap_or(false)
}

fn is_on(what: &str) -> bool {
    let on = stored(what).as_deref() == Some("1");
    on && (what != NOTIFY
        || possible(NOTIFY) && Notification::permission() == NotificationPermission::Granted)
}

fn stored(what: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&format!("vatra:{what}")).ok()?
}

fn remember(what: &str, on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(&format!("vatra:{what}"), if on { "1" } else { "0" });
    }
}
