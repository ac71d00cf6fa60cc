//! What to bake and pack on a day: pieces of each product, shelf by shelf.

use super::{
    api::kitchen::load_bake_list,
    desk::Desk,
    printed::{Asked, DayHead, List, PART, Paper, PaperHead, Sheet},
};
use crate::{
    app::{
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            title::Title,
        },
    },
    model::{
        kitchen::{BakeList, OrderCount, ProductCount, Tray},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;

/// The list for the oven.
#[component]
pub fn KitchenPage() -> impl IntoView {
    let l = locale();
    let Asked { day, paper, .. } = Asked::here();
    let loaded = Resource::new(|| (), move |()| load_bake_list(day.clone()));
    view! {
        <Title text=format!("{} · {}", text::kitchen::title(l), text::shop::name(l)) />
        <Desk part=PART loaded show=move |l, _, list| view! { <Whole l paper list /> } />
    }
    .into_any()
}

/// So many orders, in words.
fn orders(l: Locale, count: u64) -> &'static str {
    let forms = (text::kitchen::order_one(l), text::kitchen::order_few(l), text::kitchen::order_other(l));
    text::plural(l, count, forms.0, forms.1, forms.2)
}

#[component]
fn Whole(l: Locale, paper: Paper, list: BakeList) -> impl IntoView {
    let BakeList { day, today, trays, orders: OrderCount { all, ready, undated } } = list;
    if all == 0 {
        return view! {
            <DayHead l list=List::Bake day today paper />
            <Empty title=text::kitchen::nothing(l).to_owned() hint=text::kitchen::nothing_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, PART.path())>
                    {text::kitchen::today(l)}
                </a>
            </Empty>
        }
        .into_any();
    }
    let note = (undated > 0).then(|| {
        view! { <Alert tone=Tone::Note>{text::kitchen::undated_note(l, undated, orders(l, undated))}</Alert> }
    });
    view! {
        <DayHead l list=List::Bake day today paper />
        {note}
        <Sheet paper>
            <PaperHead l list=List::Bake day />
            <p data-testid="summary">{text::kitchen::summary(l, all, orders(l, all), ready)}</p>
            {trays.into_iter().map(|tray| view! { <OneTray l tray /> }).collect_view()}
        </Sheet>
    }
    .into_any()
}

#[component]
fn OneTray(l: Locale, tray: Tray) -> impl IntoView {
    let name = tray.shelf.unwrap_or_else(|| text::kitchen::gone(l).to_owned());
    let rows = tray.products.into_iter().map(|count| view! { <Row l count /> }).collect_view();
    view! {
        <section class="tray">
            <table class="bake">
                <caption>{name}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::kitchen::product(l)}</th>
                        <th scope="col">{text::kitchen::to_do(l)}</th>
                        <th scope="col">{text::kitchen::ready(l)}</th>
                        <th scope="col">{text::kitchen::all(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, count: ProductCount) -> impl IntoView {
    let undated = (count.undated > 0)
        .then(|| view! { <span class="hint undated">{text::kitchen::of_undated(l, count.undated)}</span> });
    let all = count.all();
    view! {
        <tr data-testid="bake-row">
            <th scope="row">{count.name} {undated}</th>
            <td class="bake-todo">{count.to_do}</td>
            <td>{count.ready}</td>
            <td>{all}</td>
        </tr>
    }
    .into_any()
}
