//! Why an order is given up: the producer chooses, the customer may be told.

use super::{
    error::AppError,
    field::{FieldError, FieldErrors, optional_text},
    locale::Locale,
    order_record::Cancelled,
    text,
};
use serde::{Deserialize, Serialize};

/// Why an order is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The customer asked for it.
    Asked,
    /// Something of it cannot be made in time.
    SoldOut,
    /// The customer cannot be reached.
    NotReached,
    /// It cannot be brought there.
    TooFar,
    /// The shop is closed that day.
    Closed,
    /// It was no real order.
    Mistake,
    /// Anything else; the words beside it say what.
    Other,
}

use CancelReason::{Asked, Closed, Mistake, NotReached, Other, SoldOut, TooFar};

impl CancelReason {
    /// All, in the order of the list.
    pub const ALL: [CancelReason; 7] = [Asked, SoldOut, NotReached, TooFar, Closed, Mistake, Other];

    /// The name in the database and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Asked => "asked",
            SoldOut => "sold_out",
            NotReached => "not_reached",
            TooFar => "too_far",
            Closed => "closed",
            Mistake => "mistake",
            Other => "other",
        }
    }

    /// The reason of exactly this name.
    pub fn from_name(name: &str) -> Option<CancelReason> {
        CancelReason::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// For the producer.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Asked => text::order_desk::reason_asked(l),
            SoldOut => text::order_desk::reason_sold_out(l),
            NotReached => text::order_desk::reason_not_reached(l),
            TooFar => text::order_desk::reason_too_far(l),
            Closed => text::order_desk::reason_closed(l),
            Mistake => text::order_desk::reason_mistake(l),
            Other => text::order_desk::reason_other(l),
        }
    }

    /// The friendly sentence for the customer. The producer's own words are never sent.
    pub const fn told(self, l: Locale) -> &'static str {
        match self {
            Asked => text::order_desk::told_asked(l),
            SoldOut => text::order_desk::told_sold_out(l),
            NotReached => text::order_desk::told_not_reached(l),
            TooFar => text::order_desk::told_too_far(l),
            Closed => text::order_desk::told_closed(l),
            Mistake => text::order_desk::told_mistake(l),
            Other => text::order_desk::told_other(l),
        }
    }
}

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelForm {
    /// See [`CancelReason::name`].
    pub reason: String,
    /// More about it, for the desk alone.
    pub words: String,
    /// Tell the customer?
    pub tell: bool,
}

impl CancelForm {
    /// The most characters of the words.
    pub const MAX_WORDS: u32 = 500;

    /// The one check.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<Cancelled, AppError> {
        let mut errors = FieldErrors::default();
        let reason = match self.reason.trim() {
            "" => Err(FieldError::Required),
            name => CancelReason::from_name(name).ok_or(FieldError::Choice),
        };
        let reason = errors.check("reason", reason);
        let words = errors.check("words", optional_text(&self.words, Self::MAX_WORDS));
        // "Something else" alone says nothing to who asks later.
        if reason == Some(Other) && words == Some(None) {
            errors.add("words", FieldError::Required);
        }
        match (reason, words) {
            (Some(reason), Some(words)) if errors.is_empty() => {
                Ok(Cancelled { reason, told: self.tell, words })
            }
            _ => Err(AppError::Fields { errors }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_every_reason_has_its_sentences() {
        for reason in CancelReason::ALL {
            assert_eq!(CancelReason::from_name(reason.name()), Some(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
            for l in Locale::ALL {
                assert!(!reason.label(l).is_empty() && reason.told(l).ends_with('.'), "{reason:?}");
            }
        }
        assert_eq!(CancelReason::from_name("Asked"), None);
    }

    #[test]
    fn a_reason_must_be_given_and_anything_else_be_said() {
        let form =
            |reason: &str, words: &str| CancelForm { reason: reason.into(), words: words.into(), tell: true };
        let wrong = |reason, words| match form(reason, words).parse() {
            Err(AppError::Fields { errors }) => errors.0.into_keys().collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong("", ""), ["reason"]);
        assert_eq!(wrong("because", ""), ["reason"]);
        assert_eq!(wrong("other", " "), ["words"]);
        assert_eq!(wrong("asked", &"x".repeat(501)), ["words"]);
        let why = form("asked", "").parse().unwrap();
        assert_eq!(why, Cancelled { reason: Asked, told: true, words: None });
    }
}
