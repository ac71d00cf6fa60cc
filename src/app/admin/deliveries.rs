//! Where to bring what: by area and town, with a way to find each door.

use super::{
    api::kitchen::load_deliveries,
    desk::Desk,
    pickups::HandOut,
    printed::{Asked, DayHead, List, PART, Paper, PaperHead, Sheet},
};
use crate::{
    app::{
        forms::escape,
        i18n::{href, locale},
        ui::{empty::Empty, title::Title},
    },
    model::{checkout::Address, kitchen::DayOrders, locale::Locale, order::Order, text},
};
use leptos::prelude::*;

/// The list for the driver.
#[component]
pub fn DeliveriesPage() -> impl IntoView {
    let l = locale();
    let Asked { day, paper, .. } = Asked::here();
    let loaded = Resource::new(|| (), move |()| load_deliveries(day.clone()));
    view! {
        <Title text=format!("{} · {}", text::kitchen::deliveries(l), text::shop::name(l)) />
        <Desk part=PART loaded show=move |l, _, found| view! { <Whole l paper found /> } />
    }
    .into_any()
}

/// Orders that go the same way: an area of the shop's, where one was chosen, and a town.
struct Round {
    name: String,
    orders: Vec<Order>,
}

/// The orders are sorted by area and town already.
fn rounds(orders: Vec<Order>) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for order in orders {
        let town = order.delivery.address().map(|address| address.city.as_str()).unwrap_or_default();
        let name = match &order.place {
            Some(place) if !place.eq_ignore_ascii_case(town) => format!("{place} · {town}"),
            _ => town.to_owned(),
        };
        match rounds.last_mut() {
            Some(round) if round.name.to_lowercase() == name.to_lowercase() => round.orders.push(order),
            _ => rounds.push(Round { name, orders: vec![order] }),
        }
    }
    rounds
}

/// The address on a map that every phone opens in its own app.
fn map(address: &Address) -> String {
    let place = [Some(address.street.as_str()), address.postal_code.as_deref(), Some(&address.city)];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    format!("https://www.google.com/maps/search/?api=1&query={}", escape(&place.join(", ")))
}

#[component]
fn Whole(l: Locale, paper: Paper, found: DayOrders<Order>) -> impl IntoView {
    let DayOrders { day, today, orders } = found;
    let day = day.unwrap_or(today);
    let head = view! { <DayHead l list=List::Deliveries day today paper /> };
    if orders.is_empty() {
        return view! {
            {head}
            <Empty
                title=text::kitchen::deliveries_none(l).to_owned()
                hint=text::kitchen::deliveries_none_hint(l).to_owned()
            >
                <a class="button button-quiet" href=href(l, List::Pickups.path())>
                    {text::kitchen::pickups(l)}
                </a>
            </Empty>
        }
        .into_any();
    }
    let rounds = rounds(orders).into_iter().map(|round| view! { <OneRound l round /> }).collect_view();
    view! {
        {head}
        <Sheet paper>
            <PaperHead l list=List::Deliveries day />
            {rounds}
        </Sheet>
    }
    .into_any()
}

#[component]
fn OneRound(l: Locale, round: Round) -> impl IntoView {
    let rows = round
        .orders
        .into_iter()
        .map(|order| {
            let below =
                order.delivery.address().cloned().map(|address| view! { <Door l address /> }.into_any());
            match below {
                Some(below) => view! { <HandOut l order below /> }.into_any(),
                None => view! { <HandOut l order /> }.into_any(),
            }
        })
        .collect_view();
    view! {
        <section class="round" data-testid="round">
            <h2>{round.name}</h2>
            <ul class="hand-out">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Door(l: Locale, address: Address) -> impl IntoView {
    let link = map(&address);
    let which = format!(": {}, {}", address.street, address.city);
    let code = address.postal_code.map(|code| format!(", {code}")).unwrap_or_default();
    view! {
        <p class="hand-door">
            <span>{format!("{}, {}{code}", address.street, address.city)}</span>
            {address.notes.map(|notes| view! { <em>{notes}</em> })}
            <a class="hand-map" href=link target="_blank" rel="noopener noreferrer">
                {text::kitchen::map(l)} <span class="quiet">{which}</span>
            </a>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_on_the_map() {
        let address = Address {
            street: "Str. Morii 4 & 5".into(),
            city: "Cluj".into(),
            postal_code: None,
            notes: Some("poarta".into()),
        };
        let expected = "https://www.google.com/maps/search/?api=1&query=Str.%20Morii%204%20%26%205%2C%20Cluj";
        assert_eq!(map(&address), expected);
    }
}
