//! Where orders can be picked up.

use super::entries::{Entries, Entry, Kind};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, header::Part},
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

/// The list.
#[component]
pub fn PlacesPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::places(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <List l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let kind = Kind {
        path: "/admin/settings/places",
        turn: "/fn/admin/settings/places/turn",
        title: text::settings::places(l),
        hint: text::settings::places_hint(l),
        new: text::settings::new_place(l),
    };
    let mark = settings.mark(Section::Places);
    let entry = |place: crate::model::places::PickupPlace| Entry {
        name: place.name.get(l).to_owned(),
        about: place.address.unwrap_or_default(),
        id: place.id.into(),
        active: place.active,
    };
    let entries = settings.facts.places.into_iter().map(entry).collect();
    view! { <Entries l csrf mark kind entries /> }
}
