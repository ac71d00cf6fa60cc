//! The code from the SMS: the wait until another can be asked for, and the ways to fill it in.

use super::{
    element::{all, target},
    sms_code::code_from_sms,
};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, prelude::Closure},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, Element, HtmlInputElement};

/// The field of the code.
const CODE: &str = "input[data-digits]";

/// The browser's handle of a timer, as long as it runs.
type Timer = Rc<Cell<Option<i32>>>;

/// A timer and what it calls.
type Ticking = (Timer, Closure<dyn FnMut()>);

thread_local! {
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static TICKING: RefCell<Vec<Ticking>> = const { RefCell::new(Vec::new()) };
}

/// Begins what the page in view needs.
pub fn start() {
    // Those of the page before.
    TICKING.take().iter().for_each(|(timer, _)| stop(timer));
    all("button[data-wait]").for_each(count_down);
    if all(CODE).next().is_some() && !LISTENING.replace(true) {
        spawn_local(async {
            if let (Some(code), Some(input)) = (code_from_sms().await, all(CODE).next()) {
                fill(&input, &code, true);
            }
        });
    }
}

/// A button that says when it can be pressed. Until this runs it can be; the server keeps the wait.
fn count_down(button: Element) {
    let mut left: u32 = button.get_attribute("data-wait").and_then(|wait| wait.parse().ok()).unwrap_or(0);
    if left == 0 {
        return;
    }
    let (ready, label) = (button.text_content(), button.get_attribute("data-label").unwrap_or_default());
    let timer = Timer::default();
    let own = timer.clone();
    let mut tick = move || {
        let _ = button.toggle_attribute_with_force("disabled", left > 0);
        if left == 0 {
            button.set_text_content(ready.as_deref());
            stop(&own);
        } else {
            button.set_text_content(Some(&label.replace("{time}", &clock(left))));
            left -= 1;
        }
    };
    tick();
    let tick = Closure::<dyn FnMut()>::new(tick);
    let every =
        window().set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000);
    if let Ok(handle) = every {
        timer.set(Some(handle));
        TICKING.with_borrow_mut(|ticking| ticking.push((timer, tick)));
    }
}

fn stop(timer: &Timer) {
    if let Some(handle) = timer.take() {
        window().clear_interval_with_handle(handle);
    }
}

/// People copy the whole message: of it only the code is taken.
pub fn pasted(event: ClipboardEvent) {
    let Some(input) = target(&event).filter(|input| input.matches(CODE).unwrap_or(false)) else { return };
    let text = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    let digits = input.get_attribute("data-digits").and_then(|digits| digits.parse().ok()).unwrap_or(4);
    if let Some(code) = only_code(&text, digits) {
        event.prevent_default();
        fill(&input, &code, false);
    }
}

fn fill(input: &Element, code: &str, send: bool) {
    let Some(input) = input.dyn_ref::<HtmlInputElement>() else { return };
    input.set_value(code);
    if let Some(form) = input.form().filter(|_| send) {
        let _ = form.request_submit();
    }
}

/// `1:05`.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The code in a text, when there is just one.
fn only_code(text: &str, digits: usize) -> Option<String> {
    let joined: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    if !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(joined);
    }
    let mut codes = text.split(|sign: char| !sign.is_ascii_digit()).filter(|word| word.len() == digits);
    let code = codes.next()?;
    codes.all(|other| other == code).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_message_holds_one_code() {
        let code = |text| only_code(text, 4);
        assert_eq!(code(" 12 34\n").as_deref(), Some("1234"));
        assert_eq!(
            code("Codul tău Vatra: 1234. Valabil 10 minute.\n@vatra.ro #1234").as_deref(),
            Some("1234")
        );
        assert_eq!(code("1234 sau 4321"), None);
        assert_eq!(code("pâine"), None);
    }

    #[test]
    fn seconds_are_shown_as_a_clock() {
        assert_eq!([clock(5), clock(60), clock(125)], ["0:05", "1:00", "2:05"]);
    }
}
