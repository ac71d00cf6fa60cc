//! What structured data must hold, after Google's documentation of the results it shows: merchant
//! listings, breadcrumbs, carousels, local businesses, site names.

use serde_json::Value;

struct Rule {
    kind: &'static str,
    required: &'static [&'static str],
    /// Recommended there and known to us.
    recommended: &'static [&'static str],
}

const RULES: [Rule; 13] = [
    Rule {
        kind: "Product",
        required: &["name", "image", "offers"],
        recommended: &["description", "sku", "brand", "url"],
    },
    Rule {
        kind: "Offer",
        required: &["price", "priceCurrency"],
        recommended: &["availability", "itemCondition", "url", "seller"],
    },
    Rule { kind: "Brand", required: &["name"], recommended: &[] },
    Rule { kind: "Organization", required: &["name"], recommended: &[] },
    Rule { kind: "BreadcrumbList", required: &["itemListElement"], recommended: &[] },
    Rule { kind: "ItemList", required: &["itemListElement"], recommended: &["name"] },
    Rule { kind: "ListItem", required: &["position", "name"], recommended: &[] },
    Rule {
        kind: "Bakery",
        required: &["name", "address"],
        recommended: &["url", "image", "telephone", "geo", "openingHoursSpecification"],
    },
    Rule {
        kind: "PostalAddress",
        required: &["addressCountry", "streetAddress", "addressLocality"],
        recommended: &["addressRegion"],
    },
    Rule { kind: "GeoCoordinates", required: &["latitude", "longitude"], recommended: &[] },
    Rule { kind: "OpeningHoursSpecification", required: &["dayOfWeek", "opens", "closes"], recommended: &[] },
    Rule { kind: "WebSite", required: &["name", "url"], recommended: &["potentialAction"] },
    Rule { kind: "SearchAction", required: &["target", "query-input"], recommended: &[] },
];

/// Fails with what is missing or has the wrong form, here and in all within.
#[track_caller]
pub fn assert_valid(thing: &Value, about: &str) {
    match thing {
        Value::Array(all) => all.iter().for_each(|thing| assert_valid(thing, about)),
        Value::Object(fields) => {
            if let Some(kind) = fields.get("@type").and_then(Value::as_str) {
                assert_fields(thing, kind, about);
            }
            for (name, value) in fields {
                assert_form(name, value, about);
                assert_valid(value, about);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn assert_fields(thing: &Value, kind: &str, about: &str) {
    if kind == "EntryPoint" {
        return;
    }
    let rule =
        RULES.iter().find(|rule| rule.kind == kind).unwrap_or_else(|| panic!("{about}: no rule for {kind}"));
    for name in rule.required.iter().chain(rule.recommended) {
        let empty = match &thing[*name] {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(all) => all.is_empty(),
            _ => false,
        };
        assert!(!empty, "{about}: {kind} without {name}: {thing}");
    }
    if kind == "ListItem" {
        assert!(thing["item"].is_string() || thing["url"].is_string(), "{about}: {thing}");
    }
}

#[track_caller]
fn assert_form(name: &str, value: &Value, about: &str) {
    let text = value.as_str().unwrap_or_default();
    let fine = match name {
        "url" | "item" | "image" | "logo" if value.is_string() => text.starts_with("https://shop.example/"),
        "image" => value.as_array().is_some_and(|all| {
            all.iter().all(|it| it.as_str().is_some_and(|it| it.starts_with("https://shop.example/")))
        }),
        "price" => {
            text.split_once('.').is_some_and(|(lei, bani)| bani.len() == 2 && lei.parse::<u32>().is_ok())
        }
        "priceCurrency" => text == "RON",
        "availability" => ["https://schema.org/InStock", "https://schema.org/OutOfStock"].contains(&text),
        "position" => value.as_u64().is_some_and(|place| place >= 1),
        "urlTemplate" => text.contains("{search_term_string}"),
        "addressCountry" => text == "RO",
        _ => true,
    };
    assert!(fine, "{about}: {name} is {value}");
}
