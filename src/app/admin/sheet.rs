//! Products as a table: out, in, and what an import would do.

use super::{
    api::sheet::check_sheet, desk::Desk, filled::Filled, header::Part, rows::FormHead, sheet_check::Outcome,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            title::Title,
        },
    },
    model::{locale::Locale, product::sheet::Check, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Where the table goes out and comes in.
pub const SHEET: &str = "/admin/products/sheet";

/// The page.
#[component]
pub fn SheetPage() -> impl IntoView {
    let l = locale();
    let sheet = use_query_map().get_untracked().get("sheet");
    let asked = sheet.is_some();
    let loaded = Resource::new(|| (), move |()| check_sheet(sheet.clone()));
    view! {
        <Title text=format!("{} · {}", text::sheet::title(l), text::shop::name(l)) />
        <Desk part=Part::Products loaded show=move |l, csrf, check| view! { <Page l csrf asked check /> } />
    }
    .into_any()
}

#[component]
fn Page(l: Locale, csrf: String, asked: bool, check: Option<Check>) -> impl IntoView {
    let gone = asked && check.is_none();
    let shown = match check {
        Some(check) => view! {
            <Outcome l csrf check />
            <p>
                <a href=href(l, "/admin/products/import")>{text::sheet::another(l)}</a>
            </p>
        }
        .into_any(),
        None => view! { <Ways l csrf /> }.into_any(),
    };
    view! {
        <FormHead
            back=href(l, Part::Products.path())
            list=text::admin::products(l)
            title=text::sheet::title(l).to_owned()
            message=None
        />
        {gone.then(|| view! { <Alert tone=Tone::Note>{text::sheet::gone(l)}</Alert> })}
        {shown}
    }
    .into_any()
}

#[component]
fn Ways(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(SHEET);
    let error = filled.error("sheet", l).or_else(|| filled.message(l));
    let described = if error.is_some() { "sheet-error sheet-format" } else { "sheet-format" };
    view! {
        <p>{text::sheet::lead(l)}</p>
        <p>
            <a class="button button-quiet" href=href(l, SHEET) download="produse.csv">
                {text::sheet::download(l)}
            </a>
        </p>
        <form
            id="sheet-form"
            class="panel sheet-form"
            method="post"
            action=action(SHEET)
            enctype="multipart/form-data"
            data-testid="sheet-form"
        >
            // The token comes first: it is checked before the table is read.
            <input type="hidden" name="csrf" value=csrf />
            <h2>{text::sheet::upload(l)}</h2>
            {error
                .map(|error| {
                    view! {
                        <p class="error" id="sheet-error" role="alert">
                            {error}
                        </p>
                    }
                })}
            <div class="field">
                <label for="sheet">{text::sheet::file(l)}</label>
                <input id="sheet" type="file" name="sheet" accept=".csv,text/csv,text/plain" aria-describedby=described />
            </div>
            <div class="field">
                <label for="pasted">{text::sheet::paste(l)}</label>
                <textarea id="pasted" name="sheet" rows="6" spellcheck="false" autocomplete="off"></textarea>
            </div>
            <p class="hint" id="sheet-format">
                {text::sheet::format(l)}
            </p>
            <button class="button">{text::sheet::check(l)}</button>
        </form>
    }
    .into_any()
}
