//! Changing many products at once. The boxes of the rows belong to this form, wherever they stand.

use super::{desk::this_page, filled::Filled};
use crate::{
    app::{
        forms::action,
        ui::alert::{Alert, Tone},
    },
    model::{
        category::Category,
        error::{AppError, Conflict, Refused},
        ids::ProductId,
        locale::Locale,
        product::BulkChange,
        text,
    },
};
use leptos::prelude::*;

/// Where it is sent.
pub const BULK: &str = "/fn/admin/products/bulk";
/// The id of the form.
pub const BULK_FORM: &str = "bulk";

/// Which rows are ticked when the page comes back: of a change that some refused, those.
pub struct Ticked {
    filled: Filled,
    refused: Option<Vec<Refused>>,
}

impl Ticked {
    /// Those of this page.
    pub fn here() -> Ticked {
        let filled = Filled::of(BULK);
        let refused = refused(&filled);
        Ticked { filled, refused }
    }

    /// Is this one ticked?
    pub fn has(&self, id: &ProductId) -> bool {
        match &self.refused {
            Some(refused) => refused.iter().any(|refused| refused.product_id == *id),
            None => self.filled.ticked(&format!("picked[p{id}]"), false),
        }
    }
}

fn refused(filled: &Filled) -> Option<Vec<Refused>> {
    match filled.why() {
        Some(AppError::Conflict { conflict: Conflict::Partly { refused, .. } }) => Some(refused.clone()),
        _ => None,
    }
}

/// The form, closed until it is wanted.
#[component]
pub fn Bulk(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// All shelves.
    categories: Vec<Category>,
) -> impl IntoView {
    let filled = Filled::of(BULK);
    let open = filled.refused();
    let picked = filled.error("picked", l).map(|_| text::products_desk::picked_none(l));
    let changes = BulkChange::NAMES.map(|name| (name.to_owned(), label(name, l).to_owned()));
    let shelves =
        categories.into_iter().map(|category| (category.id.to_string(), category.name(l).to_owned()));
    let value = filled.value("value", "");
    let error = filled.error("value", l);
    view! {
        {refused(&filled).map(|refused| view! { <Told l refused /> })}
        <details class="panel bulk" open=open>
            <summary>{text::products_desk::bulk(l)}</summary>
            <form id=BULK_FORM method="post" action=action(BULK) data-live="desk" data-testid="bulk-form">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="next" value=this_page() />
                <p class="hint">{text::products_desk::bulk_hint(l)}</p>
                {picked.map(|picked| view! { <p class="error">{picked}</p> })}
                <label class="check live-only" hidden>
                    <input id="pick-all" type="checkbox" data-pick-all="" />
                    <span>{text::products_desk::pick_all(l)}</span>
                </label>
                <div class="bulk-fields">
                    {choose(
                        "change",
                        "bulk-what",
                        text::products_desk::bulk_change(l),
                        text::products_desk::bulk_choose(l),
                        changes.to_vec(),
                        &filled,
                        l,
                    )}
                    {choose(
                        "category_id",
                        "bulk-move",
                        text::products_desk::bulk_category(l),
                        text::admin::choose(l),
                        shelves.collect(),
                        &filled,
                        l,
                    )}
                    <div class="field bulk-value">
                        <label for="bulk-value">{text::products_desk::bulk_value(l)}</label>
                        <input
                            id="bulk-value"
                            name="value"
                            inputmode="text"
                            maxlength="12"
                            autocomplete="off"
                            value=value
                            aria-invalid=error.is_some().then_some("true")
                            aria-describedby="bulk-value-hint"
                        />
                        <p class="hint" id="bulk-value-hint">
                            {text::products_desk::bulk_value_hint(l)}
                        </p>
                        {error.map(|error| view! { <p class="error">{error}</p> })}
                    </div>
                </div>
                <button id="bulk-apply" class="button">
                    {text::products_desk::bulk_apply(l)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// Which were left as they are, and why.
#[component]
fn Told(l: Locale, refused: Vec<Refused>) -> impl IntoView {
    let lines = refused
        .into_iter()
        .map(|Refused { name, why, .. }| {
            let name = if name.is_empty() { text::products_desk::gone(l).to_owned() } else { name };
            view! { <li>{format!("{name}: {}", reason(&why, l))}</li> }
        })
        .collect_view();
    view! {
        <Alert tone=Tone::Bad>
            <ul data-testid="bulk-refused">{lines}</ul>
        </Alert>
    }
    .into_any()
}

/// A wrong field of a product is told by what is wrong with it.
fn reason(why: &AppError, l: Locale) -> String {
    match why {
        AppError::Fields { errors } => {
            errors.0.keys().find_map(|field| errors.first(field, l)).unwrap_or_else(|| why.message(l))
        }
        why => why.message(l),
    }
}

fn choose(
    name: &'static str,
    class: &'static str,
    label: &'static str,
    empty: &'static str,
    choices: Vec<(String, String)>,
    filled: &Filled,
    l: Locale,
) -> impl IntoView + use<> {
    let (chosen, error) = (filled.value(name, ""), filled.error(name, l));
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    let id = format!("bulk-{name}");
    view! {
        <div class=format!("field {class}")>
            <label for=id.clone()>{label}</label>
            <select id=id name=name aria-invalid=error.is_some().then_some("true")>
                <option value="">{empty}</option>
                {options}
            </select>
            {error.map(|error| view! { <p class="error">{error}</p> })}
        </div>
    }
}

fn label(change: &str, l: Locale) -> &'static str {
    match change {
        "on_sale" => text::products_desk::bulk_on_sale(l),
        "off_sale" => text::products_desk::bulk_off_sale(l),
        "feature" => text::products_desk::bulk_feature(l),
        "unfeature" => text::products_desk::bulk_unfeature(l),
        "move" => text::products_desk::bulk_move(l),
        "percent" => text::products_desk::bulk_percent(l),
        "amount" => text::products_desk::bulk_amount(l),
        _ => text::products_desk::bulk_stock(l),
    }
}
