//! A place of pickup, new or known.

use super::frame::{Head, Save, field, form, line, lines, optional};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part, rows::check},
        i18n::locale,
        status::set_status,
        ui::title::Title,
    },
    model::{
        locale::Locale,
        settings::{PlaceForm, Section, Settings},
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const SAVE: &str = "/fn/admin/settings/places/save";
const LIST: &str = "/admin/settings/places";

/// The page. `new` stands for one that is not there yet.
#[component]
pub fn PlacePage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").filter(|id| id != "new").unwrap_or_default();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::places(l), text::shop::name(l)) />
        <Desk
            part=Part::Settings
            loaded
            show=move |l, csrf, settings| view! { <Place l csrf settings id /> }
        />
    }
    .into_any()
}

#[component]
fn Place(l: Locale, csrf: String, settings: Settings, id: String) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let place = settings.facts.places.iter().find(|place| place.id.as_str() == id).cloned();
    if place.is_none() && !id.is_empty() {
        set_status(404);
    }
    let title = match &place {
        Some(place) => place.name.get(l).to_owned(),
        None => text::settings::new_place(l).to_owned(),
    };
    let id = place.as_ref().map(|place| place.id.to_string()).unwrap_or_default();
    let stored = place.map_or_else(
        || PlaceForm { active: true, ..PlaceForm::default() },
        |place| PlaceForm {
            name_ro: place.name.ro,
            name_en: place.name.en.unwrap_or_default(),
            address: place.address.unwrap_or_default(),
            hint_ro: place.hint.as_ref().map(|hint| hint.ro.clone()).unwrap_or_default(),
            hint_en: place.hint.and_then(|hint| hint.en).unwrap_or_default(),
            active: place.active,
        },
    );
    let show = |name, label: &str, hint: &str, stored: &str, kind| {
        field(l, &filled, name, label, hint, stored, kind)
    };
    view! {
        <Head l title forms=vec![filled.clone()] back=(LIST, text::settings::places(l)) />
        {form(SAVE, csrf, Section::Places, &settings, &filled, "settings-place", view! {
            <input type="hidden" name="id" value=id />
            <fieldset>
                <legend>{text::admin::in_romanian(l)}</legend>
                {show("name_ro", text::admin::name_ro(l), "", &stored.name_ro, line(100))}
                {show("hint_ro", &optional(l, text::settings::hint_ro(l)), text::settings::hint_hint(l), &stored.hint_ro, lines(300))}
            </fieldset>
            <fieldset>
                <legend>{text::admin::in_english(l)}</legend>
                {show("name_en", &optional(l, text::admin::name_en(l)), "", &stored.name_en, line(100))}
                {show("hint_en", &optional(l, text::settings::hint_en(l)), "", &stored.hint_en, lines(300))}
            </fieldset>
            <fieldset class="desk-form-wide">
                <legend>{text::admin::in_shop(l)}</legend>
                {show("address", &optional(l, text::info::address(l)), "", &stored.address, line(200))}
                <div class="checks">{check("active", text::settings::can_choose(l), l, &filled, stored.active)}</div>
            </fieldset>
            <Save l id="save-place" back=LIST />
        })}
    }
    .into_any()
}
