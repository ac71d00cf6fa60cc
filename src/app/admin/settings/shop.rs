//! Name, firm, address, contact, and what the pages about the shop say.

use super::frame::{Head, Save, field, form, line, lines, optional};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part},
        i18n::locale,
        ui::{field::FieldKind, title::Title},
    },
    model::{
        locale::Locale,
        settings::{Section, Settings},
        shop_facts::Words,
        text,
    },
};
use leptos::prelude::*;

const SAVE: &str = "/fn/admin/settings/shop";

/// The page.
#[component]
pub fn ShopSettingsPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::shop(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <Shop l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn Shop(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let facts = settings.facts.clone();
    let text_of = |value: &Option<String>| value.clone().unwrap_or_default();
    let address = facts.address.clone();
    let street = address.as_ref().map(|address| address.street.clone()).unwrap_or_default();
    let city = address.as_ref().map(|address| address.city.clone()).unwrap_or_default();
    let county = address.as_ref().and_then(|address| address.county.clone()).unwrap_or_default();
    let code = address.and_then(|address| address.postal_code).unwrap_or_default();
    let place = |part: fn(&crate::model::shop_facts::Coordinates) -> String| {
        facts.coordinates.as_ref().map(part).unwrap_or_default()
    };
    let phone = facts.phone.as_ref().map(ToString::to_string).unwrap_or_default();
    let plain = |name, label: &str, stored: &str, kind| field(l, &filled, name, label, "", stored, kind);
    let maybe = |name, label: &str, stored: &str, kind| plain(name, &optional(l, label), stored, kind);
    let both = |names: [&'static str; 2], label: &str, words: &Option<Words>| {
        let ro = words.as_ref().map(|words| words.ro.clone()).unwrap_or_default();
        let en = words.as_ref().and_then(|words| words.en.clone()).unwrap_or_default();
        view! {
            {plain(names[0], &text::settings::in_ro(l, label), &ro, lines(500))}
            {plain(names[1], &text::settings::in_en(l, label), &en, lines(500))}
        }
    };
    let (latitude, longitude) =
        (place(|place| place.latitude.to_string()), place(|place| place.longitude.to_string()));
    view! {
        <Head l title=text::settings::shop(l).to_owned() forms=vec![filled.clone()] />
        {form(SAVE, csrf, Section::Shop, &settings, &filled, "settings-shop", view! {
            <fieldset>
                <legend>{text::settings::contact(l)}</legend>
                {plain("name", text::settings::name(l), &text_of(&facts.name), line(100))}
                {plain("phone", text::info::phone(l), &phone, FieldKind { kind: "tel", inputmode: "tel", ..line(40) })}
                {plain("email", text::info::email(l), &text_of(&facts.email), FieldKind { kind: "email", inputmode: "email", ..line(254) })}
            </fieldset>
            <fieldset>
                <legend>{text::info::firm(l)}</legend>
                {plain("legal_name", text::settings::legal_name(l), &text_of(&facts.legal_name), line(200))}
                {field(l, &filled, "tax_id", text::info::tax_id(l), text::settings::tax_id_hint(l), &text_of(&facts.tax_id), line(20))}
                {field(l, &filled, "trade_register", text::info::trade_register(l), text::settings::trade_register_hint(l), &text_of(&facts.trade_register), line(20))}
            </fieldset>
            <fieldset>
                <legend>{text::info::where_we_are(l)}</legend>
                {plain("address_street", text::checkout::street(l), &street, line(200))}
                {plain("address_city", text::checkout::city(l), &city, line(100))}
                {maybe("address_county", text::settings::county(l), &county, line(100))}
                {maybe("address_postal_code", text::checkout::postal_code(l), &code, FieldKind { inputmode: "numeric", ..line(20) })}
            </fieldset>
            <fieldset>
                <legend>{text::settings::map(l)}</legend>
                <p class="hint">{text::settings::map_hint(l)}</p>
                {maybe("coordinates_latitude", text::settings::latitude(l), &latitude, line(12))}
                {maybe("coordinates_longitude", text::settings::longitude(l), &longitude, line(12))}
            </fieldset>
            <fieldset class="desk-form-wide">
                <legend>{text::settings::texts(l)}</legend>
                <p class="hint">{text::settings::texts_hint(l)}</p>
                {both(["pickup_ro", "pickup_en"], text::settings::pickup_text(l), &facts.pickup)}
                {both(["delivery_area_ro", "delivery_area_en"], text::settings::area_text(l), &facts.delivery_area)}
                {both(["delivery_fee_ro", "delivery_fee_en"], text::settings::fee_text(l), &facts.delivery_fee)}
                {both(["cut_off_ro", "cut_off_en"], text::settings::cut_off_text(l), &facts.cut_off)}
            </fieldset>
            <Save l id="save-shop" />
        })}
    }
    .into_any()
}
