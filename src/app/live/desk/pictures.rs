//! Pictures that are chosen, dropped or pasted: each file is sent on its own and says how far it has
//! come, and what was wrong with it. The sentences come with the page, those of a refusal with the
//! page that refuses.

use super::arrive;
use crate::app::live::element::{all, first, show, target, text, within};
use js_sys::Promise;
use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, prelude::Closure},
};
use std::{cell::RefCell, collections::VecDeque};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ClipboardEvent, Document, DomParser, DragEvent, Element, Event, File, FileList, FormData,
    HtmlInputElement, ProgressEvent, SupportedType, XmlHttpRequest,
};

/// The form that takes files.
const FORM: &str = "form[data-upload]";

thread_local! {
    /// Files that wait for the one before: the shop reads one picture at a time.
    static WAITING: RefCell<VecDeque<(File, Element)>> = const { RefCell::new(VecDeque::new()) };
    static SENDING: RefCell<bool> = const { RefCell::new(false) };
}

/// Files were chosen.
pub fn chosen(event: Event) {
    let input = target(&event).filter(|input| input.closest(FORM).ok().flatten().is_some());
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
    take(input.files());
    if input.type_() == "file" {
        input.set_value("");
    }
}

/// Something is dragged over the section: it may be dropped.
pub fn hovered(event: DragEvent) {
    if over_section(&event) {
        Event::prevent_default(&event);
    }
}

/// Something is dropped on the section.
pub fn dropped(event: DragEvent) {
    if over_section(&event) {
        Event::prevent_default(&event);
        take(event.data_transfer().and_then(|data| data.files()));
    }
}

/// Something is pasted anywhere in the page.
pub fn pasted(event: ClipboardEvent) {
    let files = event.clipboard_data().and_then(|data| data.files());
    if let Some(files) = files.filter(|files| files.length() > 0 && first(&document(), FORM).is_some()) {
        Event::prevent_default(&event);
        take(Some(files));
    }
}

fn over_section(event: &DragEvent) -> bool {
    let section = target(event).and_then(|part| part.closest("#pictures").ok().flatten());
    section.is_some_and(|section| within(&section, FORM).next().is_some())
}

fn take(files: Option<FileList>) {
    let Some(files) = files else { return };
    for file in (0..files.length()).filter_map(|place| files.item(place)) {
        let Some(row) = row(&file.name()) else { return };
        WAITING.with_borrow_mut(|waiting| waiting.push_back((file, row)));
    }
    if !SENDING.replace(true) {
        spawn_local(send_all());
    }
}

async fn send_all() {
    while let Some((file, row)) = WAITING.with_borrow_mut(VecDeque::pop_front) {
        match send(&file, &row).await {
            Some(page) => answered(&page, &row),
            None => say(&row, &said("data-lost"), true),
        }
    }
    SENDING.replace(false);
}

/// A line for a file, with how far it has come.
fn row(name: &str) -> Option<Element> {
    let uploads = all("[data-uploads]").next()?;
    let make = |tag: &str| document().create_element(tag).ok();
    let (row, label, progress, note) = (make("li")?, make("span")?, make("progress")?, make("span")?);
    label.set_text_content(Some(name));
    let _ = progress.set_attribute("max", "100");
    let _ = progress.set_attribute("value", "0");
    let _ = progress.set_attribute("aria-label", name);
    note.set_class_name("upload-note");
    note.set_text_content(Some(&said("data-sending")));
    for part in [&label, &progress, &note] {
        let _ = row.append_child(part);
    }
    uploads.append_child(&row).ok()?;
    Some(row)
}

/// The page that the form leads to; none without a network.
async fn send(file: &File, row: &Element) -> Option<Document> {
    let address = first(&document(), FORM)?.get_attribute("action")?;
    let token = all("#pictures input[name=csrf]").next()?.get_attribute("value")?;
    let body = FormData::new().ok()?;
    // The token comes first: it is checked before the file is read.
    body.append_with_str("csrf", &token).ok()?;
    body.append_with_blob_and_filename("image", file, &file.name()).ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async("POST", &address, true).ok()?;
    request.set_request_header("Accept", "text/html").ok()?;
    let progress = within(row, "progress").next();
    let moved = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if let Some(progress) = progress.as_ref().filter(|_| event.length_computable()) {
            let percent = (event.loaded() as u64).saturating_mul(100) / (event.total() as u64).max(1);
            let _ = progress.set_attribute("value", &percent.to_string());
        }
    });
    request.upload().ok()?.set_onprogress(Some(moved.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(&body)).ok()?;
    JsFuture::from(ended).await.ok()?;
    drop(moved);
    let html = request.response_text().ok().flatten().filter(|html| !html.is_empty())?;
    DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()
}

fn answered(page: &Document, row: &Element) {
    let refused = first(page, "[data-picture-error], main .alert p");
    match &refused {
        Some(sentence) => say(row, &text(sentence), true),
        None => say(row, &said("data-done"), false),
    }
    let (Some(new), Some(old)) =
        (first(page, "[data-part=pictures]"), first(&document(), "[data-part=pictures]"))
    else {
        return;
    };
    old.set_inner_html(&new.inner_html());
    // What was wrong stands beside its file.
    within(&old, ".alert").for_each(|alert| alert.remove());
    // Five are all that fit.
    if let Some(form) = first(&document(), FORM) {
        show(&form, first(page, FORM).is_some());
    }
    arrive();
}

fn say(row: &Element, words: &str, is_bad: bool) {
    if let Some(note) = within(row, ".upload-note").next() {
        note.set_text_content(Some(words));
        let _ = note.class_list().toggle_with_force("error", is_bad);
    }
    within(row, "progress").for_each(|progress| progress.remove());
}

fn said(attribute: &str) -> String {
    let uploads = all("[data-uploads]").next();
    uploads.and_then(|uploads| uploads.get_attribute(attribute)).unwrap_or_default()
}
