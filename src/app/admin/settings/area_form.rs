//! An area of delivery, new or known.

use super::frame::{Head, Save, field, form, line, lines, optional};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part, rows::check},
        i18n::locale,
        status::set_status,
        ui::{field::FieldKind, title::Title},
    },
    model::{
        areas::DeliveryArea,
        locale::Locale,
        money::Money,
        settings::{AreaForm, Section, Settings},
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const SAVE: &str = "/fn/admin/settings/areas/save";
const LIST: &str = "/admin/settings/areas";

/// The page. `new` stands for one that is not there yet.
#[component]
pub fn AreaPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").filter(|id| id != "new").unwrap_or_default();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::areas(l), text::shop::name(l)) />
        <Desk
            part=Part::Settings
            loaded
            show=move |l, csrf, settings| view! { <Area l csrf settings id /> }
        />
    }
    .into_any()
}

#[component]
fn Area(l: Locale, csrf: String, settings: Settings, id: String) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let area = settings.facts.areas.iter().find(|area| area.id.as_str() == id).cloned();
    if area.is_none() && !id.is_empty() {
        set_status(404);
    }
    let title = match &area {
        Some(area) => area.name.get(l).to_owned(),
        None => text::settings::new_area(l).to_owned(),
    };
    let id = area.as_ref().map(|area| area.id.to_string()).unwrap_or_default();
    let stored = stored(l, area);
    let show = |name, label: &str, hint: &str, stored: &str, kind| {
        field(l, &filled, name, label, hint, stored, kind)
    };
    let amount = || FieldKind { inputmode: "decimal", ..line(10) };
    view! {
        <Head l title forms=vec![filled.clone()] back=(LIST, text::settings::areas(l)) />
        {form(SAVE, csrf, Section::Areas, &settings, &filled, "settings-area", view! {
            <input type="hidden" name="id" value=id />
            <fieldset>
                <legend>{text::admin::in_romanian(l)}</legend>
                {show("name_ro", text::admin::name_ro(l), "", &stored.name_ro, line(100))}
                {show("towns_ro", &optional(l, text::settings::towns_ro(l)), text::settings::towns_hint(l), &stored.towns_ro, lines(300))}
            </fieldset>
            <fieldset>
                <legend>{text::admin::in_english(l)}</legend>
                {show("name_en", &optional(l, text::admin::name_en(l)), "", &stored.name_en, line(100))}
                {show("towns_en", &optional(l, text::settings::towns_en(l)), "", &stored.towns_en, lines(300))}
            </fieldset>
            <fieldset class="desk-form-wide">
                <legend>{text::settings::costs(l)}</legend>
                {show("fee", text::settings::fee(l), text::settings::fee_hint(l), &stored.fee, amount())}
                {show("minimum", &optional(l, text::settings::minimum(l)), "", &stored.minimum, amount())}
                {show("free_from", &optional(l, text::settings::free_from(l)), "", &stored.free_from, amount())}
                <div class="checks">{check("active", text::settings::can_choose(l), l, &filled, stored.active)}</div>
            </fieldset>
            <Save l id="save-area" back=LIST />
        })}
    }
    .into_any()
}

/// The area as the form shows it; a new one can be chosen.
fn stored(l: Locale, area: Option<DeliveryArea>) -> AreaForm {
    let Some(area) = area else { return AreaForm { active: true, ..AreaForm::default() } };
    let amount = |money: Money| match l {
        Locale::Ro => money.decimal().replace('.', ","),
        Locale::En => money.decimal(),
    };
    AreaForm {
        name_ro: area.name.ro,
        name_en: area.name.en.unwrap_or_default(),
        fee: amount(area.fee),
        minimum: area.minimum.map(amount).unwrap_or_default(),
        free_from: area.free_from.map(amount).unwrap_or_default(),
        towns_ro: area.towns.as_ref().map(|towns| towns.ro.clone()).unwrap_or_default(),
        towns_en: area.towns.and_then(|towns| towns.en).unwrap_or_default(),
        active: area.active,
    }
}
