//! Which languages customers can choose from.

use super::frame::{Head, Save, form};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part, rows::check},
        i18n::locale,
        ui::title::Title,
    },
    model::{
        locale::Locale,
        settings::{Section, Settings},
        text,
    },
};
use leptos::prelude::*;

const SAVE: &str = "/fn/admin/settings/languages";

/// The page.
#[component]
pub fn LanguagesPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::languages(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <Choice l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn Choice(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let languages = settings.facts.languages.clone().unwrap_or_default();
    let default = filled.value("default", languages.default.tag());
    let error = filled.error("languages_offered", l);
    let options = Locale::ALL
        .map(|language| {
            view! {
                <option value=language.tag() selected=default == language.tag()>
                    {name(language, l)}
                </option>
            }
        })
        .collect_view();
    view! {
        <Head l title=text::settings::languages(l).to_owned() forms=vec![filled.clone()] />
        <p class="hint">{text::settings::languages_hint(l)}</p>
        {form(SAVE, csrf, Section::Languages, &settings, &filled, "settings-languages", view! {
            <fieldset>
                <legend>{text::settings::offered(l)}</legend>
                <div class="checks">
                    {check("ro", name(Locale::Ro, l), l, &filled, languages.offers(Locale::Ro))}
                    {check("en", name(Locale::En, l), l, &filled, languages.offers(Locale::En))}
                </div>
                {error.map(|error| view! { <p class="error">{error}</p> })}
            </fieldset>
            <fieldset>
                <legend>{text::settings::default_language(l)}</legend>
                <div class="field">
                    <label for="default">{text::settings::default_language_hint(l)}</label>
                    <select id="default" name="default">
                        {options}
                    </select>
                </div>
            </fieldset>
            <Save l id="save-languages" />
        })}
    }
    .into_any()
}

/// The name of a language.
pub const fn name(language: Locale, l: Locale) -> &'static str {
    match language {
        Locale::Ro => text::settings::romanian(l),
        Locale::En => text::settings::english(l),
    }
}
