//! What the lists of the kitchen have in common: which day, on which paper, and the way onto it.
//! What is inside of a [`Sheet`] is printed, all around it is not.

use super::header::Part;
use crate::{
    app::{
        forms::escape,
        i18n::{day_name, href},
    },
    model::{day::Day, locale::Locale, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// A sheet.
    #[default]
    A4,
    /// A roll of a receipt printer, 80 mm wide.
    Receipt,
}

impl Paper {
    const ALL: [Paper; 2] = [Paper::A4, Paper::Receipt];

    const fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Receipt => "receipt",
        }
    }

    const fn label(self, l: Locale) -> &'static str {
        match self {
            Paper::A4 => text::kitchen::a4(l),
            Paper::Receipt => text::kitchen::receipt(l),
        }
    }

    /// The class of what is printed on it, by which the style names the page (`@page`).
    const fn sheet(self) -> &'static str {
        match self {
            Paper::A4 => "sheet sheet-a4",
            Paper::Receipt => "sheet sheet-receipt",
        }
    }
}

/// What an address of the kitchen asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The day.
    pub day: String,
    /// One order.
    pub order: String,
    /// The paper.
    pub paper: Paper,
}

impl Asked {
    /// That of the page being rendered.
    pub fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        let paper = given("paper");
        let paper = Paper::ALL.into_iter().find(|known| known.name() == paper).unwrap_or_default();
        Asked { day: given("day"), order: given("order"), paper }
    }
}

/// The lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// What to bake.
    Bake,
    /// What goes into each bag.
    Slips,
    /// Who comes.
    Pickups,
    /// Where to bring.
    Deliveries,
}

impl List {
    const ALL: [List; 4] = [List::Bake, List::Slips, List::Pickups, List::Deliveries];

    /// Its address without the language.
    pub const fn path(self) -> &'static str {
        match self {
            List::Bake => "/admin/kitchen",
            List::Slips => "/admin/kitchen/slips",
            List::Pickups => "/admin/kitchen/pickups",
            List::Deliveries => "/admin/kitchen/deliveries",
        }
    }

    /// Its name.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            List::Bake => text::kitchen::bake(l),
            List::Slips => text::kitchen::slips(l),
            List::Pickups => text::kitchen::pickups(l),
            List::Deliveries => text::kitchen::deliveries(l),
        }
    }

    fn address(self, l: Locale, day: Day, paper: Paper) -> String {
        format!("{}?day={day}&paper={}", href(l, self.path()), paper.name())
    }
}

/// The head of a list for a day: the lists, the day, the paper, and the button.
#[component]
pub fn DayHead(
    /// The language of the page.
    l: Locale,
    /// Which list this is.
    list: List,
    /// Of which day.
    day: Day,
    /// The day that it is now.
    today: Day,
    /// On which paper.
    paper: Paper,
) -> impl IntoView {
    let lists = List::ALL.map(|other| {
        view! {
            <a class="chip" href=other.address(l, day, paper) aria-current=(other == list).then_some("page")>
                {other.label(l)}
            </a>
        }
    });
    let days = [(today, text::kitchen::today(l)), (today.next(), text::kitchen::tomorrow(l))].map(
        |(other, label)| {
            view! {
                <a class="chip" href=list.address(l, other, paper) aria-current=(other == day).then_some("date")>
                    {label}
                </a>
            }
        },
    );
    view! {
        <h1>{list.label(l)}</h1>
        <nav class="chips" aria-label=text::kitchen::views(l)>
            {lists.collect_view()}
        </nav>
        <div class="kitchen-bar">
            <nav class="kitchen-days" aria-label=text::kitchen::day(l)>
                {days.collect_view()}
            </nav>
            <form class="kitchen-day" method="get" action=href(l, list.path())>
                <label class="quiet" for="day">
                    {text::kitchen::day(l)}
                </label>
                <input id="day" type="date" name="day" value=day.to_string() />
                <input type="hidden" name="paper" value=paper.name() />
                <button class="button button-quiet">{text::kitchen::show(l)}</button>
            </form>
            <Printing l paper address=move |paper| list.address(l, day, paper) />
        </div>
    }
    .into_any()
}

/// The paper to choose, and the button. Without JavaScript the browser's own menu prints.
#[component]
pub fn Printing(
    /// The language of the page.
    l: Locale,
    /// The one that is chosen.
    paper: Paper,
    /// The address of this page for another one.
    address: impl Fn(Paper) -> String,
) -> impl IntoView {
    let papers = Paper::ALL.map(|other| {
        view! {
            <a class="chip" href=address(other) aria-current=(other == paper).then_some("true")>
                {other.label(l)}
            </a>
        }
    });
    view! {
        <div class="kitchen-print">
            <nav class="kitchen-days" aria-label=text::kitchen::paper(l)>
                {papers.collect_view()}
            </nav>
            <button id="print" type="button" class="button" data-print hidden>
                {text::kitchen::print(l)}
            </button>
            <p class="hint">{text::kitchen::print_hint(l)}</p>
        </div>
    }
    .into_any()
}

/// The address of the slip of one order.
pub fn slip_of(l: Locale, order: &str, paper: Paper) -> String {
    format!("{}?order={}&paper={}", href(l, List::Slips.path()), escape(order), paper.name())
}

/// What is printed.
#[component]
pub fn Sheet(
    /// On which paper.
    paper: Paper,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    view! { <div class=paper.sheet()>{children()}</div> }.into_any()
}

/// The head that only the paper shows: what it is, and for which day.
#[component]
pub fn PaperHead(
    /// The language of the page.
    l: Locale,
    /// Which list this is.
    list: List,
    /// Of which day.
    day: Day,
) -> impl IntoView {
    view! {
        <p class="paper-head" aria-hidden="true">
            <strong>{list.label(l)}</strong>
            " "
            <span>{day_name(l, day)}</span>
        </p>
        <p class="lead day-line">{text::kitchen::for_day(l, day_name(l, day))}</p>
    }
    .into_any()
}

/// The part of the dashboard that all of them belong to.
pub const PART: Part = Part::Kitchen;
