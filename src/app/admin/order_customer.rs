//! Who ordered, how to reach them, and how the order is to reach them.

use super::{
    customers::address_of_customer,
    orders_table::{Call, delivery},
    printed::{Paper, slip_of},
};
use crate::{
    app::{
        forms::escape,
        i18n::{date, price},
    },
    model::{
        checkout::Address,
        locale::Locale,
        message_texts::in_words,
        money::Money,
        order::{Order, Source},
        session::Rights,
        text,
    },
};
use leptos::prelude::*;

/// The customer of an order, and the facts of it.
#[component]
pub fn Customer(
    /// The language of the page.
    l: Locale,
    /// The order.
    order: Order,
) -> impl IntoView {
    let fact = |label: &'static str, value: String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let (address, kind) = (order.delivery.address().cloned(), order.delivery.kind());
    let day = order.day.map_or_else(|| text::order_desk::no_day(l).to_owned(), |day| in_words(day, l));
    let source = match order.source {
        Source::Web => text::order_desk::source_web(l),
        Source::Phone => text::order_desk::source_phone(l),
    };
    let language = match order.locale {
        Locale::Ro => text::order_desk::ro(l),
        Locale::En => text::order_desk::en(l),
    };
    let fee = (order.delivery_fee > Money::ZERO)
        .then(|| fact(text::order_desk::fee(l), price(l, order.delivery_fee)));
    // Only owners see what is kept of a customer.
    let file = use_context::<Rights>().is_some_and(Rights::is_owner).then(|| {
        view! { <a href=address_of_customer(l, &order.id)>{text::order_desk::customer_file(l)}</a> }
    });
    view! {
        <p class="who">
            <strong>{order.customer_name}</strong>
            <span>{delivery(kind, l)}</span>
        </p>
        <Call phone=order.customer_phone />
        <p class="who-links">
            {file}
            <a href=slip_of(l, order.id.as_str(), Paper::A4)>{text::order_desk::slip(l)}</a>
        </p>
        <dl class="facts">
            {address.map(|address| view! { <Where l address /> })}
            {fact(text::order_desk::day(l), day)}
            {order.place.map(|place| fact(text::order_desk::place(l), place))}
            {order.preferred_time.map(|time| fact(text::order::preferred_time(l), time))}
            {order.special_instructions.map(|wish| fact(text::order::special_instructions(l), wish))}
            {fee}
            {fact(text::order_desk::placed(l), date(l, order.placed))}
            {fact(text::order_desk::source(l), source.to_owned())}
            {fact(text::order_desk::language(l), language.to_owned())}
        </dl>
    }
    .into_any()
}

/// An address, and the way to it: a link, so that no map learns of it before it is tapped.
#[component]
fn Where(l: Locale, address: Address) -> impl IntoView {
    let map = map(&address);
    let notes = address.notes.clone();
    view! {
        <div>
            <dt>{text::order_desk::address(l)}</dt>
            <dd>
                {line(&address)} <br />
                <a class="map" href=map target="_blank" rel="noopener noreferrer" data-testid="map">
                    {text::order_desk::map(l)}
                    <span class="quiet">" "{text::order_desk::map_new(l)}</span>
                </a>
            </dd>
        </div>
        {notes
            .map(|notes| {
                view! {
                    <div>
                        <dt>{text::order_desk::address_notes(l)}</dt>
                        <dd>{notes}</dd>
                    </div>
                }
            })}
    }
    .into_any()
}

fn line(address: &Address) -> String {
    let parts = [Some(&address.street), address.postal_code.as_ref(), Some(&address.city)];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

/// The address of a map that searches for it.
fn map(address: &Address) -> String {
    format!("https://www.openstreetmap.org/search?query={}", escape(&line(address)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_asked_for_the_address_and_nothing_else() {
        let address = Address {
            street: "Str. Morii & Podului 4".into(),
            city: "Cluj".into(),
            postal_code: Some("400001".into()),
            notes: Some("la vecina Safta".into()),
        };
        let asked = "https://www.openstreetmap.org/search?query=Str.%20Morii%20%26%20Podului%204%2C%20400001%2C%20Cluj";
        assert_eq!(map(&address), asked);
    }
}
