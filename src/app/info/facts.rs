//! Facts of the shop inside a text. What is not known is not shown.

use crate::model::{
    locale::Locale,
    shop_facts::{CookieFact, CookieUse, ShopFacts, Words as Both},
    text,
};
use leptos::prelude::*;

/// Who sells, as the trade register knows them.
#[component]
pub fn Seller(
    /// The language of the page.
    l: Locale,
    /// All facts.
    facts: ShopFacts,
) -> impl IntoView {
    let lines = [
        (text::info::seller(l), facts.legal_name.or(facts.name)),
        (text::info::tax_id(l), facts.tax_id),
        (text::info::trade_register(l), facts.trade_register),
        (text::info::address(l), facts.address.map(|address| address.line())),
    ];
    let lines: Vec<_> = lines.into_iter().filter_map(|(label, fact)| Some((label, fact?))).collect();
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|(label, fact)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>{fact}</dd>
                </div>
            }
        });
        view! { <dl class="facts">{lines.collect_view()}</dl> }
    })
}

/// Phone and mail, to tap.
#[component]
pub fn Contact(
    /// The language of the page.
    l: Locale,
    /// All facts.
    facts: ShopFacts,
) -> impl IntoView {
    let phone = facts.phone.map(|phone| {
        view! {
            <div>
                <dt>{text::info::phone(l)}</dt>
                <dd>
                    <a href=format!("tel:{phone}")>{phone.grouped()}</a>
                </dd>
            </div>
        }
    });
    let email = facts.email.map(|email| {
        view! {
            <div>
                <dt>{text::info::email(l)}</dt>
                <dd>
                    <a href=format!("mailto:{email}")>{email.clone()}</a>
                </dd>
            </div>
        }
    });
    (phone.is_some() || email.is_some()).then(|| view! { <dl class="facts">{phone}{email}</dl> })
}

/// A text of the producer's, if there is one.
#[component]
pub fn Words(
    /// The language of the page.
    l: Locale,
    /// In both languages.
    words: Option<Both>,
) -> impl IntoView {
    words.map(|words| view! { <p>{words.get(l).to_owned()}</p> })
}

/// Every cookie: name, purpose, life.
#[component]
pub fn Cookies(
    /// The language of the page.
    l: Locale,
    /// All of them.
    cookies: Vec<CookieFact>,
) -> impl IntoView {
    let rows = cookies.into_iter().map(|cookie| {
        view! {
            <tr>
                <th scope="row">
                    <code>{cookie.name}</code>
                </th>
                <td>{purpose(cookie.purpose, l)}</td>
                <td>{life(cookie.hours, l)}</td>
            </tr>
        }
    });
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{text::info::cookie(l)}</th>
                    <th scope="col">{text::info::cookie_purpose(l)}</th>
                    <th scope="col">{text::info::cookie_life(l)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

const fn purpose(purpose: CookieUse, l: Locale) -> &'static str {
    match purpose {
        CookieUse::Language => text::info::cookie_language(l),
        CookieUse::Cart => text::info::cookie_cart(l),
        CookieUse::Customer => text::info::cookie_customer(l),
        CookieUse::Producer => text::info::cookie_producer(l),
    }
}

fn life(hours: u32, l: Locale) -> String {
    if hours == 0 {
        return text::admins::some_minutes(l).to_owned();
    }
    const YEAR: u32 = 365 * 24;
    if hours == YEAR {
        return text::info::one_year(l).to_owned();
    }
    let forms = (text::info::hour_one(l), text::info::hour_few(l), text::info::hour_other(l));
    let noun = text::plural(l, u64::from(hours), forms.0, forms.1, forms.2);
    text::info::hours_long(l, hours, noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_in_words() {
        assert_eq!(
            [1, 2, 24, 8760].map(|hours| life(hours, Locale::Ro)),
            ["1 oră", "2 ore", "24 de ore", "un an"]
        );
        assert_eq!([0, 1, 24].map(|hours| life(hours, Locale::En)), ["a few minutes", "1 hour", "24 hours"]);
    }
}
