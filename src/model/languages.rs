//! Which languages the shop offers to its customers.

use super::{
    field::{FieldError, FieldErrors},
    locale::Locale,
};
use serde::{Deserialize, Serialize};

/// At least one language, and the one for those of whom nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// In the order of [`Locale::ALL`].
    pub offered: Vec<Locale>,
    /// One of them.
    pub default: Locale,
}

impl Default for Languages {
    fn default() -> Languages {
        Languages { offered: Locale::ALL.to_vec(), default: Locale::default() }
    }
}

impl Languages {
    /// Is this one offered?
    pub fn offers(&self, l: Locale) -> bool {
        self.offered.contains(&l)
    }

    /// This language where it is offered, else the default.
    pub fn nearest(&self, l: Locale) -> Locale {
        if self.offers(l) { l } else { self.default }
    }

    /// The first of these that is offered, else the default.
    pub fn choose(&self, wished: impl IntoIterator<Item = Option<Locale>>) -> Locale {
        wished.into_iter().flatten().find(|l| self.offers(*l)).unwrap_or(self.default)
    }

    /// Is there another one to switch to?
    pub fn several(&self) -> bool {
        self.offered.len() > 1
    }

    /// Checks and orders them.
    pub(super) fn checked(self, errors: &mut FieldErrors, prefix: &str) -> Languages {
        let offered: Vec<Locale> = Locale::ALL.into_iter().filter(|l| self.offers(*l)).collect();
        if offered.is_empty() {
            errors.add(&format!("{prefix}offered"), FieldError::Required);
        } else if !offered.contains(&self.default) {
            errors.add(&format!("{prefix}default"), FieldError::Choice);
        }
        Languages { offered, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_none_of_ours_gets_the_default() {
        let both = Languages::default();
        assert_eq!(both.choose([None, Some(Locale::En), Some(Locale::Ro)]), Locale::En);
        let one = Languages { offered: vec![Locale::En], default: Locale::En };
        assert_eq!(one.choose([Some(Locale::Ro), None]), Locale::En);
        assert_eq!((one.nearest(Locale::Ro), one.several()), (Locale::En, false));
    }

    #[test]
    fn one_at_least_and_the_default_among_them() {
        let wrong = |offered: &[Locale], default| {
            let mut errors = FieldErrors::default();
            Languages { offered: offered.to_vec(), default }.checked(&mut errors, "");
            errors.0.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(wrong(&[], Locale::Ro), ["offered"]);
        assert_eq!(wrong(&[Locale::En], Locale::Ro), ["default"]);
        assert_eq!(wrong(&[Locale::En, Locale::Ro, Locale::En], Locale::Ro), [""; 0]);
    }
}
