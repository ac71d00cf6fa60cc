//! Where orders are brought to.

use super::entries::{Entries, Entry, Kind};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, header::Part},
        i18n::{locale, price},
        ui::title::Title,
    },
    model::{
        areas::DeliveryArea,
        locale::Locale,
        settings::{Section, Settings},
        text,
    },
};
use leptos::prelude::*;

/// The list.
#[component]
pub fn AreasPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::areas(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <List l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let kind = Kind {
        path: "/admin/settings/areas",
        turn: "/fn/admin/settings/areas/turn",
        title: text::settings::areas(l),
        hint: text::settings::areas_hint(l),
        new: text::settings::new_area(l),
    };
    let mark = settings.mark(Section::Areas);
    let entry = |area: DeliveryArea| Entry {
        name: area.name.get(l).to_owned(),
        about: about(l, &area),
        id: area.id.into(),
        active: area.active,
    };
    let entries = settings.facts.areas.into_iter().map(entry).collect();
    view! { <Entries l csrf mark kind entries /> }
}

/// `15,00 lei, gratuit de la 150,00 lei, comandă de la 50,00 lei`.
fn about(l: Locale, area: &DeliveryArea) -> String {
    let parts = [
        Some(price(l, area.fee)),
        area.free_from.map(|amount| text::checkout::area_free_from(l, price(l, amount))),
        area.minimum.map(|amount| text::checkout::area_minimum(l, price(l, amount))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
