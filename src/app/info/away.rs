//! When the shop is closed against its hours: now, and in the days to come.

use crate::{
    app::ui::alert::{Alert, Tone},
    model::{choices::Closing, closing::Holiday, day_words, locale::Locale, shop_facts::ShopPageFacts, text},
};
use leptos::prelude::*;

/// That it is closed now, and its holidays.
#[component]
pub fn Away(
    /// The language of the page.
    l: Locale,
    /// All that is known.
    known: ShopPageFacts,
) -> impl IntoView {
    let holidays =
        known.holidays.iter().map(|holiday| view! { <li>{sentence(l, holiday)}</li> }).collect_view();
    view! {
        {known.closing.map(|closing| view! { <ClosedNow l closing /> })}
        {(!known.holidays.is_empty()).then(|| view! { <ul data-testid="holidays">{holidays}</ul> })}
    }
    .into_any()
}

/// That it is closed, until when, and why.
#[component]
pub fn ClosedNow(
    /// The language of the page.
    l: Locale,
    /// Until when, and why.
    closing: Closing,
) -> impl IntoView {
    let until = match closing.until {
        Some(day) => text::info::away_until(l, day_words::day(l, day)),
        None => text::info::away(l).to_owned(),
    };
    view! {
        <Alert tone=Tone::Note>
            <p data-testid="closed-now">{until}</p>
            {closing.text.map(|words| view! { <p>{words.get(l).to_owned()}</p> })}
        </Alert>
    }
    .into_any()
}

/// `Nu lucrăm joi 24 decembrie – sâmbătă 26 decembrie. Sărbători fericite!`
fn sentence(l: Locale, holiday: &Holiday) -> String {
    let words = text::checkout::holiday(l, day_words::range(l, holiday.from, holiday.to));
    let text = holiday.text.as_ref().map(|text| format!(" {}", text.get(l)));
    format!("{words}{}", text.unwrap_or_default())
}
