//! Packing slips: what goes into each bag, one order to a page, with a code that opens the order.

use super::{
    api::kitchen::load_slips,
    desk::Desk,
    orders_table::delivery,
    printed::{Asked, DayHead, List, PART, Paper, Printing, Sheet, slip_of},
};
use crate::{
    app::{
        i18n::{date, day_name, href, locale, price},
        shop::facts::AllergenNote,
        ui::{empty::Empty, status_badge::StatusBadge, title::Title},
    },
    model::{
        kitchen::{DayOrders, Slip},
        locale::Locale,
        money::Money,
        order::{LineItem, Order},
        qr::QrDrawing,
        text,
    },
};
use leptos::prelude::*;

/// The slips of a day, or of one order.
#[component]
pub fn SlipsPage() -> impl IntoView {
    let l = locale();
    let Asked { day, order, paper } = Asked::here();
    let loaded = Resource::new(|| (), move |()| load_slips(day.clone(), order.clone()));
    view! {
        <Title text=format!("{} · {}", text::kitchen::slips(l), text::shop::name(l)) />
        <Desk part=PART loaded show=move |l, _, found| view! { <Whole l paper found /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, paper: Paper, found: DayOrders<Slip>) -> impl IntoView {
    let DayOrders { day, today, orders } = found;
    let head = match (day, orders.first()) {
        (None, Some(slip)) => {
            let order = slip.order.clone();
            view! {
                <p class="back">
                    <a href=href(l, &format!("/admin/orders/{}", order.id))>{text::kitchen::order_number(l, &order.number)}</a>
                </p>
                <h1>{text::kitchen::single(l, &order.number)}</h1>
                <Printing l paper address=move |paper| slip_of(l, order.id.as_str(), paper) />
            }
            .into_any()
        }
        (day, _) => view! { <DayHead l list=List::Slips day=day.unwrap_or(today) today paper /> }.into_any(),
    };
    let shown = if orders.is_empty() {
        view! {
            <Empty title=text::kitchen::nothing(l).to_owned() hint=text::kitchen::nothing_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, PART.path())>
                    {text::kitchen::bake(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <Sheet paper>
                <div class="slips">
                    {orders.into_iter().map(|slip| view! { <OneSlip l paper slip /> }).collect_view()}
                </div>
            </Sheet>
        }
        .into_any()
    };
    view! {
        {head}
        {shown}
    }
    .into_any()
}

#[component]
fn OneSlip(l: Locale, paper: Paper, slip: Slip) -> impl IntoView {
    let Slip { order, address, code } = slip;
    let [heading, labelled] = [(); 2].map(|()| format!("slip-{}", order.id));
    let number = order.number.to_string();
    let code = match code {
        Some(code) => view! { <QrCode code label=text::kitchen::code(l, &number) /> }.into_any(),
        None => view! { <p class="hint">{text::kitchen::no_code(l)}</p> }.into_any(),
    };
    let alone = slip_of(l, order.id.as_str(), paper);
    let (link, written) = (address.clone(), address);
    let fee = (order.delivery_fee > Money::ZERO).then(|| {
        view! {
            <p class="slip-sum">
                <span>{text::kitchen::fee(l)}</span>
                <span>{price(l, order.delivery_fee)}</span>
            </p>
        }
    });
    view! {
        <article class="slip" aria-labelledby=labelled data-testid="slip">
            <div class="slip-head">
                <div>
                    <h2 id=heading>{number}</h2>
                    <p class="slip-name">{order.customer_name.clone()}</p>
                    <p>{order.customer_phone.grouped()}</p>
                    <p class="slip-status">
                        <StatusBadge status=order.status l />
                    </p>
                </div>
                <div class="slip-code">
                    {code} <a class="slip-address" href=link data-testid="slip-address">
                        {written}
                    </a>
                </div>
            </div>
            <Where l order=order.clone() />
            <ul class="slip-lines">
                {order.items.iter().cloned().map(|line| view! { <Line l line /> }).collect_view()}
            </ul>
            {fee}
            <p class="slip-sum slip-total">
                <span>{text::kitchen::to_pay(l)}</span>
                <strong>{price(l, order.total)}</strong>
            </p>
            <p class="slip-alone">
                <a href=alone>{text::kitchen::one_slip(l)}</a>
            </p>
        </article>
    }
    .into_any()
}

#[component]
fn Where(l: Locale, order: Order) -> impl IntoView {
    let fact = |label: &'static str, value: String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let day = order.day.map_or_else(|| text::kitchen::undated(l).to_owned(), |day| day_name(l, day));
    let way = match &order.place {
        Some(place) => format!("{} · {place}", delivery(order.delivery.kind(), l)),
        None => delivery(order.delivery.kind(), l).to_owned(),
    };
    let address = order.delivery.address().map(|address| {
        let notes = address.notes.as_ref().map(|notes| format!(" ({notes})")).unwrap_or_default();
        let code = address.postal_code.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
        format!("{}, {code}{}{notes}", address.street, address.city)
    });
    view! {
        <dl class="facts slip-facts">
            {fact(text::kitchen::day(l), day)} {fact(text::kitchen::place(l), way)}
            {address.map(|address| fact(text::kitchen::address(l), address))}
            {order.preferred_time.map(|time| fact(text::kitchen::when(l), time))}
            {order.special_instructions.map(|wish| fact(text::kitchen::wishes(l), wish))}
            {fact(text::kitchen::placed(l), date(l, order.placed))}
        </dl>
    }
    .into_any()
}

#[component]
fn Line(l: Locale, line: LineItem) -> impl IntoView {
    let net = line.food.net.map(|net| view! { <span class="slip-net">{net.label(l)}</span> });
    view! {
        <li>
            <span class="tick" aria-hidden="true"></span>
            <span class="slip-what">
                <strong>{text::kitchen::contents(l, line.quantity.get(), line.product_name)}</strong>
                {net}
                <AllergenNote l declared=line.food.allergens />
            </span>
            <span>{price(l, line.total_price)}</span>
        </li>
    }
    .into_any()
}

/// A code for cameras: always dark on light, as they need it.
#[component]
pub fn QrCode(
    /// The squares.
    code: QrDrawing,
    /// What it does, for those who do not see it.
    label: String,
) -> impl IntoView {
    let margin = QrDrawing::MARGIN;
    let side = code.side + 2 * margin;
    let middle = format!("translate({margin} {margin})");
    view! {
        <svg
            class="qr"
            role="img"
            aria-label=label
            viewBox=format!("0 0 {side} {side}")
            shape-rendering="crispEdges"
            focusable="false"
        >
            <rect width=side height=side fill="#fff" />
            <path transform=middle fill="#000" d=code.path />
        </svg>
    }
    .into_any()
}
