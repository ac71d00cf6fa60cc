//! Deleting a category: its products go to another one.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        ui::alert::{Alert, Tone},
    },
    model::{category::Category, locale::Locale, text},
};
use leptos::prelude::*;

const DELETE: &str = "/fn/admin/categories/delete";

/// The form, closed until it is wanted.
#[component]
pub fn DeleteCategory(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Which.
    category: Category,
    /// How many products stand on it.
    products: u64,
    /// Where they can go.
    others: Vec<Category>,
) -> impl IntoView {
    let filled = Filled::of(DELETE);
    let sentence = match (products, text::plural(l, products, "one", "few", "other")) {
        (0, _) => text::products_desk::delete_empty(l).to_owned(),
        (_, "one") => text::products_desk::delete_one(l).to_owned(),
        (_, "few") => text::products_desk::delete_few(l, products),
        _ => text::products_desk::delete_other(l, products),
    };
    let stuck = products > 0 && others.is_empty();
    let form = if stuck {
        view! { <p>{text::products_desk::delete_no_other(l)}</p> }.into_any()
    } else {
        let to = (products > 0).then(|| view! { <To l filled=filled.clone() others /> });
        view! {
            <form id="category-delete" method="post" action=action(DELETE) data-live="desk" data-testid="category-delete">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="category_id" value=category.id.to_string() />
                {to}
                <button id="delete" class="button button-danger">
                    {text::products_desk::delete_sure(l)}
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <details class="panel category-delete" open=filled.refused()>
            <summary>{text::products_desk::delete_category(l)}</summary>
            {filled.message(l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            <p>{sentence}</p>
            {form}
        </details>
    }
    .into_any()
}

#[component]
fn To(l: Locale, filled: Filled, others: Vec<Category>) -> impl IntoView {
    let chosen = filled.value("to", "");
    let error = filled.error("category_id", l);
    let options = others
        .into_iter()
        .map(|other| {
            let selected = other.id.as_str() == chosen;
            view! {
                <option value=other.id.to_string() selected=selected>
                    {other.name(l).to_owned()}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="to">{text::products_desk::delete_to(l)}</label>
            <select id="to" name="to" required aria-invalid=error.is_some().then_some("true")>
                <option value="">{text::admin::choose(l)}</option>
                {options}
            </select>
            {error.map(|error| view! { <p class="error">{error}</p> })}
        </div>
    }
    .into_any()
}
