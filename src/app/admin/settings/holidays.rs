//! Closing the shop: at once, and on the days of holidays.

use super::frame::{Head, field, form, lines, optional};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part, rows::check},
        forms::action,
        i18n::locale,
        ui::{field::FieldKind, title::Title},
    },
    model::{
        closing::Holiday,
        day_words,
        locale::Locale,
        settings::{Section, Settings},
        text,
    },
};
use leptos::prelude::*;

const CLOSE: &str = "/fn/admin/settings/closed";
const ADD: &str = "/fn/admin/settings/holidays/add";
const REMOVE: &str = "/fn/admin/settings/holidays/remove";

/// The page.
#[component]
pub fn HolidaysPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::holidays(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <Closing l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn Closing(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let all = [CLOSE, ADD, REMOVE].map(Filled::of);
    let mark = settings.mark(Section::Holidays);
    let holidays =
        settings.facts.holidays.iter().cloned().enumerate().filter(|(_, day)| day.to >= settings.today);
    let rows = holidays
        .map(|(number, holiday)| view! { <Row l csrf=csrf.clone() mark=mark.clone() number holiday /> })
        .collect::<Vec<_>>();
    view! {
        <Head l title=text::settings::holidays(l).to_owned() forms=all.to_vec() />
        <h2>{text::settings::close_now(l)}</h2>
        <Now l csrf=csrf.clone() settings=settings.clone() />
        <h2>{text::settings::days_off(l)}</h2>
        <p class="hint">{text::settings::days_off_hint(l)}</p>
        {(!rows.is_empty()).then(|| view! { <ul class="desk-rows">{rows}</ul> })}
        <Add l csrf settings=settings.clone() />
    }
    .into_any()
}

/// The switch.
#[component]
fn Now(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(CLOSE);
    let closed = settings.facts.closed.clone().filter(|closed| closed.holds_on(settings.today));
    let text = closed.as_ref().and_then(|closed| closed.text.clone());
    let until =
        closed.as_ref().and_then(|closed| closed.until).map(|day| day.to_string()).unwrap_or_default();
    let ro = text.as_ref().map(|text| text.ro.clone()).unwrap_or_default();
    let en = text.and_then(|text| text.en).unwrap_or_default();
    let label = optional(l, text::settings::text_for_customers(l));
    let date = FieldKind { kind: "date", ..FieldKind::default() };
    view! {
        {form(CLOSE, csrf, Section::Closed, &settings, &filled, "settings-closed", view! {
            <div class="checks desk-form-wide">
                {check("closed", text::settings::closed_switch(l), l, &filled, closed.is_some())}
            </div>
            {field(l, &filled, "closed_text_ro", &text::settings::in_ro(l, &label), "", &ro, lines(300))}
            {field(l, &filled, "closed_text_en", &text::settings::in_en(l, &label), "", &en, lines(300))}
            {field(
                l,
                &filled,
                "closed_until",
                &optional(l, text::settings::closed_until(l)),
                text::settings::closed_until_hint(l),
                &until,
                date,
            )}
            <div class="row desk-form-wide">
                <button class="button button-big" id="save-closed">
                    {text::admin::save(l)}
                </button>
            </div>
        })}
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, mark: String, number: usize, holiday: Holiday) -> impl IntoView {
    let days = day_words::range(l, holiday.from, holiday.to);
    let text = holiday.text.map(|text| text.get(l).to_owned()).unwrap_or_default();
    view! {
        <li class="desk-row entry-row" data-testid="holiday">
            <div class="row-text">
                <strong>{days.clone()}</strong>
                <span class="hint">{text}</span>
            </div>
            <form class="entry-turns" method="post" action=action(REMOVE) data-live="desk">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="mark" value=mark />
                <input type="hidden" name="number" value=number />
                <button class="button button-quiet button-small" id=format!("remove-{number}")>
                    {text::settings::remove(l)}
                    <span class="quiet">{format!(": {days}")}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}

#[component]
fn Add(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(ADD);
    let show = |name, label: &str, hint: &str, kind| field(l, &filled, name, label, hint, "", kind);
    let date = || FieldKind { kind: "date", ..FieldKind::default() };
    let label = optional(l, text::settings::text_for_customers(l));
    view! {
        {form(ADD, csrf, Section::Holidays, &settings, &filled, "settings-holiday", view! {
            {show("from", text::settings::first_day(l), "", date())}
            {show("to", &optional(l, text::settings::last_day(l)), text::settings::last_day_hint(l), date())}
            {show("text_ro", &text::settings::in_ro(l, &label), "", lines(300))}
            {show("text_en", &text::settings::in_en(l, &label), "", lines(300))}
            <div class="row desk-form-wide">
                <button class="button button-big" id="add-holiday">
                    {text::settings::add_holiday(l)}
                </button>
            </div>
        })}
    }
    .into_any()
}
