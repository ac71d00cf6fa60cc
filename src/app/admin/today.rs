//! Today: what is to be done now.

use super::{
    api::board::{Desk as Loaded, load_board},
    board::{Lanes, MOVE, Together, UNDO},
    desk::{Desk, this_page},
    failed_messages::SmsAlarms,
    faults::FaultAlarm,
    header::Part,
    moved::Moved,
    ticket::Frame,
    way::board as clean,
    words::{capital, long_day, orders},
};
use crate::{
    app::{
        forms::FormReplay,
        i18n::href,
        ui::{empty::Empty, title::Title},
    },
    model::{board::Board, checkout::DeliveryType, day::Day, locale::Locale, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
struct Asked {
    delivery: String,
    day: String,
    q: String,
    moved: String,
    refused: String,
    to: String,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Asked {
            delivery: given("delivery"),
            day: given("day"),
            q: given("q"),
            moved: given("moved"),
            refused: given("refused"),
            to: given("to"),
        }
    }

    fn filtered(&self) -> bool {
        [&self.delivery, &self.day, &self.q].iter().any(|value| !value.is_empty())
    }
}

/// The board of the day.
#[component]
pub fn TodayPage() -> impl IntoView {
    let asked = Asked::here();
    let Asked { delivery, day, q, moved, refused, to } = asked.clone();
    let load = move |()| {
        load_board(delivery.clone(), day.clone(), q.clone(), moved.clone(), refused.clone(), to.clone())
    };
    let loaded = Resource::new(|| (), load);
    view! {
        <Desk
            part=Part::Today
            loaded
            show=move |l, csrf, desk| view! { <Whole l csrf asked desk /> }
        />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, csrf: String, asked: Asked, desk: Loaded) -> impl IntoView {
    let (board, sms, failed) = (desk.board.clone(), desk.sms, desk.failed);
    let frame =
        Frame { l, csrf, page: href(l, &clean(&this_page())), at: board.at, today: Day::of(board.now) };
    let new = board.new_orders();
    let count: usize = board
        .open
        .iter()
        .filter(|lane| lane.status != OrderStatus::Pending)
        .map(|lane| lane.orders.len())
        .sum();
    let title = format!("{} · {}", text::desk::today(l), text::shop::name(l));
    let title = if new > 0 { format!("({new}) {title}") } else { title };
    let lead = text::board::lead(
        l,
        orders(l, u64::try_from(count).unwrap_or(u64::MAX)),
        capital(&long_day(l, frame.today)),
    );
    let (page, undo, since) = (frame.page.clone(), frame.action(UNDO), board.at.0.to_string());
    let nothing = board.open.iter().all(|lane| lane.orders.is_empty());
    let empty = nothing.then(|| view! { <Nothing l filtered=asked.filtered() /> });
    view! {
        <Title text=title />
        <div class="desk-head">
            <h1>{text::desk::today(l)}</h1>
            <Switches l />
        </div>
        <SmsAlarms l watch=sms />
        <FaultAlarm l failed />
        <Filters l asked />
        <Moved frame=frame.clone() desk />
        <div
            id="board"
            data-page=page
            data-since=since
            data-undo=undo
            data-only-next=text::board::only_next(l)
        >
            <div id="board-lead" data-part="">
                <p class="hint" data-testid="lead">{lead}</p>
                {empty}
            </div>
            <Together frame=frame.clone() />
            <Jumps l board=board.clone() />
            <Lanes frame board ticked=ticked() />
        </div>
        <p class="hint board-keys">{text::board::keys(l)}</p>
    }
    .into_any()
}

/// The boxes that were ticked in a form that was refused.
fn ticked() -> Vec<String> {
    FormReplay::of(MOVE).map(|refused| refused.names()).unwrap_or_default()
}

/// What JavaScript can do besides; without it these stay hidden.
#[component]
fn Switches(l: Locale) -> impl IntoView {
    let switch = |what: &'static str, label: &'static str| {
        view! {
            <button type="button" class="switch" role="switch" aria-checked="false" id=format!("switch-{what}") data-switch=what hidden>
                <span class="switch-knob" aria-hidden="true"></span>
                {label}
            </button>
        }
    };
    view! {
        <div class="switches" data-refused=text::board::refused_notify(l)>
            {switch("sound", text::board::sound(l))}
            {switch("notify", text::board::notify(l))}
        </div>
    }
}

#[component]
fn Filters(l: Locale, asked: Asked) -> impl IntoView {
    let filtered = asked.filtered();
    let choice = |value: &'static str, label: &'static str| {
        view! {
            <option value=value selected=asked.delivery == value>
                {label}
            </option>
        }
    };
    let clear = filtered.then(|| {
        view! {
            <a class="button button-quiet" href=href(l, Part::Today.path())>
                {text::board::clear(l)}
            </a>
        }
    });
    view! {
        <form class="board-filters" method="get" action=href(l, Part::Today.path()) role="search">
            <p class="field">
                <label for="q">{text::board::search(l)}</label>
                <input id="q" name="q" type="search" value=asked.q.clone() maxlength="80" autocomplete="off" enterkeyhint="search" />
            </p>
            <p class="field">
                <label for="delivery">{text::board::how(l)}</label>
                <select id="delivery" name="delivery">
                    {choice("", text::board::any_way(l))}
                    {choice(DeliveryType::Pickup.name(), text::admin::by_pickup(l))}
                    {choice(DeliveryType::Delivery.name(), text::admin::by_delivery(l))}
                </select>
            </p>
            <p class="field">
                <label for="day">{text::board::for_day(l)}</label>
                <input id="day" name="day" type="date" value=asked.day.clone() />
            </p>
            <p class="board-show">
                <button class="button">{text::board::show(l)}</button>
                {clear}
            </p>
        </form>
    }
    .into_any()
}

/// On phones the lanes stand below each other.
#[component]
fn Jumps(l: Locale, board: Board) -> impl IntoView {
    let jumps = Board::OPEN
        .into_iter()
        .skip(1)
        .map(|status| {
            let count = board.lane(status).map_or(0, |lane| lane.orders.len());
            view! {
                <a class="chip" href=format!("#lane-{}", status.name())>
                    {status.label(l)}
                    " "
                    <span class="chip-count">{count}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <nav id="board-jumps" class="chips board-jumps" aria-label=text::board::lanes(l) data-part="">
            {jumps}
        </nav>
    }
}

#[component]
fn Nothing(l: Locale, filtered: bool) -> impl IntoView {
    let (title, hint) = if filtered {
        (text::board::nothing_found(l), text::board::nothing_found_hint(l))
    } else {
        (text::board::nothing(l), text::board::nothing_hint(l))
    };
    view! {
        <Empty title=title.to_owned() hint=hint.to_owned()>
            <a class="button button-quiet" href=href(l, Part::Orders.path())>
                {text::board::all_orders(l)}
            </a>
        </Empty>
    }
}
