//! The board by keyboard: the arrows go from order to order, Alt and the right one moves an order to
//! its next step, the space bar ticks it.

use super::form;
use crate::app::live::{
    element::{all, focus, target, within},
    form::Filled,
};
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, KeyboardEvent};

/// A key anywhere in the page.
pub fn pressed(event: KeyboardEvent) {
    let Some(focused) = target(&event) else { return };
    let Some(ticket) = focused.closest(".ticket").ok().flatten() else { return };
    let other = event.ctrl_key() || event.meta_key() || event.shift_key();
    let done = match (event.key().as_str(), event.alt_key()) {
        _ if other => false,
        ("ArrowRight", true) => move_on(&ticket),
        ("ArrowDown", false) => go(ticket.next_element_sibling()),
        ("ArrowUp", false) => go(ticket.previous_element_sibling()),
        ("ArrowRight", false) => go(beside(&ticket, 1)),
        ("ArrowLeft", false) => go(beside(&ticket, -1)),
        (" ", false) if focused == ticket => tick(&ticket),
        _ => false,
    };
    if done {
        Event::prevent_default(&event);
    }
}

fn go(ticket: Option<Element>) -> bool {
    let there = ticket.is_some();
    if let Some(ticket) = ticket {
        ticket.scroll_into_view_with_bool(false);
        focus(ticket);
    }
    // An arrow at the edge does not scroll the page away either.
    there
}

/// The ticket at the same height in the next lane that has any.
fn beside(ticket: &Element, way: isize) -> Option<Element> {
    let lanes: Vec<Element> = all("[data-lane]").collect();
    let lane = ticket.closest("[data-lane]").ok().flatten()?;
    let mut place = lanes.iter().position(|other| *other == lane)?;
    let row = within(&lane, ".ticket").position(|other| other == *ticket)?;
    loop {
        place = place.checked_add_signed(way)?;
        let tickets: Vec<Element> = within(lanes.get(place)?, ".ticket").collect();
        if let Some(last) = tickets.len().checked_sub(1) {
            return tickets.into_iter().nth(row.min(last));
        }
    }
}

/// Presses the button of a ticket.
pub fn move_on(ticket: &Element) -> bool {
    let form =
        within(ticket, "form.ticket-step").next().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return false };
    let button = within(form.unchecked_ref(), "button")
        .next()
        .and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(filled) = Filled::read(form, button.clone()) {
        form::send(filled, button);
    }
    true
}

fn tick(ticket: &Element) -> bool {
    let tick =
        within(ticket, "input[type=checkbox]").next().and_then(|tick| tick.dyn_into::<HtmlElement>().ok());
    tick.inspect(|tick| tick.click()).is_some()
}
