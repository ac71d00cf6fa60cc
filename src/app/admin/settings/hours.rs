//! The opening hours of the week: some stretches for each day.

use super::frame::{Head, Save, form};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part},
        i18n::locale,
        ui::title::Title,
    },
    model::{
        locale::Locale,
        opening_hours::{OpeningHours, Weekday},
        settings::{HoursForm, Section, Settings},
        text,
    },
};
use leptos::prelude::*;

const SAVE: &str = "/fn/admin/settings/hours";

/// The page.
#[component]
pub fn HoursPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::hours(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <Week l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn Week(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let hours = settings.facts.hours.clone().unwrap_or_default();
    let days = Weekday::ALL
        .map(|weekday| view! { <Day l weekday hours=hours.clone() filled=filled.clone() /> })
        .collect_view();
    view! {
        <Head l title=text::settings::hours(l).to_owned() forms=vec![filled.clone()] />
        <p class="hint">{text::settings::hours_hint(l)}</p>
        {form(SAVE, csrf, Section::Hours, &settings, &filled, "settings-hours", view! {
            {days}
            <Save l id="save-hours" />
        })}
    }
    .into_any()
}

#[component]
fn Day(l: Locale, weekday: Weekday, hours: OpeningHours, filled: Filled) -> impl IntoView {
    let day = day_name(weekday, l);
    let error = filled.error(&format!("hours_{}", weekday.name()), l);
    let value = |stretch: usize, end: &str| {
        let interval = hours.of(weekday).get(stretch);
        let stored = interval.map(|interval| match end {
            "opens" => interval.opens().to_string(),
            // A clock shows the end of a day as the beginning of the next.
            _ => interval.closes().to_string().replace("24:00", "00:00"),
        });
        let name = format!("hours[{}]", HoursForm::field(weekday, stretch, end));
        (filled.value(&name, &stored.unwrap_or_default()), name)
    };
    // One more than there are, so that another can be added.
    let typed = (0..HoursForm::MOST).filter(|stretch| !value(*stretch, "opens").0.is_empty()).count();
    let rows = (0..(typed + 1).clamp(2, HoursForm::MOST))
        .map(|stretch| {
            let time = |end: &'static str, label: &'static str| {
                let (value, name) = value(stretch, end);
                let id = format!("{}-{stretch}-{end}", weekday.name());
                view! {
                    <label class="stretch-end">
                        <span>{label}</span>
                        <input
                            type="time"
                            id=id
                            name=name
                            value=value
                            aria-label=format!("{day}, {label}, {}", stretch + 1)
                            aria-invalid=error.is_some().then_some("true")
                        />
                    </label>
                }
            };
            view! {
                <div class="stretch">
                    {time("opens", text::settings::from_time(l))} {time("closes", text::settings::to_time(l))}
                </div>
            }
        })
        .collect_view();
    let now = filled.stale().then(|| text::admin::now(l, times(l, &hours, weekday)));
    view! {
        <fieldset class="day-hours">
            <legend>{day}</legend>
            {now.map(|now| view! { <p class="hint">{now}</p> })}
            {rows}
            {error.clone().map(|error| view! { <p class="error">{error}</p> })}
        </fieldset>
    }
    .into_any()
}

fn day_name(weekday: Weekday, l: Locale) -> String {
    let name = text::info::days(l).split(' ').nth(weekday.place()).unwrap_or_default();
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), signs.as_str()))
}

fn times(l: Locale, hours: &OpeningHours, weekday: Weekday) -> String {
    let all: Vec<String> = hours.of(weekday).iter().map(ToString::to_string).collect();
    if all.is_empty() { text::info::closed(l).to_owned() } else { all.join(", ") }
}

/// The days on which somebody is there.
pub fn summary(l: Locale, hours: &OpeningHours) -> String {
    let open = Weekday::ALL.into_iter().filter(|weekday| !hours.of(*weekday).is_empty());
    open.map(|weekday| day_name(weekday, l)).collect::<Vec<_>>().join(", ")
}
