//! What messages to customers say: the producer's own words with places for what differs from order
//! to order, one text for each occasion and language.

use super::{
    cancel_reason::CancelReason,
    day::Day,
    field::{FieldError, FieldErrors, optional_text},
    locale::Locale,
    message::Occasion,
    sms_text::{SmsSize, plain},
    text,
};
use serde::{Deserialize, Serialize};

/// Something that differs from order to order, written `{number}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// The order's number.
    Number,
    /// Who ordered.
    Name,
    /// What the shop is called.
    Shop,
    /// When the customer gets it.
    Day,
    /// Where it is picked up, or the area it is brought to.
    Place,
    /// Why it was cancelled.
    Reason,
}

impl Placeholder {
    /// All.
    pub const ALL: [Placeholder; 6] = [
        Placeholder::Number,
        Placeholder::Name,
        Placeholder::Shop,
        Placeholder::Day,
        Placeholder::Place,
        Placeholder::Reason,
    ];

    /// As it is written between braces.
    pub const fn name(self) -> &'static str {
        match self {
            Placeholder::Number => "number",
            Placeholder::Name => "name",
            Placeholder::Shop => "shop",
            Placeholder::Day => "day",
            Placeholder::Place => "place",
            Placeholder::Reason => "reason",
        }
    }

    /// What it stands for, for the producer.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Placeholder::Number => text::order_desk::slot_number(l),
            Placeholder::Name => text::order_desk::slot_name(l),
            Placeholder::Shop => text::order_desk::slot_shop(l),
            Placeholder::Day => text::order_desk::slot_day(l),
            Placeholder::Place => text::order_desk::slot_place(l),
            Placeholder::Reason => text::order_desk::slot_reason(l),
        }
    }

    /// Those that a message may use: only a cancelled order has a reason.
    pub fn of(occasion: Occasion) -> impl Iterator<Item = Placeholder> {
        Placeholder::ALL
            .into_iter()
            .filter(move |slot| *slot != Placeholder::Reason || occasion == Occasion::Cancelled)
    }
}

/// What stands in the places of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The order's number.
    pub number: String,
    /// Who ordered.
    pub name: String,
    /// What the shop is called.
    pub shop: String,
    /// The day of the order, if it has one.
    pub day: Option<Day>,
    /// The place of the order, if it has one.
    pub place: Option<String>,
    /// Why it was cancelled, if the customer is to know.
    pub reason: Option<CancelReason>,
}

impl Values {
    /// Of an order like many, to show how a message will look.
    pub fn sample(l: Locale, shop: String) -> Values {
        Values {
            number: "VK7-3MQ9".to_owned(),
            name: text::order_desk::sample_name(l).to_owned(),
            shop,
            day: Day::new(2026, 12, 24),
            place: Some(text::order_desk::sample_place(l).to_owned()),
            reason: Some(CancelReason::SoldOut),
        }
    }

    fn get(&self, slot: Placeholder, l: Locale) -> String {
        match slot {
            Placeholder::Number => self.number.clone(),
            Placeholder::Name => self.name.clone(),
            Placeholder::Shop => self.shop.clone(),
            Placeholder::Day => {
                self.day.map_or_else(|| text::order_desk::some_day(l).to_owned(), |day| in_words(day, l))
            }
            Placeholder::Place => {
                self.place.clone().unwrap_or_else(|| text::order_desk::some_place(l).to_owned())
            }
            Placeholder::Reason => self.reason.map(|reason| reason.told(l).to_owned()).unwrap_or_default(),
        }
    }
}

/// `joi, 24 decembrie`.
pub fn in_words(day: Day, l: Locale) -> String {
    let (_, month, number) = day.numbers();
    let weekday = text::info::days(l).split(' ').nth(day.weekday().place()).unwrap_or_default();
    let month = text::date::months(l).split(' ').nth(usize::from(month.saturating_sub(1)));
    let weekday = if l == Locale::Ro { weekday.to_lowercase() } else { weekday.to_owned() };
    format!("{weekday}, {number} {}", month.unwrap_or_default())
}

/// A text whose places are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Slot(Placeholder),
}

impl Template {
    /// The most characters of a text.
    pub const MAX: u32 = 480;

    /// The most SMS that a message may be.
    pub const SEGMENTS: u32 = 3;

    /// Reads what was typed.
    ///
    /// # Errors
    /// [`FieldError::Placeholder`] for a place that the occasion does not have, and for a brace alone.
    pub fn parse(text: &str, occasion: Occasion) -> Result<Template, FieldError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, from) = rest.split_at(at);
            let unknown = |name: &str| FieldError::Placeholder { name: name.chars().take(40).collect() };
            let inner = from.strip_prefix('{').ok_or_else(|| unknown("}"))?;
            let (name, after) = inner.split_once('}').ok_or_else(|| unknown("{"))?;
            let slot = Placeholder::of(occasion).find(|slot| slot.name() == name.trim());
            let slot = slot.ok_or_else(|| unknown(&format!("{{{name}}}")))?;
            parts.extend((!words.is_empty()).then(|| Part::Words(words.to_owned())));
            parts.push(Part::Slot(slot));
            rest = after;
        }
        parts.extend((!rest.is_empty()).then(|| Part::Words(rest.to_owned())));
        Ok(Template(parts))
    }

    /// The message. Where nothing stands in a place, no double space is left.
    pub fn fill(&self, values: &Values, l: Locale) -> String {
        let filled: String = self
            .0
            .iter()
            .map(|part| match part {
                Part::Words(words) => words.clone(),
                Part::Slot(slot) => values.get(*slot, l),
            })
            .collect();
        let line = |line: &str| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        filled.lines().map(line).collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

/// What is said on one occasion, and whether it is said at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccasionTexts {
    /// Is it sent?
    pub on: bool,
    /// In Romanian.
    pub ro: String,
    /// In English.
    pub en: String,
}

impl OccasionTexts {
    /// In this language.
    pub fn get(&self, l: Locale) -> &str {
        match l {
            Locale::Ro => &self.ro,
            Locale::En => &self.en,
        }
    }
}

/// All that messages say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageTexts {
    /// When an order is confirmed.
    pub confirmed: OccasionTexts,
    /// When it is ready.
    pub ready: OccasionTexts,
    /// When it is cancelled.
    pub cancelled: OccasionTexts,
    /// Without the signs of Romanian, which make a message dearer?
    pub plain: bool,
}

impl Default for MessageTexts {
    /// A customer sees on the page that the order is confirmed; that it is ready, or cancelled, only a
    /// message tells.
    fn default() -> MessageTexts {
        let texts =
            |on, text: fn(Locale) -> String| OccasionTexts { on, ro: text(Locale::Ro), en: text(Locale::En) };
        MessageTexts {
            confirmed: texts(false, |l| text::order_desk::sms_confirmed(l, "{number}", "{shop}")),
            ready: texts(true, |l| text::order_desk::sms_ready(l, "{number}", "{shop}")),
            cancelled: texts(true, |l| text::order_desk::sms_cancelled(l, "{number}", "{reason}", "{shop}")),
            plain: true,
        }
    }
}

impl MessageTexts {
    /// What is said on an occasion.
    pub const fn of(&self, occasion: Occasion) -> &OccasionTexts {
        match occasion {
            Occasion::Confirmed => &self.confirmed,
            Occasion::Ready => &self.ready,
            Occasion::Cancelled => &self.cancelled,
        }
    }

    /// The one check of all texts, in their normal form. A field is called `ready_en`.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn checked(self) -> Result<MessageTexts, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut texts = |occasion: Occasion, texts: OccasionTexts| {
            let mut check = |l: Locale| {
                let field = format!("{}_{}", occasion.name(), l.tag());
                errors.check(&field, checked(texts.get(l), occasion, l, self.plain))
            };
            let (ro, en) = (check(Locale::Ro), check(Locale::En));
            Some(OccasionTexts { on: texts.on, ro: ro?, en: en? })
        };
        let confirmed = texts(Occasion::Confirmed, self.confirmed);
        let ready = texts(Occasion::Ready, self.ready);
        let cancelled = texts(Occasion::Cancelled, self.cancelled);
        match (confirmed, ready, cancelled) {
            (Some(confirmed), Some(ready), Some(cancelled)) => {
                Ok(MessageTexts { confirmed, ready, cancelled, plain: self.plain })
            }
            _ => Err(errors),
        }
    }

    /// A message as it is sent; `None` when nothing is said on this occasion.
    pub fn message(&self, occasion: Occasion, values: &Values, l: Locale) -> Option<String> {
        let texts = self.of(occasion);
        // What is stored was checked, so it is read; other hands may have changed it.
        let template = Template::parse(texts.get(l), occasion).ok().filter(|_| texts.on)?;
        Some(written(&template, values, l, self.plain)).filter(|body| !body.is_empty())
    }
}

/// A message with or without the signs of Romanian.
pub fn written(template: &Template, values: &Values, l: Locale, without_signs: bool) -> String {
    let body = template.fill(values, l);
    if without_signs { plain(&body) } else { body }
}

fn checked(text: &str, occasion: Occasion, l: Locale, without_signs: bool) -> Result<String, FieldError> {
    let text = optional_text(text, Template::MAX)?.ok_or(FieldError::Required)?;
    let template = Template::parse(&text, occasion)?;
    let sample = Values::sample(l, text::shop::name(l).to_owned());
    let size = SmsSize::of(&written(&template, &sample, l, without_signs));
    if size.segments > Template::SEGMENTS {
        return Err(FieldError::Segments { max: Template::SEGMENTS });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{sms_text::Encoding, strange};
    use proptest::prelude::*;

    fn sample(l: Locale) -> Values {
        Values::sample(l, "Vatra".into())
    }

    #[test]
    fn the_texts_of_the_house_pass_and_cost_one_or_two_sms() {
        let texts = MessageTexts::default();
        assert_eq!(texts.clone().checked(), Ok(texts.clone()));
        for l in Locale::ALL {
            for (occasion, most) in [(Occasion::Ready, 1), (Occasion::Cancelled, 2)] {
                let body = texts.message(occasion, &sample(l), l).unwrap();
                let size = SmsSize::of(&body);
                assert!(size.encoding == Encoding::Gsm7 && size.segments <= most, "{body}");
                assert!(body.contains("VK7-3MQ9") && !body.contains(['{', '}']), "{body}");
            }
            assert_eq!(texts.message(Occasion::Confirmed, &sample(l), l), None, "switched off");
        }
    }

    #[test]
    fn places_are_filled() {
        let template = Template::parse("{number}: {name}, {day}, { place }.", Occasion::Ready).unwrap();
        let filled = template.fill(&sample(Locale::Ro), Locale::Ro);
        assert_eq!(filled, "VK7-3MQ9: Ana Pop, joi, 24 decembrie, Piața Mică.");
        let values = Values { number: "N".into(), ..Values::default() };
        let template =
            Template::parse("{number} anulat. {reason} {shop}\n\nLa revedere", Occasion::Cancelled);
        assert_eq!(template.unwrap().fill(&values, Locale::Ro), "N anulat.\n\nLa revedere");
    }

    #[test]
    fn what_has_no_place_is_refused() {
        for (text, name) in [
            ("{cod}", "{cod}"),
            ("{Number}", "{Number}"),
            ("a } b", "}"),
            ("a { b", "{"),
            ("{reason}", "{reason}"),
            ("{{number}}", "{{number}"),
        ] {
            let refused = Err(FieldError::Placeholder { name: name.into() });
            assert_eq!(Template::parse(text, Occasion::Ready), refused, "{text}");
        }
        assert!(Template::parse("{reason}", Occasion::Cancelled).is_ok());
    }

    #[test]
    fn a_text_says_which_field_is_wrong() {
        let mut texts = MessageTexts::default();
        texts.ready.en = "{nobody}".into();
        texts.cancelled.ro = "ș".repeat(300);
        texts.confirmed.ro = " ".into();
        texts.plain = false;
        let errors = texts.clone().checked().unwrap_err();
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["cancelled_ro", "confirmed_ro", "ready_en"]);
        assert_eq!(errors.0["cancelled_ro"], [FieldError::Segments { max: 3 }]);
        texts.plain = true;
        assert!(!texts.checked().unwrap_err().0.contains_key("cancelled_ro"), "two SMS without the signs");
    }

    proptest! {
        #[test]
        fn what_is_read_holds_no_place_that_stays_empty(text in strange::nearly("[a-z .]{0,9}(\\{(number|shop|day|cod)\\}){0,2}[{}a-z ]{0,4}")) {
            if let Ok(template) = Template::parse(&text, Occasion::Ready) {
                let filled = template.fill(&sample(Locale::Ro), Locale::Ro);
                prop_assert!(!filled.contains(['{', '}']), "{:?}", filled);
                prop_assert!(!filled.contains("  "), "{:?}", filled);
            }
        }
    }
}
