//! How the shop is doing: the sums, two charts, and what was sold best.

use super::{
    api::figures::{Answered, load_figures},
    chart::{Bar, Chart},
    desk::Desk,
    figures_range::{RangeChoice, query},
    header::Part,
};
use crate::{
    app::{
        i18n::{bani, day, href, locale, thousandths},
        status::set_status,
        ui::{empty::Empty, title::Title},
    },
    model::{
        figures::{Bucket, Figures, Seller, Step, Totals, change},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The address of the files, without the language.
const FILE: &str = "/admin/figures/download";

/// The page.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let l = locale();
    let asked = use_query_map().get_untracked();
    let loaded = Resource::new(
        || (),
        move |()| load_figures(asked.get("range"), asked.get("from"), asked.get("to"), asked.get("step")),
    );
    view! {
        <Title text=format!("{} · {}", text::figures::title(l), text::shop::name(l)) />
        <Desk part=Part::Figures loaded show=move |l, _, answered| view! { <Whole l answered /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, answered: Answered) -> impl IntoView {
    let Answered { figures, errors } = answered;
    if !errors.is_empty() {
        set_status(400);
    }
    let chosen = match figures.range.before() {
        Some(before) => text::figures::chosen(
            l,
            day(l, before.from),
            day(l, before.to),
            day(l, figures.range.from),
            day(l, figures.range.to),
        ),
        None => text::figures::chosen_alone(l, day(l, figures.range.from), day(l, figures.range.to)),
    };
    let shown = if figures.now.orders == 0 && figures.now.cancelled == 0 {
        view! {
            <Empty title=text::figures::no_orders(l).to_owned() hint=text::figures::no_orders_hint(l).to_owned()>
                <a class="button button-quiet" href=format!("{}?range=year", href(l, Part::Figures.path()))>
                    {text::figures::last_year(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Charts l figures=figures.clone() /> }.into_any()
    };
    view! {
        <h1>{text::figures::title(l)}</h1>
        <RangeChoice l figures=figures.clone() errors />
        <p class="lead">{chosen}</p>
        <Cards l now=figures.now before=figures.before />
        {shown}
        <p class="hint">{text::figures::counting(l)}</p>
    }
    .into_any()
}

/// What the time before was, and how it has changed since.
fn beside(l: Locale, before: Option<i64>, now: Option<i64>, write: fn(Locale, i64) -> String) -> String {
    let (Some(before), Some(now)) = (before, now) else {
        return text::figures::nothing_before(l).to_owned();
    };
    let was = text::figures::before(l, write(l, before));
    let words = match change(before, now) {
        None => return if before == 0 { text::figures::nothing_before(l).to_owned() } else { was },
        Some(0) => text::figures::same(l).to_owned(),
        Some(more @ 1..) => text::figures::up(l, thousandths(l, more)),
        Some(less) => text::figures::down(l, thousandths(l, -less)),
    };
    format!("{was}; {words}")
}

/// A whole number.
fn whole(_: Locale, number: i64) -> String {
    number.to_string()
}

#[component]
fn Cards(l: Locale, now: Totals, before: Totals) -> impl IntoView {
    let none = || text::figures::none(l).to_owned();
    let written = |value: Option<i64>, write: fn(Locale, i64) -> String| {
        value.map_or_else(none, |value| write(l, value))
    };
    let cards = [
        (
            "revenue",
            text::figures::revenue(l),
            bani(l, now.revenue),
            String::new(),
            beside(l, Some(before.revenue), Some(now.revenue), bani),
        ),
        (
            "orders",
            text::figures::orders(l),
            now.orders.to_string(),
            String::new(),
            beside(l, Some(before.orders), Some(now.orders), whole),
        ),
        (
            "average",
            text::figures::average(l),
            written(now.average(), bani),
            String::new(),
            beside(l, before.average(), now.average(), bani),
        ),
        (
            "returning",
            text::figures::returning(l),
            written(now.returning(), thousandths),
            text::figures::returning_hint(l).to_owned(),
            // Two shares are not set in relation to each other: a percentage of percentages misleads.
            before.returning().map_or_else(
                || text::figures::nothing_before(l).to_owned(),
                |share| text::figures::before(l, thousandths(l, share)),
            ),
        ),
        (
            "cancelled",
            text::figures::cancelled(l),
            now.cancelled.to_string(),
            format!("{}: {}", text::figures::cancelled_note(l), bani(l, now.lost)),
            beside(l, Some(before.cancelled), Some(now.cancelled), whole),
        ),
    ];
    let cards = cards
        .into_iter()
        .map(|(id, label, value, hint, beside)| {
            view! {
                <div class="panel figure" data-testid=format!("figure-{id}")>
                    <dt>{label}</dt>
                    <dd class="figure-value">{value}</dd>
                    {(!hint.is_empty()).then(|| view! { <dd class="hint">{hint}</dd> })}
                    <dd class="hint">{beside}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="figures-cards">{cards}</dl> }.into_any()
}

/// What a step is called in a chart.
fn name(l: Locale, bucket: &Bucket, step: Step) -> String {
    match step {
        Step::Day => day(l, bucket.from),
        Step::Week | Step::Month if bucket.from == bucket.to => day(l, bucket.from),
        Step::Week => format!("{} – {}", day(l, bucket.from), day(l, bucket.to)),
        Step::Month => {
            let whole = day(l, bucket.from);
            // A month that is cut says from when to when.
            let (_, month, first) = bucket.from.numbers();
            let next = bucket.to.next().numbers();
            if first == 1 && next.1 != month {
                whole.split_once(' ').map(|(_, month)| month.to_owned()).unwrap_or(whole)
            } else {
                format!("{whole} – {}", day(l, bucket.to))
            }
        }
    }
}

#[component]
fn Charts(l: Locale, figures: Figures) -> impl IntoView {
    let Figures { range, preset, step, buckets, sellers, now, .. } = figures;
    let bars = |value: fn(Totals) -> i64| {
        let bar = |bucket: &Bucket| Bar { name: name(l, bucket, step), value: value(bucket.totals) };
        buckets.iter().map(bar).collect::<Vec<_>>()
    };
    let file = format!("{}?{}", href(l, FILE), query(preset, range, Some(step)));
    let products = format!("{file}&what=products");
    view! {
        <div class="charts">
            <Chart
                l
                id="chart-revenue"
                title=text::figures::chart_revenue(l, step.label(l))
                bars=bars(|totals| totals.revenue)
                heads=[text::figures::period(l), text::figures::revenue(l)]
                write=bani
            />
            <Chart
                l
                id="chart-orders"
                title=text::figures::chart_orders(l, step.label(l))
                bars=bars(|totals| totals.orders)
                heads=[text::figures::period(l), text::figures::orders(l)]
                write=whole
            />
            <Best l sellers revenue=now.revenue />
        </div>
        <p class="row">
            <a class="button button-quiet" href=file rel="nofollow" download data-testid="csv-steps">
                {text::figures::csv_steps(l)}
            </a>
            <a class="button button-quiet" href=products rel="nofollow" download data-testid="csv-products">
                {text::figures::csv_products(l)}
            </a>
        </p>
    }
    .into_any()
}

#[component]
fn Best(l: Locale, sellers: Vec<Seller>, revenue: i64) -> impl IntoView {
    let most = sellers.first().map_or(0, |seller| seller.revenue);
    let rows = sellers
        .into_iter()
        .map(|seller| {
            let share = change(revenue, revenue + seller.revenue).unwrap_or_default();
            view! {
                <tr role="row" data-testid="seller">
                    <th role="rowheader" scope="row">{seller.name} <Share part=seller.revenue whole=most /></th>
                    <td role="cell">{text::admin::pieces(l, seller.pieces)}</td>
                    <td role="cell">{bani(l, seller.revenue)}</td>
                    <td role="cell">{thousandths(l, share)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel best" aria-labelledby="best">
            <h2 id="best">{text::figures::best(l)}</h2>
            <table role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">{text::figures::product(l)}</th>
                        <th role="columnheader" scope="col">{text::figures::pieces(l)}</th>
                        <th role="columnheader" scope="col">{text::figures::revenue(l)}</th>
                        <th role="columnheader" scope="col">{text::figures::share(l)}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A line as long as a part is of the whole; the numbers stand beside it.
#[component]
fn Share(part: i64, whole: i64) -> impl IntoView {
    let width = super::chart::height(part, whole.max(1));
    view! {
        <svg class="share" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect width=width height="10" />
        </svg>
    }
}
