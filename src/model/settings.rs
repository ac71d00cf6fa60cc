//! The settings as the producer's pages change them: a part at a time.

mod forms;

pub use forms::{
    AreaForm, ClosedForm, HolidayForm, HoursForm, LanguagesForm, PlaceForm, RulesForm, ShopForm,
};

use super::shop_facts::ShopFacts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A part that is changed on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Name, firm, address, contact and texts.
    Shop,
    /// The week.
    Hours,
    /// Places of pickup.
    Places,
    /// Areas of delivery.
    Areas,
    /// How long before to order.
    Rules,
    /// Holidays.
    Holidays,
    /// Closed by hand.
    Closed,
    /// Languages.
    Languages,
}

impl Section {
    /// All.
    pub const ALL: [Section; 8] = [
        Section::Shop,
        Section::Hours,
        Section::Places,
        Section::Areas,
        Section::Rules,
        Section::Holidays,
        Section::Closed,
        Section::Languages,
    ];
}

/// The settings, and by what each part is known again: a form carries the mark of what it showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// All of it.
    pub facts: ShopFacts,
    /// A mark for each part.
    pub marks: BTreeMap<Section, String>,
    /// The day of now, by the shop's clock.
    pub today: super::day::Day,
}

impl Settings {
    /// The mark of a part.
    pub fn mark(&self, section: Section) -> String {
        self.marks.get(&section).cloned().unwrap_or_default()
    }
}

/// What a button beside a place or an area does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// One place further to the front.
    Up,
    /// One place further back.
    Down,
    /// It can be chosen.
    Show,
    /// It cannot.
    Hide,
    /// It is gone.
    Remove,
}

impl Turn {
    /// The turn of exactly this name.
    pub fn from_name(name: &str) -> Option<Turn> {
        Some(match name {
            "up" => Turn::Up,
            "down" => Turn::Down,
            "show" => Turn::Show,
            "hide" => Turn::Hide,
            "remove" => Turn::Remove,
            _ => return None,
        })
    }

    /// Does it to the entry of this number; `active` finds its switch.
    pub fn apply<T>(self, all: &mut Vec<T>, number: usize, active: impl Fn(&mut T) -> &mut bool) {
        match self {
            Turn::Up if number > 0 => all.swap(number, number - 1),
            Turn::Down if number + 1 < all.len() => all.swap(number, number + 1),
            Turn::Up | Turn::Down => {}
            Turn::Show | Turn::Hide => {
                if let Some(one) = all.get_mut(number) {
                    *active(one) = self == Turn::Show;
                }
            }
            Turn::Remove => drop(all.remove(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_stay_within_the_list() {
        let after = |name: &str, number: usize| {
            let mut all = vec![('a', true), ('b', true), ('c', true)];
            Turn::from_name(name).unwrap().apply(&mut all, number, |one| &mut one.1);
            all.into_iter()
                .map(|(sign, on)| if on { sign } else { sign.to_ascii_uppercase() })
                .collect::<String>()
        };
        assert_eq!(
            [after("up", 0), after("up", 2), after("down", 0), after("down", 2)],
            ["abc", "acb", "bac", "abc"]
        );
        assert_eq!([after("hide", 1), after("show", 1), after("remove", 0)], ["aBc", "abc", "bc"]);
        assert_eq!(Turn::from_name("Up"), None);
    }
}
