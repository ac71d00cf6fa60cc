//! The form for the code from the SMS: it counts down, and takes the code from the message where
//! the phone allows it.

use super::api::Next;
use crate::{
    app::{
        post::{CallError, Form, go},
        sms_code::code_from_sms,
    },
    model::{locale::Locale, order::Verification, text},
};
use leptos::{ev, html::Input, prelude::*, task::spawn_local};
use web_sys::HtmlInputElement;

/// `1:05`.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The code in a pasted text, when there is just one: people copy the whole message.
fn only_code(text: &str, digits: u32) -> Option<String> {
    let joined: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let whole = !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit());
    if whole {
        return Some(joined);
    }
    let is_code =
        |word: &&str| word.len() == digits as usize && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut codes: Vec<&str> = text.split(|sign: char| !sign.is_ascii_digit()).filter(is_code).collect();
    codes.dedup();
    match codes.as_slice() {
        [code] => Some((*code).to_owned()),
        _ => None,
    }
}

/// Fills the code in and sends the form, as the visitor would.
fn enter_code(input: &HtmlInputElement, code: &str) {
    input.set_value(code);
    if let Some(form) = input.form() {
        let _ = form.request_submit();
    }
}

/// Enter the code, or ask for another.
#[island(lazy)]
#[allow(clippy::too_many_arguments)] // the properties of a component
pub fn CodeForm(
    /// The language of the page.
    l: Locale,
    /// Which order.
    order_id: String,
    /// How many digits the code has.
    digits: u32,
    /// Seconds until another code can be asked for.
    wait: u32,
    /// What went wrong.
    bad: Option<String>,
    /// What went well.
    good: Option<String>,
    /// Where the code is sent.
    confirm: String,
    /// Where another is asked for.
    resend: String,
) -> impl IntoView {
    let bad = RwSignal::new(bad);
    let good = RwSignal::new(good);
    let busy = RwSignal::new(false);
    // Until the island is awake, the button can be pressed; the server keeps the wait all the same.
    let left = RwSignal::new(0_u32);
    let count_down = move |seconds: u32| {
        left.set(seconds);
        if seconds > 0 {
            let tick = set_interval_with_handle(
                move || left.update(|left| *left = left.saturating_sub(1)),
                std::time::Duration::from_secs(1),
            );
            if let Ok(tick) = tick {
                set_timeout(move || tick.clear(), std::time::Duration::from_secs(u64::from(seconds) + 1));
            }
        }
    };
    let input = NodeRef::<Input>::new();
    Effect::new(move |_| {
        count_down(wait);
        spawn_local(async move {
            if let Some(code) = code_from_sms().await
                && let Some(input) = input.get_untracked()
            {
                enter_code(&input, &code);
            }
        });
    });
    let paste = move |event: ev::ClipboardEvent| {
        let pasted = event.clipboard_data().and_then(|data| data.get_data("text").ok()).unwrap_or_default();
        if let (Some(code), Some(input)) = (only_code(&pasted, digits), input.get_untracked()) {
            event.prevent_default();
            input.set_value(&code);
        }
    };
    let enter = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Some(form) = Form::of(&event) else { return };
        busy.set(true);
        good.set(None);
        spawn_local(async move {
            match form.send::<Next>().await {
                Ok(next) => return go(&next.next),
                Err(CallError::Refused(told)) => bad.set(Some(told.about("code").to_owned())),
                Err(offline) => bad.set(Some(offline.message(l))),
            }
            busy.set(false);
        });
    };
    let again = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = Form::of(&event) else { return };
        spawn_local(async move {
            match form.send::<Verification>().await {
                Ok(sent) => {
                    bad.set(None);
                    good.set(Some(text::verify::resent(l).to_owned()));
                    count_down(sent.resend_after);
                }
                Err(refused) => {
                    if let CallError::Refused(told) = &refused
                        && let Some(wait) = told.retry_after
                    {
                        count_down(wait);
                    }
                    bad.set(Some(refused.message(l)));
                }
            }
        });
    };
    view! {
        <form class="code-form" method="post" action=confirm on:submit=enter>
            <input type="hidden" name="order_id" value=order_id.clone() />
            <div class="field">
                <label for="code">{text::verify::code(l)}</label>
                <p class="hint" id="code-hint">
                    {text::verify::valid(l)}
                </p>
                <input
                    id="code"
                    node_ref=input
                    on:paste=paste
                    class="code-input"
                    name="code"
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    pattern=format!("[0-9 ]{{{digits},12}}")
                    maxlength="12"
                    required
                    autofocus
                    aria-describedby="code-hint code-error"
                    aria-invalid=move || bad.get().is_some().then_some("true")
                />
                <p class="error" id="code-error" role="alert" data-testid="code-error">
                    {bad}
                </p>
            </div>
            <button class="button button-big button-wide" aria-disabled=move || busy.get().then_some("true") data-testid="confirm-code">
                {move || if busy.get() { text::verify::confirming(l) } else { text::verify::confirm(l) }}
            </button>
        </form>
        <form class="resend" method="post" action=resend on:submit=again>
            <input type="hidden" name="order_id" value=order_id />
            <button class="button button-quiet button-wide" disabled=move || left.get() != 0 data-testid="resend">
                {move || {
                    match left.get() {
                        0 => text::verify::resend(l).to_owned(),
                        seconds => text::verify::resend_in(l, clock(seconds)),
                    }
                }}
            </button>
            <p class="good" role="status">
                {good}
            </p>
        </form>
    }
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
