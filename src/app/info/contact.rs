//! Where the shop is, when it is open, and how to reach it.

use super::{
    away::Away,
    facts::{Contact, Seller},
    hours::Hours,
    places::Places,
};
use crate::{
    app::{
        i18n::{href, locale},
        seo::{Page, Seo},
        ui::{failure::Failure, once_loaded::once_loaded, title::Title},
    },
    model::{
        locale::Locale,
        shop_facts::{Coordinates, ShopFacts, ShopPageFacts},
        text,
    },
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn ContactPage() -> impl IntoView {
    let l = locale();
    let known = Resource::new(|| (), |()| super::api::load_facts());
    view! {
        <Title text=format!("{} · {}", text::info::contact(l), text::shop::name(l)) />
        <div class="narrow">
            {once_loaded(async move {
                match known.await {
                    Ok(known) => view! { <Known l known /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Known(l: Locale, known: ShopPageFacts) -> impl IntoView {
    let away = known.clone();
    let ShopPageFacts { facts, openness, .. } = known;
    let nothing = facts == ShopFacts::default();
    let seo = Page::plain(l, "/contact", text::info::contact(l), text::seo::contact(l));
    let seo = seo.with_way(l, text::info::contact(l)).with_business(&facts);
    let reachable = facts.phone.is_some() || facts.email.is_some();
    let registered = facts.legal_name.is_some() || facts.tax_id.is_some() || facts.trade_register.is_some();
    let hours = facts.hours.clone().map(|hours| {
        view! {
            <h2>{text::info::when_open(l)}</h2>
            <Hours l hours openness />
        }
    });
    view! {
        <Seo page=seo />
        <article class="prose">
            <h1>{text::info::contact(l)}</h1>
            {nothing.then(|| view! { <p class="lead">{text::info::nothing_known(l)}</p> })}
            <Place l facts=facts.clone() />
            {reachable
                .then(|| {
                    view! {
                        <h2>{text::info::reach(l)}</h2>
                        <Contact l facts=facts.clone() />
                    }
                })}
            <Away l known=away />
            {hours}
            {(!facts.places.is_empty())
                .then(|| {
                    view! {
                        <h2>{text::info::pickup_places(l)}</h2>
                        <Places l places=facts.places.clone() />
                    }
                })}
            {registered
                .then(|| {
                    view! {
                        <h2>{text::info::firm(l)}</h2>
                        <Seller l facts=facts.clone() />
                    }
                })}
            <p>
                <a href=href(l, "/delivery")>{text::info::delivery(l)}</a>
            </p>
        </article>
    }
    .into_any()
}

/// The address, and the way to it.
#[component]
fn Place(l: Locale, facts: ShopFacts) -> impl IntoView {
    let map = facts.coordinates.map(|place| {
        view! {
            <p class="row">
                <a class="button button-quiet" href=map_address(place) rel="external noopener">
                    {text::info::map(l)}
                </a>
                <a class="button button-quiet" href=geo_address(place)>
                    {text::info::navigate(l)}
                </a>
            </p>
        }
    });
    facts.address.map(|address| {
        let town = match &address.postal_code {
            Some(code) => format!("{code} {}", address.city),
            None => address.city.clone(),
        };
        view! {
            <h2>{text::info::where_we_are(l)}</h2>
            <address>
                {facts.name.map(|name| view! { <strong>{name}</strong> <br /> })} {address.street} <br /> {town}
                {address.county.map(|county| view! { <br /> {county} })}
            </address>
            {map}
        }
    })
}

/// A page of OpenStreetMap with a mark at a place.
fn map_address(place: Coordinates) -> String {
    let Coordinates { latitude, longitude } = place;
    format!("https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}")
}

/// What phones open with a map of theirs (RFC 5870).
fn geo_address(place: Coordinates) -> String {
    format!("geo:{},{}", place.latitude, place.longitude)
}
