//! What each public page says of itself.

use super::{Site, business::bakery, data};
use crate::{
    app::{forms::escape, i18n::price},
    model::{category::Category, locale::Locale, page, product::Product, shop_facts::ShopFacts, text},
};
use serde_json::Value;

/// The picture of a page that has none of its own: 1200 x 630 pixels.
pub const PICTURE: &str = "/icons/og.jpg";

/// The most characters of a description: search engines show about as many.
const LONGEST: usize = 160;

/// What others read of a page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its title, with the shop's name.
    pub title: String,
    /// One or two sentences, at most 160 characters.
    pub description: String,
    /// Its one address: path and query without the language.
    pub path: String,
    /// `website` or `product` (Open Graph).
    pub kind: &'static str,
    /// The address of its picture.
    pub picture: String,
    /// What the picture shows.
    pub picture_text: String,
    /// May search engines list it?
    pub listed: bool,
    /// Structured data.
    pub data: Vec<Value>,
}

impl Page {
    /// A page with texts only: contact, delivery, terms…
    pub fn plain(l: Locale, path: &str, title: &str, description: &str) -> Page {
        Page {
            title: format!("{title} · {}", text::shop::name(l)),
            description: short(description),
            path: path.to_owned(),
            kind: "website",
            picture: PICTURE.to_owned(),
            picture_text: text::seo::picture(l).to_owned(),
            listed: true,
            data: Vec::new(),
        }
    }

    /// The same with the way from the first page to it.
    pub fn with_way(self, l: Locale, name: &str) -> Page {
        let site = Site::here();
        let way = data::breadcrumbs(&site, &[(text::shop::home(l), "/"), (name, &self.path)]);
        self.with_data(way)
    }

    /// The same with more structured data.
    pub fn with_data(mut self, data: Value) -> Page {
        self.data.push(data);
        self
    }

    /// The same with where the shop is and how to reach it, as far as that is known.
    pub fn with_business(self, facts: &ShopFacts) -> Page {
        match bakery(&Site::here(), facts) {
            Some(bakery) => self.with_data(bakery),
            None => self,
        }
    }

    /// The first page.
    pub fn home(l: Locale, facts: &ShopFacts) -> Page {
        let page = Page {
            title: format!("{} · {}", text::shop::name(l), text::shop::tagline(l)),
            ..Page::plain(l, "/", "", text::home::lead(l))
        };
        page.with_data(data::website(&Site::here())).with_business(facts)
    }

    /// One page of the products, of all or of a shelf. The order in which they stand is left out of
    /// its address; what somebody searched for is no page for others.
    pub fn list(l: Locale, shelf: Option<&Category>, products: &page::Page<Product>, searched: bool) -> Page {
        let name = shelf.map_or(text::products::title(l), |shelf| shelf.name(l));
        let base = match shelf {
            Some(shelf) => format!("/products?category={}", escape(shelf.slug.as_str())),
            None => "/products".to_owned(),
        };
        let (number, last) = (products.page, products.last());
        let later = number > 1;
        let path = match (later, shelf) {
            (false, _) => base.clone(),
            (true, None) => format!("{base}?page={number}"),
            (true, Some(_)) => format!("{base}&page={number}"),
        };
        let about = shelf.map(|shelf| shelf.text.description(l)).filter(|about| !about.is_empty());
        let about = match (about, shelf) {
            (Some(about), _) => text::seo::shelf(l, about, name),
            (None, Some(_)) => text::seo::shelf(l, text::shop::tagline(l), name),
            (None, None) => text::seo::products(l).to_owned(),
        };
        let place = text::products::page(l, last, number);
        let (title, about) = match later {
            true => (format!("{name} · {place}"), format!("{place}. {about}")),
            false => (name.to_owned(), about),
        };
        let site = Site::here();
        let mut way = vec![(text::shop::home(l), "/"), (text::products::title(l), "/products")];
        if shelf.is_some() {
            way.push((name, &base));
        }
        let before = u64::from(number.saturating_sub(1)) * u64::from(products.per_page);
        let page =
            Page { listed: !searched && !products.items.is_empty(), ..Page::plain(l, &path, &title, &about) };
        if !page.listed {
            return page;
        }
        page.with_data(data::breadcrumbs(&site, &way)).with_data(data::list(
            &site,
            name,
            &products.items,
            before,
        ))
    }

    /// The page of a product.
    pub fn product(l: Locale, product: &Product) -> Page {
        let (site, name, path) = (Site::here(), product.name(l), data::address(product));
        let way = [(text::shop::home(l), "/"), (text::products::title(l), "/products"), (name, &*path)];
        let about = match product.text.description(l) {
            "" => text::seo::product(l, name, price(l, product.price)),
            description => description.to_owned(),
        };
        let own = data::picture(product);
        let page = Page {
            kind: "product",
            picture_text: if own == PICTURE { text::seo::picture(l).to_owned() } else { name.to_owned() },
            picture: own,
            ..Page::plain(l, &path, name, &about)
        };
        page.with_data(data::product(&site, product)).with_data(data::breadcrumbs(&site, &way))
    }
}

/// At most [`LONGEST`] characters on one line, cut between words.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':', '–', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_cut_between_words() {
        assert_eq!(short(" Pâine\n de casă "), "Pâine de casă");
        let long = "făină ".repeat(60);
        let cut = short(&long);
        assert!(cut.ends_with("făină…") && cut.chars().count() <= LONGEST, "{cut}");
        assert_eq!(short(&"ă".repeat(300)).chars().count(), LONGEST);
    }
}
