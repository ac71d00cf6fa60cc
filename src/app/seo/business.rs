//! What the shop says of itself to machines. What is not known is left out.

use super::Site;
use crate::model::text;
use serde_json::{Value, json};

/// Facts of the shop that stand in its structured data.
#[derive(Clone, Debug, Default)]
pub struct Business {
    /// Street and number.
    pub street: Option<String>,
    /// Town or village.
    pub city: Option<String>,
    /// County (județ).
    pub county: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// To write to.
    pub email: Option<String>,
    /// Latitude and longitude in decimal degrees (WGS 84).
    pub place: Option<(String, String)>,
    /// As schema.org writes them: days, opens, closes.
    pub hours: Vec<(Vec<&'static str>, String, String)>,
}

impl Business {
    /// Our own.
    pub fn ours() -> Business {
        Business { street: Some("Strada Morii 4".into()), ..Business::default() }
    }

    /// A `Bakery`, which is a `LocalBusiness`.
    pub fn data(&self, site: &Site) -> Value {
        let mut all = json!({
            "@type": "Bakery",
            "@id": id(site),
            "name": text::shop::name(site.l),
            "description": text::shop::tagline(site.l),
            "url": site.page("/"),
            "image": site.file(super::page::PICTURE),
            "logo": site.file("/icons/icon-512.png"),
            "currenciesAccepted": "RON",
            "address": self.address(),
        });
        let mut set = |name: &str, value: Option<Value>| {
            if let (Some(value), Some(all)) = (value, all.as_object_mut()) {
                all.insert(name.to_owned(), value);
            }
        };
        set("telephone", self.phone.clone().map(Value::from));
        set("email", self.email.clone().map(Value::from));
        set(
            "geo",
            self.place.as_ref().map(|(latitude, longitude)| {
                json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
            }),
        );
        let hours = self.hours.iter().map(|(days, opens, closes)| {
            json!({ "@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": opens, "closes": closes })
        });
        set("openingHoursSpecification", (!self.hours.is_empty()).then(|| hours.collect()));
        all
    }

    fn address(&self) -> Value {
        let known = [
            ("streetAddress", &self.street),
            ("addressLocality", &self.city),
            ("addressRegion", &self.county),
            ("postalCode", &self.postal_code),
        ];
        let mut address = json!({ "@type": "PostalAddress", "addressCountry": "RO" });
        for (name, value) in known {
            if let Some(value) = value {
                address[name] = Value::from(value.as_str());
            }
        }
        address
    }
}

/// By which the shop is named in other data.
pub fn id(site: &Site) -> String {
    format!("{}#shop", site.page_in_any("/"))
}
