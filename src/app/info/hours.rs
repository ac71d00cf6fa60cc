//! The week's opening hours as a table, and whether the shop is open now.

use crate::model::{
    locale::Locale,
    opening_hours::{Interval, OpeningHours, Openness, Weekday},
    text,
};
use leptos::prelude::*;

/// The table, and the sentence above it.
#[component]
pub fn Hours(
    /// The language of the page.
    l: Locale,
    /// The hours.
    hours: OpeningHours,
    /// Open or closed, as the server's clock says.
    openness: Option<Openness>,
) -> impl IntoView {
    let rows = Weekday::ALL.map(|day| {
        view! {
            <tr>
                <th scope="row">{name(day, l)}</th>
                <td>{times(hours.of(day), l)}</td>
            </tr>
        }
    });
    let now = openness.map(|openness| {
        let open = matches!(openness, Openness::Open { .. });
        view! {
            <p class="open-now" data-open=open.to_string() data-testid="open-now">
                {sentence(openness, l)}
            </p>
        }
    });
    view! {
        {now}
        <table class="hours">
            <caption>{text::info::hours(l)}</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The name of a day, in the middle of a sentence.
fn name(day: Weekday, l: Locale) -> &'static str {
    text::info::days(l).split(' ').nth(day.place()).unwrap_or_default()
}

fn times(hours: &[Interval], l: Locale) -> String {
    if hours.is_empty() {
        return text::info::closed(l).to_owned();
    }
    let times = hours.iter().map(|time| format!("{}–{}", time.opens(), time.closes()));
    times.collect::<Vec<_>>().join(", ")
}

/// `Open now, until 13:00`, `Closed now, opens tomorrow at 08:00`.
pub fn sentence(openness: Openness, l: Locale) -> String {
    match openness {
        Openness::Open { until } => text::info::open_now(l, until),
        Openness::Closed { days, day, opens } => {
            let when = match days {
                0 => text::info::today(l),
                1 => text::info::tomorrow(l),
                _ => text::info::on_days(l).split(' ').nth(day.place()).unwrap_or_default(),
            };
            text::info::closed_now(l, opens, when.replace('_', " "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::opening_hours::TimeOfDay;

    #[test]
    fn sentences() {
        let opens = TimeOfDay::parse("08:00").unwrap();
        let closed = |days, day| Openness::Closed { days, day, opens };
        assert_eq!(sentence(Openness::Open { until: opens }, Locale::Ro), "Deschis acum, până la 08:00.");
        assert_eq!(sentence(closed(0, Weekday::Monday), Locale::Ro), "Închis acum, deschidem azi la 08:00.");
        assert_eq!(
            sentence(closed(3, Weekday::Saturday), Locale::Ro),
            "Închis acum, deschidem sâmbătă la 08:00."
        );
        assert_eq!(
            sentence(closed(1, Weekday::Tuesday), Locale::En),
            "Closed now, we open tomorrow at 08:00."
        );
        assert_eq!(
            sentence(closed(4, Weekday::Tuesday), Locale::En),
            "Closed now, we open on Tuesday at 08:00."
        );
    }

    #[test]
    fn a_day_may_have_several_times_or_none() {
        let times = |list: &[&str]| {
            let list: Vec<_> = list.iter().map(|text| Interval::parse(text).unwrap()).collect();
            super::times(&list, Locale::Ro)
        };
        assert_eq!(times(&["8:00-13:00", "15:00-19:00"]), "08:00–13:00, 15:00–19:00");
        assert_eq!(times(&[]), "închis");
    }
}
