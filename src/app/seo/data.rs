//! Structured data (schema.org as JSON-LD), after Google's documentation of what it reads.

use super::{Site, business, page::PICTURE};
use crate::model::{product::Product, text};
use serde_json::{Value, json};

/// The site, and how it is searched.
pub fn website(site: &Site) -> Value {
    json!({
        "@type": "WebSite",
        "@id": format!("{}#website", site.page_in_any("/")),
        "name": text::shop::name(site.l),
        "url": site.page("/"),
        "inLanguage": site.l.tag(),
        "publisher": { "@id": business::id(site) },
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{}?q={{search_term_string}}", site.page("/products")),
            },
            "query-input": "required name=search_term_string",
        },
    })
}

/// A product and its price. What is sold out stays described, as out of stock.
pub fn product(site: &Site, product: &Product) -> Value {
    let address = site.page(&address(product));
    let shop =
        json!({ "@type": "Organization", "@id": business::id(site), "name": text::shop::name(site.l) });
    let availability = if product.stock == 0 { "OutOfStock" } else { "InStock" };
    let description = match product.text.description(site.l) {
        "" => product.name(site.l),
        description => description,
    };
    json!({
        "@type": "Product",
        "@id": format!("{address}#product"),
        "name": product.name(site.l),
        "description": description,
        "sku": product.id.as_str(),
        "image": [site.file(&product.picture().address)],
        "url": address,
        "brand": { "@type": "Brand", "name": text::shop::name(site.l) },
        "offers": {
            "@type": "Offer",
            "url": address,
            "price": product.price.decimal(),
            "priceCurrency": "RON",
            "availability": format!("https://schema.org/{availability}"),
            "itemCondition": "https://schema.org/NewCondition",
            "seller": shop,
        },
    })
}

/// The way here: names and paths, the first page first, this page last.
pub fn breadcrumbs(site: &Site, way: &[(&str, &str)]) -> Value {
    let steps = way.iter().enumerate().map(|(place, (name, path))| {
        json!({ "@type": "ListItem", "position": place + 1, "name": name, "item": site.page(path) })
    });
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Value>() })
}

/// Products one after the other; `before` stand on earlier pages.
pub fn list(site: &Site, name: &str, products: &[Product], before: u64) -> Value {
    let items = (before + 1..).zip(products).map(|(place, product)| {
        json!({
            "@type": "ListItem",
            "position": place,
            "name": product.name(site.l),
            "url": site.page(&address(product)),
        })
    });
    json!({ "@type": "ItemList", "name": name, "itemListElement": items.collect::<Value>() })
}

/// The path of a product's page.
pub fn address(product: &Product) -> String {
    format!("{}{}", super::public::PRODUCTS, product.slug)
}

/// The picture that a chat shows beside a link to a product: its own, unless that is a drawing,
/// which no chat shows.
pub fn picture(product: &Product) -> String {
    let own = product.picture().address;
    if own.ends_with(".svg") { PICTURE.to_owned() } else { own }
}

/// One document for several things. No sign in it means anything to an HTML parser, so that a name
/// cannot end the element in which it stands.
pub fn document(things: &[Value]) -> String {
    let mut text = json!({ "@context": "https://schema.org", "@graph": things }).to_string();
    for (sign, written) in [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ] {
        // Hardly any text has one, and it is faster to look for each than at every sign.
        if text.contains(sign) {
            text = text.replace(sign, written);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_ends_the_element_and_all_reads_back(name in strange::nearly("(</script>|<!--|]]>|&lt;|\u{2028}){1,3}")) {
            let text = document(&[json!({ "name": name })]);
            prop_assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", text);
            let read: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read["@graph"][0]["name"].as_str(), Some(name.as_str()));
        }
    }
}
