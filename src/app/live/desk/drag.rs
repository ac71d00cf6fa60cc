//! Dragging an order into another lane with a mouse: one step forward, or back where it came from.
//! What is allowed, the shop decides.

use super::{board, form, keys};
use crate::app::live::{
    element::{all, target, within},
    form::Filled,
    listen,
};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use std::cell::RefCell;
use web_sys::{DragEvent, Element, Event, HtmlFormElement, PointerEvent};

thread_local! {
    /// The id of the ticket in somebody's hand.
    static DRAGGED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Listens to the whole page.
pub fn start() {
    listen("pointerover", over);
    listen("dragstart", begun);
    listen("dragover", dragged);
    listen("drop", dropped);
    listen("dragend", |_: DragEvent| ended());
}

fn around(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok().flatten()
}

/// With a finger one scrolls.
fn over(event: PointerEvent) {
    if event.pointer_type() == "mouse"
        && let Some(ticket) = around(&event, ".lanes .ticket")
    {
        let _ = ticket.set_attribute("draggable", "true");
    }
}

fn begun(event: DragEvent) {
    let Some(ticket) = target(&event).filter(|target| target.matches(".lanes .ticket") == Ok(true)) else {
        return;
    };
    if let Some(data) = event.data_transfer() {
        let _ = data.set_data("text/plain", &ticket.get_attribute("data-number").unwrap_or_default());
        data.set_effect_allowed("move");
    }
    let _ = ticket.set_attribute("data-dragged", "");
    DRAGGED.set(Some(ticket.id()));
    board::hold(true);
}

fn dragged(event: DragEvent) {
    if DRAGGED.with_borrow(Option::is_none) {
        return;
    }
    let lane = around(&event, "[data-lane]");
    mark(lane.as_ref());
    if lane.is_some() {
        // Without this, nothing can be dropped here (HTML, "dragover").
        event.prevent_default();
    }
}

fn dropped(event: DragEvent) {
    let lane = around(&event, "[data-lane]");
    let ticket = DRAGGED.with_borrow(Clone::clone).and_then(|id| document().get_element_by_id(&id));
    let (Some(lane), Some(ticket)) = (lane, ticket) else { return };
    event.prevent_default();
    ended();
    let place = |lane: &Element| all("[data-lane]").position(|other| other == *lane);
    let from = ticket.closest("[data-lane]").ok().flatten().and_then(|lane| place(&lane));
    match (from, place(&lane)) {
        (Some(from), Some(to)) if to == from + 1 => drop(keys::move_on(&ticket)),
        (Some(from), Some(to)) if to + 1 == from => take_back(&ticket),
        (Some(from), Some(to)) if to != from => board::only_next(),
        _ => {}
    }
}

fn ended() {
    if let Some(ticket) = DRAGGED.take().and_then(|id| document().get_element_by_id(&id)) {
        let _ = ticket.remove_attribute("data-dragged");
    }
    mark(None);
    board::hold(false);
}

fn mark(lane: Option<&Element>) {
    for other in all("[data-lane]") {
        let _ = other.toggle_attribute_with_force("data-over", lane == Some(&other));
    }
}

/// Sends the ticket's own form to where steps are taken back.
fn take_back(ticket: &Element) {
    let form =
        within(ticket, "form.ticket-step").next().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let undo = board::board().and_then(|board| board.get_attribute("data-undo"));
    let filled = form.and_then(|form| Filled::read(form, None));
    if let (Some(filled), Some(action)) = (filled, undo) {
        form::send(Filled { action, ..filled }, None);
    }
}
