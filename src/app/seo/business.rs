//! What the shop says of itself to machines: the facts that are known.

use super::Site;
use crate::model::{
    closing::Holiday,
    opening_hours::{OpeningHours, Weekday},
    shop_facts::{ShopAddress, ShopFacts},
    text,
};
use serde_json::{Value, json};

/// A `Bakery`, which is a `LocalBusiness`; none while its address is not known, as it must have one.
pub fn bakery(site: &Site, facts: &ShopFacts) -> Option<Value> {
    let address = facts.address.as_ref()?;
    let mut all = json!({
        "@type": "Bakery",
        "@id": id(site),
        "name": facts.name.as_deref().unwrap_or(text::shop::name(site.l)),
        "description": text::shop::tagline(site.l),
        "url": site.page("/"),
        "image": site.file(super::page::PICTURE),
        "logo": site.file("/icons/icon-512.png"),
        "currenciesAccepted": "RON",
        "address": postal(address),
    });
    let place = facts.coordinates.map(|place| {
        let (latitude, longitude) = (place.latitude.to_string(), place.longitude.to_string());
        json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
    });
    for (name, value) in [
        ("legalName", facts.legal_name.clone().map(Value::from)),
        ("vatID", facts.tax_id.clone().filter(|id| id.starts_with("RO")).map(Value::from)),
        ("telephone", facts.phone.as_ref().map(|phone| Value::from(phone.as_str()))),
        ("email", facts.email.clone().map(Value::from)),
        ("geo", place),
        ("openingHoursSpecification", facts.hours.as_ref().map(open)),
        ("specialOpeningHoursSpecification", Some(free(facts)).filter(|days| *days != json!([]))),
    ] {
        if let Some(value) = value {
            all[name] = value;
        }
    }
    Some(all)
}

/// By which the shop is named in other data.
pub fn id(site: &Site) -> String {
    format!("{}#shop", site.page_in_any("/"))
}

fn postal(address: &ShopAddress) -> Value {
    let mut all = json!({
        "@type": "PostalAddress",
        "streetAddress": address.street,
        "addressLocality": address.city,
        "addressCountry": "RO",
    });
    for (name, value) in [("addressRegion", &address.county), ("postalCode", &address.postal_code)] {
        if let Some(value) = value {
            all[name] = Value::from(value.as_str());
        }
    }
    all
}

/// Each stretch of each day. Days without any are closed.
fn open(hours: &OpeningHours) -> Value {
    let of_day = |day: &Weekday| {
        let name = format!("https://schema.org/{}", capital(day.name()));
        let stretch = move |(opens, closes): (String, String)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": name, "opens": opens, "closes": closes,
            })
        };
        // The end of a day is its last minute: schema.org knows no 24:00.
        let closes = |text: String| if text == "24:00" { "23:59".to_owned() } else { text };
        let all =
            hours.of(*day).iter().map(move |it| (it.opens().to_string(), closes(it.closes().to_string())));
        all.map(stretch).collect::<Vec<_>>()
    };
    Weekday::ALL.iter().flat_map(of_day).collect()
}

/// Holidays, as days on which it opens and closes at midnight (Google, local business).
fn free(facts: &ShopFacts) -> Value {
    let one = |holiday: &Holiday| {
        json!({
            "@type": "OpeningHoursSpecification",
            "validFrom": holiday.from.to_string(),
            "validThrough": holiday.to.to_string(),
            "opens": "00:00",
            "closes": "00:00",
        })
    };
    facts.holidays.iter().map(one).collect()
}

fn capital(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), signs.as_str()))
}
