//! What an import of a table would do: what is wrong by line and column, what is new, what changes.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        i18n::href,
        ui::alert::{Alert, Tone},
    },
    model::{
        locale::Locale,
        product::sheet::{Added, Changed, Check, Wrong},
        text,
    },
};
use leptos::prelude::*;

const IMPORT: &str = "/fn/admin/products/sheet/import";

/// The most lines of a kind that are written out.
const SEEN: usize = 500;

/// The whole check, and the button that does what it says.
#[component]
pub fn Outcome(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// What was found.
    check: Check,
) -> impl IntoView {
    let filled = Filled::of(IMPORT);
    let refused = match filled.stale() {
        true => Some(text::sheet::moved(l).to_owned()),
        false => filled.message(l),
    };
    let ready = check.is_ready();
    let Check { id, outcome, added, changed, same, wrong } = check;
    let nothing = wrong.is_empty() && !ready;
    let import = ready.then(|| {
        view! {
            <form id="sheet-import" method="post" action=action(IMPORT) data-live="desk" data-testid="sheet-import">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="sheet" value=id />
                <input type="hidden" name="outcome" value=outcome />
                <button id="import" class="button button-big">
                    {text::sheet::import(l)}
                </button>
                <p class="hint">{text::sheet::import_hint(l)}</p>
            </form>
        }
    });
    view! {
        {refused.map(|refused| view! { <Alert tone=Tone::Bad>{refused}</Alert> })}
        <section class="sheet-check" aria-labelledby="outcome" data-testid="sheet-check">
            <h2 id="outcome">{text::sheet::result(l)}</h2>
            {(!wrong.is_empty()).then(|| view! { <WrongLines l wrong /> })}
            {(!added.is_empty()).then(|| view! { <AddedLines l added /> })}
            {(!changed.is_empty()).then(|| view! { <ChangedLines l changed /> })}
            {nothing.then(|| view! { <Alert tone=Tone::Note>{text::sheet::nothing(l)}</Alert> })}
            {(same > 0).then(|| view! { <p class="hint">{text::sheet::same(l, same)}</p> })}
            {import}
        </section>
    }
    .into_any()
}

#[component]
fn WrongLines(l: Locale, wrong: Vec<Wrong>) -> impl IntoView {
    let count = wrong.len() as u64;
    let sentence = match text::plural(l, count, "one", "few", "other") {
        "one" => text::sheet::wrong_one(l).to_owned(),
        "few" => text::sheet::wrong_few(l, count),
        _ => text::sheet::wrong_other(l, count),
    };
    let rows = wrong
        .into_iter()
        .take(SEEN)
        .map(|Wrong { line, column, problem }| {
            view! {
                <tr>
                    <th scope="row">{line}</th>
                    <td>{column.map(|column| column.heading(l))}</td>
                    <td>{problem.message(l)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>{text::sheet::wrong_title(l)}</h3>
        <Alert tone=Tone::Bad>{sentence}</Alert>
        <div class="sheet-scroll" tabindex="0" role="region" aria-label=text::sheet::caption_wrong(l)>
            <table class="sheet-table" data-testid="sheet-wrong">
                <caption class="quiet">{text::sheet::caption_wrong(l)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::sheet::line(l)}</th>
                        <th scope="col">{text::sheet::column(l)}</th>
                        <th scope="col">{text::sheet::problem(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn AddedLines(l: Locale, added: Vec<Added>) -> impl IntoView {
    let title = format!("{}: {}", text::sheet::added_title(l), added.len());
    let lines = added
        .into_iter()
        .take(SEEN)
        .map(|Added { line, name }| view! { <li>{format!("{} {line}: {name}", text::sheet::line(l))}</li> })
        .collect_view();
    view! {
        <h3>{title}</h3>
        <ul class="sheet-added" data-testid="sheet-added">
            {lines}
        </ul>
    }
    .into_any()
}

#[component]
fn ChangedLines(l: Locale, changed: Vec<Changed>) -> impl IntoView {
    let title = format!("{}: {}", text::sheet::changed_title(l), changed.len());
    let cell = move |cell: String| {
        if cell.is_empty() { format!("({})", text::sheet::empty_cell(l)) } else { cell }
    };
    let rows = changed
        .into_iter()
        .take(SEEN)
        .flat_map(|Changed { line, product_id, name, cells }| {
            let edit = href(l, &format!("/admin/products/{product_id}"));
            cells.into_iter().map(move |(column, before, after)| {
                view! {
                    <tr>
                        <th scope="row">{line}</th>
                        <td>
                            <a href=edit.clone()>{name.clone()}</a>
                        </td>
                        <td>{column.heading(l)}</td>
                        <td>{cell(before)}</td>
                        <td>{cell(after)}</td>
                    </tr>
                }
            })
        })
        .collect_view();
    view! {
        <h3>{title}</h3>
        <div class="sheet-scroll" tabindex="0" role="region" aria-label=text::sheet::caption_changed(l)>
            <table class="sheet-table" data-testid="sheet-changed">
                <caption class="quiet">{text::sheet::caption_changed(l)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::sheet::line(l)}</th>
                        <th scope="col">{text::sheet::product(l)}</th>
                        <th scope="col">{text::sheet::column(l)}</th>
                        <th scope="col">{text::sheet::before(l)}</th>
                        <th scope="col">{text::sheet::after(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
