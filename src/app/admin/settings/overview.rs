//! All parts of the settings with what they say now.

use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, header::Part},
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            title::Title,
        },
    },
    model::{day_words, locale::Locale, settings::Settings, text},
};
use leptos::prelude::*;

/// The overview.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::desk::settings(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, _, settings| view! { <Overview l settings /> } />
    }
    .into_any()
}

#[component]
fn Overview(l: Locale, settings: Settings) -> impl IntoView {
    let closed = settings.facts.closed.as_ref().is_some_and(|closed| closed.holds_on(settings.today));
    let cards = parts(l, &settings)
        .into_iter()
        .map(|(path, title, about)| {
            view! {
                <li>
                    <a class="setting" href=href(l, path)>
                        <strong>{title}</strong>
                        <span class="hint">{about}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1>{text::desk::settings(l)}</h1>
        {closed.then(|| view! { <Alert tone=Tone::Note>{text::settings::closed_now(l)}</Alert> })}
        <ul class="settings" data-testid="settings">
            {cards}
        </ul>
    }
    .into_any()
}

/// Each part: its address, its name, and what it says now.
fn parts(l: Locale, settings: &Settings) -> Vec<(&'static str, &'static str, String)> {
    let facts = &settings.facts;
    let nothing = || text::settings::nothing(l).to_owned();
    let shop = [facts.name.clone(), facts.phone.as_ref().map(|phone| phone.grouped()), facts.oven()];
    let shop: Vec<String> = shop.into_iter().flatten().collect();
    let active = |all: Vec<String>| if all.is_empty() { nothing() } else { all.join(", ") };
    let places = facts.places.iter().filter(|place| place.active).map(|place| place.name.get(l).to_owned());
    let areas = facts.areas.iter().filter(|area| area.active).map(|area| area.name.get(l).to_owned());
    let next = facts
        .coming_holidays(settings.today)
        .first()
        .map(|holiday| text::settings::next_holiday(l, day_words::range(l, holiday.from, holiday.to)));
    let languages = facts.languages.clone().unwrap_or_default().offered;
    let languages: Vec<&str> =
        languages.into_iter().map(|language| super::languages::name(language, l)).collect();
    let open = facts.hours.as_ref().filter(|hours| !hours.is_empty());
    let hours = open.map_or_else(nothing, |hours| super::hours::summary(l, hours));
    let rules = facts.rules.map_or_else(nothing, |rules| super::rules::summary(l, &rules));
    let told = |text: &str| text.to_owned();
    vec![
        ("/admin/settings/shop", text::settings::shop(l), active(shop)),
        ("/admin/settings/hours", text::settings::hours(l), hours),
        ("/admin/settings/rules", text::settings::rules(l), rules),
        ("/admin/settings/places", text::settings::places(l), active(places.collect())),
        ("/admin/settings/areas", text::settings::areas(l), active(areas.collect())),
        ("/admin/settings/holidays", text::settings::holidays(l), next.unwrap_or_else(nothing)),
        ("/admin/settings/languages", text::settings::languages(l), languages.join(", ")),
        ("/admin/settings/messages", text::settings::messages(l), told(text::settings::messages_hint(l))),
        ("/admin/settings/admins", text::settings::admins(l), told(text::settings::admins_hint(l))),
        ("/admin/settings/log", text::settings::log(l), told(text::settings::log_hint(l))),
        ("/admin/settings/errors", text::faults::title(l), told(text::faults::hint(l))),
    ]
}
