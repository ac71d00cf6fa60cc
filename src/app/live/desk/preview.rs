//! The card beside a product's form shows what is typed. Its sentences come with the page.

use crate::{
    app::{
        i18n::price,
        live::element::{first, show, target, within},
    },
    model::{
        locale::Locale,
        measure::{NetContent, Unit},
        money::Money,
    },
};
use js_sys::Reflect;
use leptos::prelude::document;
use web_sys::{Element, Event};

/// Something was typed or chosen.
pub fn typed(event: Event) {
    let form = target(&event).and_then(|field| field.closest("#product-form").ok().flatten());
    if let (Some(_), Some(card)) = (form, first(&document(), "[data-preview]")) {
        update(&card);
    }
}

fn update(card: &Element) {
    let locale =
        document().document_element().and_then(|html| Locale::from_tag(&html.get_attribute("lang")?));
    let l = locale.unwrap_or_default();
    let english = value("name_en");
    let name = if l == Locale::En && !english.is_empty() { english } else { value("name") };
    let name = if name.is_empty() { said(card, "data-name") } else { name };
    write(card, "h3", &name);
    // What is no price yet leaves the last one.
    let Ok(cost) = Money::parse(&value("price")) else { return stock(card) };
    write(card, ".card-price strong", &price(l, cost));
    measure(card, l, cost);
    stock(card);
}

/// How much it is, and what a unit of it costs.
fn measure(card: &Element, l: Locale, cost: Money) {
    let amount = NetContent::read_amount(&value("net_amount")).ok();
    let unit = Unit::from_name(&value("net_unit"));
    let net = amount.zip(unit).and_then(|(amount, unit)| NetContent::new(amount, unit).ok());
    let words = net.map(|net| crate::app::shop::facts::measure(l, cost, net));
    put(card, ".card-facts", "unit-price", words.as_deref(), true);
}

/// Sold out, or nearly.
fn stock(card: &Element) {
    let Ok(pieces) = value("stock_quantity").parse::<u32>() else { return };
    let few = said(card, "data-few").parse().unwrap_or(0);
    let words = match pieces {
        0 => Some(said(card, "data-sold-out")),
        1 => Some(said(card, "data-last-one")),
        left if left <= few => Some(said(card, "data-left").replace("{left}", &left.to_string())),
        _ => None,
    };
    put(card, ".card-price", "stock", words.as_deref(), false);
    within(card, ".stock").for_each(|note| {
        let _ = note.class_list().toggle_with_force("stock-none", pieces == 0);
    });
    within(card, "form").for_each(|form| show(&form, pieces > 0));
}

/// A `<span>` of this class in a place of the card: its words, or none.
fn put(card: &Element, place: &str, class: &str, words: Option<&str>, first: bool) {
    let found = within(card, &format!(".{class}")).next();
    match (found, words) {
        (Some(note), words) => {
            note.set_text_content(words);
            show(&note, words.is_some());
        }
        (None, Some(words)) => {
            let Some(place) = within(card, place).next() else { return };
            let Ok(note) = document().create_element("span") else { return };
            note.set_class_name(class);
            note.set_text_content(Some(words));
            let _ = if first { place.prepend_with_node_1(&note) } else { place.append_with_node_1(&note) };
        }
        (None, None) => {}
    }
}

fn write(card: &Element, place: &str, words: &str) {
    within(card, place).for_each(|element| element.set_text_content(Some(words)));
}

fn said(card: &Element, attribute: &str) -> String {
    card.get_attribute(attribute).unwrap_or_default()
}

/// What stands in a field of the form.
fn value(id: &str) -> String {
    let field = document().get_element_by_id(id);
    let value = field.and_then(|field| Reflect::get(&field, &"value".into()).ok()?.as_string());
    value.unwrap_or_default().trim().to_owned()
}
