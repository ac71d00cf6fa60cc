//! Long texts, made of `locales/pages/*.md` by `build.rs`.

use super::{
    away::Away,
    facts::{Contact, Cookies, Seller, Words},
    hours::Hours,
    places::{Areas, Places},
};
use crate::{
    app::{
        i18n::href,
        seo::{self, Seo},
        ui::{failure::Failure, once_loaded::once_loaded, title::Title},
    },
    model::{error::AppError, locale::Locale, shop_facts::ShopPageFacts, text},
};
use leptos::prelude::*;

/// A text of one page.
#[derive(Debug)]
pub struct Page {
    /// Its heading.
    pub title: &'static str,
    /// Its first paragraph.
    pub lead: &'static [Span],
    /// The rest.
    pub blocks: &'static [Block],
}

/// A part of a text.
#[derive(Debug)]
pub enum Block {
    /// A heading of the second order.
    Heading(&'static str),
    /// A paragraph.
    Paragraph(&'static [Span]),
    /// A list.
    List(&'static [&'static [Span]]),
    /// Something that only the server knows.
    Insert(Insert),
}

/// A part of a paragraph.
#[derive(Debug)]
pub enum Span {
    /// Words.
    Text(&'static str),
    /// Words that matter.
    Strong(&'static str),
    /// Words that lead to a page of ours, or to another site.
    Link(&'static str, &'static str),
}

/// What only the server knows. A fact that is not known is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insert {
    /// Who sells.
    Seller,
    /// Phone and mail.
    Contact,
    /// The opening hours.
    Hours,
    /// Where orders are picked up.
    Pickup,
    /// Where orders are brought to.
    DeliveryArea,
    /// What bringing costs.
    DeliveryFee,
    /// Until when to order.
    CutOff,
    /// The table of cookies.
    Cookies,
    /// The way to one's own data.
    MyData,
}

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// A page with a long text.
#[component]
pub fn Written(
    /// The language of the page.
    l: Locale,
    /// Where it stands.
    path: &'static str,
    /// Its text.
    page: &'static Page,
) -> impl IntoView {
    let known = Resource::new(|| (), |()| super::api::load_facts());
    view! {
        <Title text=format!("{} · {}", page.title, text::shop::name(l)) />
        <div class="narrow">
            {once_loaded(async move { whole(l, path, page, known.await) })}
        </div>
    }
    .into_any()
}

fn whole(
    l: Locale,
    path: &'static str,
    page: &'static Page,
    known: Result<ShopPageFacts, AppError>,
) -> AnyView {
    let known = match known {
        Ok(known) => known,
        Err(error) => return view! { <Failure error /> }.into_any(),
    };
    let blocks = page.blocks.iter().map(|block| part(l, block, &known)).collect_view();
    let lead: String = page.lead.iter().map(|span| text_of(span, &known)).collect();
    let seo = seo::Page::plain(l, path, page.title, &lead).with_way(l, page.title);
    view! {
        <Seo page=seo />
        <article class="prose">
            <h1>{page.title}</h1>
            <p class="lead">{words(l, page.lead, &known)}</p>
            {blocks}
        </article>
    }
    .into_any()
}

fn part(l: Locale, block: &'static Block, known: &ShopPageFacts) -> AnyView {
    match block {
        Block::Heading(heading) => view! { <h2>{*heading}</h2> }.into_any(),
        Block::Paragraph(spans) => view! { <p>{words(l, spans, known)}</p> }.into_any(),
        Block::List(items) => {
            let items = items.iter().map(|item| view! { <li>{words(l, item, known)}</li> }).collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
        Block::Insert(insert) => inserted(l, *insert, known),
    }
}

/// Without its looks and where it leads.
fn text_of(span: &Span, known: &ShopPageFacts) -> String {
    match span {
        Span::Text(text) => text.replace("{cart_hours}", &known.cart_hours.to_string()),
        Span::Strong(text) | Span::Link(text, _) => (*text).to_owned(),
    }
}

fn words(l: Locale, spans: &'static [Span], known: &ShopPageFacts) -> AnyView {
    let one = |span: &'static Span| match span {
        Span::Text(text) => text.replace("{cart_hours}", &known.cart_hours.to_string()).into_any(),
        Span::Strong(text) => view! { <strong>{*text}</strong> }.into_any(),
        Span::Link(text, to) if to.starts_with('/') => view! { <a href=href(l, to)>{*text}</a> }.into_any(),
        Span::Link(text, to) => view! { <a href=*to rel="external noopener">{*text}</a> }.into_any(),
    };
    spans.iter().map(one).collect_view().into_any()
}

fn inserted(l: Locale, insert: Insert, known: &ShopPageFacts) -> AnyView {
    let facts = known.facts.clone();
    match insert {
        Insert::Seller => view! { <Seller l facts /> }.into_any(),
        Insert::Contact => view! { <Contact l facts /> }.into_any(),
        Insert::Hours => view! {
            <Away l known=known.clone() />
            {facts.hours.map(|hours| view! { <Hours l hours openness=known.openness /> })}
        }
        .into_any(),
        Insert::Pickup => view! {
            <Words l words=facts.pickup />
            <Places l places=facts.places />
        }
        .into_any(),
        Insert::DeliveryArea => view! {
            <Words l words=facts.delivery_area />
            <Areas l areas=facts.areas />
        }
        .into_any(),
        Insert::DeliveryFee => view! { <Words l words=facts.delivery_fee /> }.into_any(),
        Insert::CutOff => view! { <Words l words=facts.cut_off /> }.into_any(),
        Insert::Cookies => view! { <Cookies l cookies=known.cookies.clone() /> }.into_any(),
        Insert::MyData => view! {
            <p>
                <a class="button" href=href(l, "/my-data")>
                    {text::my_data::open(l)}
                </a>
            </p>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text alone.
    fn plain(page: &Page) -> String {
        let mut all = String::from(page.title);
        let mut add = |spans: &[Span]| {
            for span in spans {
                let (Span::Text(words) | Span::Strong(words) | Span::Link(words, _)) = span;
                all.push_str(words);
            }
            all.push('\n');
        };
        add(page.lead);
        for block in page.blocks {
            match block {
                Block::Heading(heading) => add(&[Span::Text(heading)]),
                Block::Paragraph(spans) => add(spans),
                Block::List(items) => items.iter().for_each(|item| add(item)),
                Block::Insert(_) => {}
            }
        }
        all
    }

    #[test]
    fn nothing_of_the_notation_is_left() {
        for page in [cookies, delivery, privacy, terms] {
            for l in Locale::ALL {
                let text = plain(page(l)).replace("{cart_hours}", "24");
                assert!(text.len() > 300, "{text}");
                for sign in ["**", "](", "{", "}", "## "] {
                    assert!(!text.contains(sign), "{sign} in {text}");
                }
            }
        }
    }

    #[test]
    fn the_law_is_named_and_what_has_closed_is_not() {
        for l in Locale::ALL {
            assert!(plain(terms(l)).contains("34/2014") && plain(privacy(l)).contains("82/1991"));
            for page in [cookies, delivery, privacy, terms] {
                assert!(
                    !format!("{:?}", page(l)).contains("ec.europa.eu"),
                    "the ODR platform closed in July 2025"
                );
            }
        }
    }
}
