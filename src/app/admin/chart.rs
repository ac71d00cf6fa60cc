//! Bars, drawn by the server. The words stand beside the drawing, not in it, so that they stay as
//! large as all others on a phone; a table behind it has every number.

use crate::model::{locale::Locale, text};
use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// How high it is; never below zero.
    pub value: i64,
}

/// How high a drawing is, in units of its own.
const HEIGHT: i64 = 1000;
/// A bar with the gap behind it, and without.
const STEP: i64 = 10;
const WIDTH: i64 = 8;

/// The top of a scale for values up to `most`: 1, 2, 2.5 or 5 times a power of ten that is not below
/// it, so that its half is round, too.
pub fn top(most: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for tenths in [10, 20, 25, 50] {
            // Below ten there are only whole steps.
            let top = power.saturating_mul(tenths) / 10;
            if top >= most && (tenths != 25 || power >= 10) {
                return top.max(1);
            }
        }
        power = match power.checked_mul(10) {
            Some(power) => power,
            None => return i64::MAX,
        };
    }
}

/// How high a bar of this value is drawn; something is never nothing.
pub fn height(value: i64, top: i64) -> i64 {
    if value <= 0 || top <= 0 {
        return 0;
    }
    let exact = i128::from(value) * i128::from(HEIGHT) / i128::from(top);
    i64::try_from(exact).unwrap_or(HEIGHT).clamp(4, HEIGHT)
}

/// The bars as one path: a year of days is no heap of elements.
fn path(bars: &[Bar], top: i64) -> String {
    use std::fmt::Write;
    let mut path = String::new();
    for (place, bar) in (0_i64..).zip(bars) {
        let (left, height) = (place * STEP + (STEP - WIDTH) / 2, height(bar.value, top));
        if height > 0 {
            let _ = write!(path, "M{left} {HEIGHT}v-{height}h{WIDTH}v{height}z");
        }
    }
    path
}

/// A chart of bars, with its table.
#[component]
pub fn Chart(
    /// The language of the page.
    l: Locale,
    /// Its id in the page.
    id: &'static str,
    /// What it shows.
    title: String,
    /// The bars, the earliest first.
    bars: Vec<Bar>,
    /// What a name is of, and what a value is of: the heads of the table.
    heads: [&'static str; 2],
    /// Writes a value.
    write: fn(Locale, i64) -> String,
) -> impl IntoView {
    let most = bars.iter().max_by_key(|bar| bar.value).cloned();
    let sum: i64 = bars.iter().map(|bar| bar.value).sum();
    let summary = match &most {
        Some(most) if most.value > 0 => {
            text::figures::chart_summary(l, write(l, most.value), write(l, sum), &most.name)
        }
        _ => text::figures::chart_empty(l).to_owned(),
    };
    let top = top(most.map_or(0, |most| most.value));
    let across = STEP * i64::try_from(bars.len().max(1)).unwrap_or(1);
    let ends = [bars.first(), bars.get(bars.len() / 2).filter(|_| bars.len() > 2), bars.last()];
    let ends = ends
        .into_iter()
        .flatten()
        .take(bars.len())
        .map(|bar| view! { <span>{bar.name.clone()}</span> })
        .collect_view();
    let [title_id, labelled, drawn] = [(); 3].map(|()| format!("{id}-title"));
    let [said_id, described] = [(); 2].map(|()| format!("{id}-said"));
    let drawing = path(&bars, top);
    let rows = bars
        .into_iter()
        .map(|bar| {
            view! {
                <tr>
                    <th scope="row">{bar.name}</th>
                    <td>{write(l, bar.value)}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <section class="panel chart" aria-labelledby=labelled data-testid=id>
            <h2 id=title_id>{title}</h2>
            <p class="hint" id=said_id>
                {summary}
            </p>
            <div class="chart-frame">
                <div class="chart-scale" aria-hidden="true">
                    <span>{write(l, top)}</span>
                    <span>{write(l, top / 2)}</span>
                    <span>{write(l, 0)}</span>
                </div>
                <svg
                    class="chart-bars"
                    role="img"
                    aria-labelledby=drawn
                    aria-describedby=described
                    viewBox=format!("0 0 {across} {HEIGHT}")
                    preserveAspectRatio="none"
                    focusable="false"
                >
                    <path class="chart-line" d=format!("M0 0H{across}M0 {}H{across}M0 {HEIGHT}H{across}", HEIGHT / 2) />
                    <path class="chart-bar" d=drawing />
                </svg>
                <div class="chart-ends" aria-hidden="true">
                    {ends}
                </div>
            </div>
            <details class="chart-table">
                <summary>{text::figures::table(l)}</summary>
                <table>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scales_are_round() {
        for (most, expected) in [
            (0, 1),
            (1, 1),
            (2, 2),
            (3, 5),
            (6, 10),
            (11, 20),
            (23, 25),
            (26, 50),
            (999, 1000),
            (2_200_000, 2_500_000),
        ] {
            assert_eq!(top(most), expected, "{most}");
        }
    }

    #[test]
    fn bars_stand_on_the_ground_beside_each_other() {
        let bar = |value| Bar { name: String::new(), value };
        assert_eq!(path(&[bar(5), bar(0), bar(10)], 10), "M1 1000v-500h8v500zM21 1000v-1000h8v1000z");
        assert_eq!(path(&[], 1), "");
    }

    proptest! {
        #[test]
        fn a_scale_holds_every_value_and_wastes_little(most in 1..1_000_000_000_000_i64) {
            let top = top(most);
            prop_assert!(top >= most && (top <= most * 2 + most / 2 || top <= 5), "{} for {}", top, most);
        }

        #[test]
        fn a_higher_value_is_no_lower_bar(a in 0..i64::MAX, b in 0..i64::MAX) {
            let top = top(a.max(b));
            let (low, high) = (height(a.min(b), top), height(a.max(b), top));
            prop_assert!((0..=HEIGHT).contains(&low) && low <= high && high <= HEIGHT);
            prop_assert_eq!(low == 0, a.min(b) == 0);
        }
    }
}
