//! Putting a page in the place of this one. On the board only what differs is touched: focus, ticked
//! boxes, open parts and the place to which one has scrolled stay as they are.

use super::{board, switches};
use crate::app::live::element::{first, within};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use web_sys::{Document, Element, FocusOptions, HtmlElement};

/// The whole page, with its notices.
pub fn show(page: &Document) {
    let (Some(new), Some(main)) = (first(page, "main"), first(&document(), "main")) else { return };
    let held = Held::now();
    let board = |document: &Document| document.get_element_by_id("board");
    if let (Some(fresh), Some(_)) = (board(page), board(&document())) {
        replace(page, "board-said");
        lanes(&fresh);
    } else {
        main.set_inner_html(&new.inner_html());
    }
    after(page, &held);
}

/// The board as it is now, without notices.
pub fn refresh(page: &Document) {
    let Some(fresh) = page.get_element_by_id("board") else { return };
    let held = Held::now();
    lanes(&fresh);
    after(page, &held);
}

fn after(page: &Document, held: &Held) {
    let title = page.title();
    if !title.is_empty() {
        document().set_title(&title);
    }
    board::awaken();
    switches::start();
    held.give_back();
}

fn replace(page: &Document, id: &str) {
    if let (Some(new), Some(old)) = (page.get_element_by_id(id), document().get_element_by_id(id)) {
        copy(&new, &old);
    }
}

fn copy(new: &Element, old: &Element) {
    let html = new.inner_html();
    if old.inner_html() != html {
        old.set_inner_html(&html);
    }
}

/// The parts of a board, and the tickets in its lanes.
fn lanes(fresh: &Element) {
    let old = |new: &Element| document().get_element_by_id(&new.id());
    for new in within(fresh, "[data-part]") {
        if let Some(old) = old(&new) {
            copy(&new, &old);
        }
    }
    for new in within(fresh, "details") {
        if let Some(old) = old(&new) {
            let _ = old.toggle_attribute_with_force("hidden", new.has_attribute("hidden"));
        }
    }
    for new in within(fresh, ".tickets") {
        if let Some(old) = old(&new) {
            tickets(&old, &new);
        }
    }
}

/// Puts the tickets of a new lane into an old one. What has not changed is not touched.
fn tickets(old: &Element, new: &Element) {
    let mut place = old.first_element_child();
    for ticket in within(new, ".ticket") {
        let kept =
            document().get_element_by_id(&ticket.id()).filter(|kept| kept.matches(".ticket") == Ok(true));
        let same = kept.clone().filter(|kept| alike(kept, &ticket));
        let node = same.unwrap_or_else(|| {
            if let Some(kept) = kept {
                tick_as(&kept, &ticket);
                if place.as_ref() == Some(&kept) {
                    place = kept.next_element_sibling();
                }
                kept.remove();
            }
            ticket
        });
        if place.as_ref() == Some(&node) {
            place = node.next_element_sibling();
        } else {
            let _ = old.insert_before(&node, place.as_deref());
        }
    }
    while let Some(gone) = place {
        place = gone.next_element_sibling();
        gone.remove();
    }
}

/// Do they show the same? Only their age differs with time; the older one is given the new one's.
fn alike(kept: &Element, fresh: &Element) -> bool {
    let age = |ticket: &Element| within(ticket, ".ticket-age").next();
    if let (Some(old), Some(new)) = (age(kept), age(fresh)) {
        copy(&new, &old);
    }
    let bare = |ticket: &Element| {
        let copy = ticket.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
        for mark in ["draggable", "data-arrived", "data-dragged"] {
            let _ = copy.remove_attribute(mark);
        }
        within(&copy, "[aria-disabled], [aria-busy], [data-busy]").for_each(|part| {
            for mark in ["aria-disabled", "aria-busy", "data-busy"] {
                let _ = part.remove_attribute(mark);
            }
        });
        Some(copy.outer_html())
    };
    bare(kept) == bare(fresh)
}

/// A ticket that looks otherwise now keeps its tick while it stays where it was.
fn tick_as(kept: &Element, fresh: &Element) {
    let tick = |ticket: &Element| {
        within(ticket, "input[type=checkbox]").next()?.dyn_into::<web_sys::HtmlInputElement>().ok()
    };
    let stays = kept.get_attribute("data-status") == fresh.get_attribute("data-status");
    if let (true, Some(old), Some(new)) = (stays, tick(kept), tick(fresh)) {
        new.set_checked(old.checked());
    }
}

/// What has the focus, and what gets it when that is gone.
struct Held {
    id: String,
    instead: Vec<String>,
}

impl Held {
    fn now() -> Held {
        let focused = document().active_element();
        let id = focused.as_ref().map(Element::id).unwrap_or_default();
        let ticket = focused.and_then(|focused| focused.closest(".ticket").ok().flatten());
        let beside = ticket.iter().flat_map(|ticket| {
            let lane = ticket.closest("[data-lane]").ok().flatten();
            [ticket.next_element_sibling(), ticket.previous_element_sibling(), lane]
        });
        let beside = beside.flatten().map(|element| element.id());
        let instead = ticket.iter().map(Element::id).chain(beside).filter(|id| !id.is_empty()).collect();
        Held { id, instead }
    }

    /// Where the focus was, or beside it.
    fn give_back(&self) {
        let lost = |element: &Element| element.matches("body") == Ok(true);
        if document().active_element().is_some_and(|element| !lost(&element)) || self.id.is_empty() {
            return;
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        for id in std::iter::once(&self.id).chain(&self.instead) {
            let found =
                document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
            if let Some(found) = found {
                let _ = found.focus_with_options(&options);
                if document().active_element().is_some_and(|element| element.id() == *id) {
                    return;
                }
            }
        }
    }
}
