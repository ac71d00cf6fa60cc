//! A list whose items are dragged by their grips (`data-grip`) with mouse, pen or finger. The list
//! says in `data-sort` which form takes the new order: the items' keys (`data-key`) with commas
//! between. Buttons in the items do the same without this.

use super::form::send;
use crate::app::live::{
    element::{target, within},
    form::Filled,
};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use std::cell::RefCell;
use web_sys::{Element, Event, HtmlFormElement, PointerEvent};

struct Dragged {
    list: Element,
    item: Element,
    /// How the items stood before.
    before: Vec<Element>,
}

thread_local! {
    static DRAGGED: RefCell<Option<Dragged>> = const { RefCell::new(None) };
}

/// A grip is taken.
pub fn pressed(event: PointerEvent) {
    let grip = target(&event).and_then(|part| part.closest("[data-grip]").ok().flatten());
    let Some(grip) = grip.filter(|_| event.button() == 0 && event.is_primary()) else { return };
    let item = grip.closest("[data-sort] > [data-key]").ok().flatten();
    let Some((item, list)) = item.and_then(|item| Some((item.clone(), item.parent_element()?))) else {
        return;
    };
    // No text is marked, and no picture is dragged off the page.
    Event::prevent_default(&event);
    let _ = item.class_list().add_1("dragged");
    let before = items(&list);
    DRAGGED.replace(Some(Dragged { list, item, before }));
}

/// The item goes where the pointer is.
pub fn moved(event: PointerEvent) {
    DRAGGED.with_borrow(|dragged| {
        let Some(Dragged { list, item, .. }) = dragged else { return };
        let under = (event.client_x() as f32, event.client_y() as f32);
        let over = document().element_from_point(under.0, under.1);
        let over = over.and_then(|part| part.closest("[data-key]").ok().flatten());
        let Some(over) = over.filter(|over| over != item && over.parent_element().as_ref() == Some(list))
        else {
            return;
        };
        let places = items(list);
        let place = |wanted: &Element| places.iter().position(|item| item == wanted);
        let _ = if place(&over) > place(item) {
            over.after_with_node_1(item)
        } else {
            over.before_with_node_1(item)
        };
    });
}

/// It stays there.
pub fn dropped(_: PointerEvent) {
    let Some(Dragged { list, item, before }) = DRAGGED.take() else { return };
    let _ = item.class_list().remove_1("dragged");
    let now = items(&list);
    if now == before {
        return;
    }
    let form = list.get_attribute("data-sort").and_then(|id| document().get_element_by_id(&id));
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(filled) = form.and_then(|form| Filled::read(form, None)) else { return };
    let keys: Vec<String> = now.iter().filter_map(|item| item.get_attribute("data-key")).collect();
    filled.fields.append("order", &keys.join(","));
    send(filled, None);
}

/// The browser took the pointer away: all as it was.
pub fn given_up(_: PointerEvent) {
    let Some(Dragged { list, item, before }) = DRAGGED.take() else { return };
    let _ = item.class_list().remove_1("dragged");
    for item in before {
        let _ = list.append_with_node_1(&item);
    }
}

fn items(list: &Element) -> Vec<Element> {
    within(list, ":scope > [data-key]").collect()
}
