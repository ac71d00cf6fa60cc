//! The cart: shown changed before the shop has answered, and as it really is when the answer comes.

use super::{
    answer::{Offline, get, post},
    element::{all, first, focus, page_locale, show, text, within},
    form::Filled,
    queue::turn,
};
use crate::{app::i18n::price, model::money::Money};
use leptos::prelude::{document, window};
use std::cell::RefCell;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element};

/// The places that show the whole cart: its page and the drawer, while it is open.
const CART: &str = "[data-part='cart']:not(dialog:not([open]) *)";
/// What shows the number of pieces.
const COUNTS: &str = "[data-cart-count]";
/// Where changes are said aloud.
const NEWS: &str = "[data-cart-news]";
/// Where `wake.js` keeps the number for pages that were made before it changed.
const MEMORY: &str = "vatra:count";

thread_local! {
    /// The products whose changes were asked for: of several of one, only the last matters.
    static ASKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Puts a product in.
pub fn add(filled: Filled) {
    let pieces = filled.number("quantity").unwrap_or(1);
    let button = filled.find("button[data-added]");
    let put = |element: &Option<Element>, words: &str| {
        if let Some(element) = element {
            element.set_text_content(Some(words));
        }
    };
    let (error, rest) = (filled.find(".error"), filled.find(".rest"));
    let before = button.as_ref().map(text).unwrap_or_default();
    let added = button.as_ref().and_then(|button| button.get_attribute("data-added")).unwrap_or_default();
    expect_pieces(pieces);
    put(&button, &added);
    mark_done(button.as_ref(), true);
    put(&error, "");
    if let Some(rest) = &rest {
        show(rest, false);
    }
    let path = filled.action.split('?').next().unwrap_or_default().to_owned();
    let place = ask(filled.product());
    spawn_local(async move {
        let _turn = turn().await;
        let page = match post(&on_cart(&path), &filled.fields).await {
            Ok(answer) if answer.taken => return adopt(&answer.page, place, News::Said),
            Ok(answer) => Some(answer.page),
            Err(Offline) => None,
        };
        expect_pieces(-pieces);
        mark_done(button.as_ref(), false);
        put(&button, if before == added { &added } else { &before });
        let refusal = page.as_ref().and_then(|page| first(page, "[data-refused]"));
        put(&error, &refusal.as_ref().map_or_else(offline, text));
        let fill = refusal.and_then(|refusal| refusal.get_attribute("data-fill"));
        if let (Some(rest), Some(label)) = (&rest, fill) {
            rest.set_text_content(Some(&label));
            show(rest, true);
        }
    });
}

fn mark_done(button: Option<&Element>, done: bool) {
    if let Some(button) = button {
        let _ = button.class_list().toggle_with_force("done", done);
    }
}

/// Changes a line, takes it out, or puts it back.
pub fn change(filled: Filled) {
    let before: Vec<(Element, String)> = all(CART).map(|part| (part.clone(), part.inner_html())).collect();
    let line = filled.form.closest(".line").ok().flatten();
    let sets = filled.form.get_attribute("data-change");
    match (sets.as_deref(), line) {
        (Some("set"), Some(line)) => {
            let output = within(&line, "output").next();
            if let (Some(output), Some(pieces)) = (output, filled.fields.get("quantity")) {
                output.set_text_content(Some(&pieces));
            }
        }
        (Some("remove"), Some(line)) => show(&line, false),
        _ => {}
    }
    all(CART).for_each(|part| expect_total(&part));
    let product = filled.product();
    let place = ask(product.clone());
    spawn_local(async move {
        let _turn = turn().await;
        let outdated = ASKED.with_borrow(|asked| asked.iter().skip(place).any(|later| *later == product));
        if sets.as_deref() == Some("set") && outdated {
            return;
        }
        match post(&filled.action, &filled.fields).await {
            // A refused change comes back with the cart as it is, and the reason.
            Ok(answer) => adopt(&answer.page, place, News::Said),
            Err(Offline) => {
                for (part, html) in before {
                    part.set_inner_html(&html);
                    within(&part, ".error").for_each(|error| error.set_text_content(Some(&offline())));
                }
                count_lines();
            }
        }
    });
}

/// Shows the cart as it is now.
pub fn load() {
    let place = ASKED.with_borrow(Vec::len);
    spawn_local(async move {
        match get(&cart_page()).await {
            // Who opens the drawer hears what is in it; nothing has changed.
            Ok(answer) => adopt(&answer.page, place, News::None),
            Err(Offline) => all(CART).for_each(|part| part.set_text_content(Some(&offline()))),
        }
    });
}

/// Notes that something was asked for, and says how much was until now.
fn ask(product: String) -> usize {
    ASKED.with_borrow_mut(|asked| {
        asked.push(product);
        asked.len()
    })
}

/// Is a change said aloud?
#[derive(PartialEq)]
enum News {
    Said,
    None,
}

/// Shows what a page says of the cart, unless more was asked for meanwhile: its answer comes, too.
fn adopt(page: &Document, place: usize, news: News) {
    if ASKED.with_borrow(Vec::len) != place {
        return;
    }
    adopt_count(page);
    let Some(new) = first(page, CART) else { return };
    if let Some(text) = new.get_attribute("data-news").filter(|_| news == News::Said) {
        all(NEWS).for_each(|part| part.set_text_content(Some(&text)));
    }
    // The line that was taken out held the focus: it goes to the way back.
    let lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
    for part in all(CART) {
        let focused = document().active_element().filter(|focused| part.contains(Some(focused)));
        part.set_inner_html(&new.inner_html());
        if let Some(focused) = focused {
            keep_focus(&part, &focused);
        } else if lost {
            within(&part, ".undo button").take(1).for_each(focus);
        }
    }
}

/// The number of pieces that a page shows.
pub fn adopt_count(page: &Document) {
    let Some(count) = first(page, COUNTS) else { return };
    show_count(text(&count).parse().unwrap_or(0));
    let label = |page: &Document| first(page, ".cart-button");
    if let (Some(button), Some(new)) = (label(&document()), label(page)) {
        let _ = button.set_attribute("aria-label", &new.get_attribute("aria-label").unwrap_or_default());
    }
}

/// The focus goes to what does the same in the new part, else to the way back.
fn keep_focus(part: &Element, focused: &Element) {
    let name = focused.get_attribute("aria-label");
    let same = within(part, "button").find(|button| {
        !button.has_attribute("disabled") && name.is_some() && button.get_attribute("aria-label") == name
    });
    same.or_else(|| within(part, ".undo button, .line button, a").next()).into_iter().for_each(focus);
}

fn expect_total(part: &Element) {
    let l = page_locale();
    let mut total = Some(Money::ZERO);
    for line in within(part, ".line:not([hidden])") {
        let unit = line.get_attribute("data-unit").and_then(|bani| Money::from_bani(bani.parse().ok()?).ok());
        let sum = unit.and_then(|unit| unit.times(pieces_of(&line)));
        if let (Some(shown), Some(sum)) = (within(&line, ".line-sum").next(), sum) {
            shown.set_text_content(Some(&price(l, sum)));
        }
        if !line.class_list().contains("line-off") {
            total = total.zip(sum).and_then(|(total, sum)| total.plus(sum));
        }
    }
    if let Some(total) = total {
        within(part, ".cart-total").for_each(|shown| shown.set_text_content(Some(&price(l, total))));
    }
    count_lines();
}

fn count_lines() {
    if let Some(part) = all(CART).find(|part| within(part, ".line").next().is_some()) {
        show_count(within(&part, ".line:not([hidden])").map(|line| i64::from(pieces_of(&line))).sum());
    }
}

fn pieces_of(line: &Element) -> u32 {
    within(line, "output").next().and_then(|output| text(&output).parse().ok()).unwrap_or(0)
}

fn expect_pieces(more: i64) {
    let shown = all(COUNTS).next().and_then(|count| text(&count).parse::<i64>().ok());
    show_count(shown.unwrap_or(0).saturating_add(more));
}

fn show_count(number: i64) {
    for count in all(COUNTS) {
        count.set_text_content(Some(&number.to_string()));
        let _ = count.class_list().toggle_with_force("none", number <= 0);
    }
    if let Ok(Some(memory)) = window().session_storage() {
        let _ = memory.set_item(MEMORY, &number.to_string());
    }
}

/// The page of the cart in the language of this page.
fn cart_page() -> String {
    let link = all(".cart-button").next().and_then(|button| button.get_attribute("href"));
    link.unwrap_or_else(|| "/cart".to_owned())
}

/// The answer to a change is the page of the cart, whatever page this is.
fn on_cart(path: &str) -> String {
    format!("{path}?page={}", cart_page())
}

/// The sentence for no network; the pages carry it.
fn offline() -> String {
    let sentence = all("[data-offline]").next().and_then(|element| element.get_attribute("data-offline"));
    sentence.unwrap_or_default()
}
