//! Listening to the shop. The browser itself comes back after a short gap and says how far it was
//! told; when it gives up, the board is asked for every few seconds until the shop can be heard
//! again.

use super::{arrivals, board, later};
use crate::app::live::{
    answer::get,
    element::{first, show},
};
use js_sys::{JSON, Reflect};
use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, JsValue, prelude::Closure},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, EventSource, MessageEvent};

/// The page comes first: only when it has been there for this long is another connection opened.
/// What happens meanwhile is told then.
const FIRST: i32 = 1_000;
/// How often the board is asked for while the shop is not heard.
const ASKING: i32 = 4_000;
/// How long a gap may be before that begins.
const GAP: i32 = 4_000;
/// How often the board is asked for in any case: ages grow, and the login is kept alive.
const MINUTE: i32 = 60_000;
/// How often other pages keep the login alive.
const TEN_MINUTES: i32 = 600_000;

/// How it stands with the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Live,
    Again,
    Asking,
    Out,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            State::Live => "live",
            State::Again => "again",
            State::Asking => "asking",
            State::Out => "out",
        }
    }
}

thread_local! {
    static STATE: Cell<Option<State>> = const { Cell::new(None) };
    static SOURCE: RefCell<Option<EventSource>> = const { RefCell::new(None) };
    /// How far this page was told.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
    static HEARING: RefCell<Option<Hearing>> = const { RefCell::new(None) };
}

/// What is done with what is heard; made once for all connections of the page.
struct Hearing {
    listening: Closure<dyn Fn(MessageEvent)>,
    order: Closure<dyn Fn(MessageEvent)>,
    everything: Closure<dyn Fn(MessageEvent)>,
    failed: Closure<dyn Fn(Event)>,
}

/// Begins to listen on a page that has a place to show it.
pub fn start() {
    if document().get_element_by_id("desk-feed").is_none() {
        return;
    }
    HEARING.set(Some(Hearing {
        listening: Closure::new(|event: MessageEvent| {
            told(&event);
            set(State::Live);
        }),
        order: Closure::new(|event: MessageEvent| {
            told(&event);
            arrived(&event);
            board::refresh();
        }),
        everything: Closure::new(|event: MessageEvent| {
            told(&event);
            board::refresh();
        }),
        failed: Closure::new(|_| failed()),
    }));
    later::after(FIRST, connect);
    later::every(ASKING, || {
        if STATE.get() == Some(State::Asking) {
            board::refresh();
            connect();
        }
    });
    later::every(MINUTE, board::refresh);
    later::every(TEN_MINUTES, || {
        if board::board().is_none() {
            spawn_local(async {
                let _ = get(&window().location().href().unwrap_or_default()).await;
            });
        }
    });
    crate::app::live::listen("online", |_: Event| connect());
    crate::app::live::listen("pagehide", |_: Event| close());
    crate::app::live::listen("pageshow", |_: Event| {
        if STATE.get().is_some() {
            connect();
        }
    });
}

/// The login has ended: there is nothing to hear before the next.
pub fn logged_out() {
    close();
    set(State::Out);
}

fn close() {
    if let Some(source) = SOURCE.take() {
        source.close();
    }
}

fn connect() {
    let open = SOURCE.with_borrow(|source| {
        source.as_ref().is_some_and(|source| source.ready_state() != EventSource::CLOSED)
    });
    if open || STATE.get() == Some(State::Out) {
        return;
    }
    close();
    let Some(place) = document().get_element_by_id("desk-feed") else { return };
    let events = place.get_attribute("data-feed").unwrap_or_default();
    let begun = || first(&document(), "[data-since]").and_then(|board| board.get_attribute("data-since"));
    let since = LAST.with_borrow(Clone::clone).or_else(begun);
    let address = since.map_or(events.clone(), |since| format!("{events}?since={since}"));
    let Ok(source) = EventSource::new(&address) else { return set(State::Asking) };
    HEARING.with_borrow(|hearing| {
        let Some(hearing) = hearing else { return };
        let hear = |name: &str, done: &JsValue| {
            let _ = source.add_event_listener_with_callback(name, done.unchecked_ref());
        };
        hear("listening", hearing.listening.as_ref());
        hear("order", hearing.order.as_ref());
        hear("everything", hearing.everything.as_ref());
        source.set_onerror(Some(hearing.failed.as_ref().unchecked_ref()));
    });
    SOURCE.set(Some(source));
}

/// The browser tries again by itself, unless it was refused.
fn failed() {
    if matches!(STATE.get(), Some(State::Out)) {
        return;
    }
    let given_up = SOURCE.with_borrow(|source| {
        source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED)
    });
    if given_up {
        set(State::Asking);
    } else if STATE.get() != Some(State::Asking) {
        set(State::Again);
        later::after(GAP, || {
            if STATE.get() == Some(State::Again) {
                set(State::Asking);
            }
        });
    }
}

fn told(event: &MessageEvent) {
    let id = event.last_event_id();
    if !id.is_empty() {
        LAST.set(Some(id));
    }
}

fn arrived(event: &MessageEvent) {
    let Some(news) = event.data().as_string().and_then(|text| JSON::parse(&text).ok()) else { return };
    let told = |name: &str| Reflect::get(&news, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if told("new").is_truthy()
        && let (Some(id), Some(number)) = (told("id").as_string(), told("number").as_string())
    {
        arrivals::heard(&id, &number);
    }
}

/// Shows it, in the words of the page.
fn set(state: State) {
    if STATE.replace(Some(state)) == Some(state) {
        return;
    }
    let Some(place) = document().get_element_by_id("desk-feed") else { return };
    let _ = place.set_attribute("data-state", state.name());
    if let Some(word) = document().get_element_by_id("desk-feed-word") {
        let said = place.get_attribute(&format!("data-word-{}", state.name())).unwrap_or_default();
        word.set_text_content(Some(&said));
    }
    show(&place, true);
    if state == State::Asking {
        board::refresh();
    }
}
