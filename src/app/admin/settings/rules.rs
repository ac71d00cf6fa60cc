//! How long before an order must come, and how far ahead one can order.

use super::frame::{Head, Save, form, line, optional};
use crate::{
    app::{
        admin::{api::settings::load_settings, desk::Desk, filled::Filled, header::Part},
        i18n::locale,
        ui::{
            field::{FieldKind, TextField},
            title::Title,
        },
    },
    model::{
        locale::Locale,
        order_rules::OrderRules,
        settings::{Section, Settings},
        text,
    },
};
use leptos::prelude::*;

const SAVE: &str = "/fn/admin/settings/rules";

/// The page.
#[component]
pub fn RulesPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_settings());
    view! {
        <Title text=format!("{} · {}", text::settings::rules(l), text::shop::name(l)) />
        <Desk part=Part::Settings loaded show=move |l, csrf, settings| view! { <Rules l csrf settings /> } />
    }
    .into_any()
}

#[component]
fn Rules(l: Locale, csrf: String, settings: Settings) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let rules = settings.facts.rules.unwrap_or_default();
    let number = || FieldKind { inputmode: "numeric", ..line(3) };
    // The errors of a field are those of the rule that it is.
    let renamed = |name: &'static str, label: &str, hint: &str, stored: &str, kind: FieldKind| {
        let value = filled.value(name, stored);
        let now = filled.now(&value, stored, l);
        let hint = format!("{hint} {now}").trim().to_owned();
        let error = filled.error(&format!("rules_{name}"), l);
        view! { <TextField name label=label.to_owned() value hint error kind /> }
    };
    let cut_off = rules.cut_off.map(|time| time.to_string()).unwrap_or_default();
    view! {
        <Head l title=text::settings::rules(l).to_owned() forms=vec![filled.clone()] />
        <p class="hint">{text::settings::rules_hint(l)}</p>
        {form(SAVE, csrf, Section::Rules, &settings, &filled, "settings-rules", view! {
            <fieldset>
                <legend>{text::settings::lead(l)}</legend>
                {renamed("lead_days", text::settings::lead_days(l), text::settings::lead_days_hint(l), &rules.lead_days.to_string(), number())}
                {renamed("lead_hours", text::settings::lead_hours(l), text::settings::lead_hours_hint(l), &rules.lead_hours.to_string(), number())}
            </fieldset>
            <fieldset>
                <legend>{text::settings::until_when(l)}</legend>
                {renamed("cut_off", &optional(l, text::settings::cut_off(l)), text::settings::cut_off_hint(l), &cut_off, FieldKind { kind: "time", ..line(5) })}
                {renamed("days_ahead", text::settings::days_ahead(l), text::settings::days_ahead_hint(l), &rules.days_ahead.to_string(), number())}
            </fieldset>
            <Save l id="save-rules" />
        })}
    }
    .into_any()
}

/// The rules in one sentence.
pub fn summary(l: Locale, rules: &OrderRules) -> String {
    let lead = text::settings::lead_summary(l, rules.lead_days, rules.lead_hours);
    let cut_off = rules.cut_off.map(|time| text::settings::cut_off_summary(l, time));
    [Some(lead), cut_off].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
