//! The fourteen allergens that must be named before food is sold, also at a distance: Annex II and
//! articles 9, 14 and 21 of Regulation (EU) No 1169/2011.

use super::{locale::Locale, text};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeSeq};

/// One of the fourteen, in the order of Annex II.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allergen {
    /// Cereals containing gluten: wheat, rye, barley, oats, spelt, kamut.
    Gluten,
    /// Crustaceans.
    Crustaceans,
    /// Eggs.
    Eggs,
    /// Fish.
    Fish,
    /// Peanuts.
    Peanuts,
    /// Soybeans.
    Soybeans,
    /// Milk, lactose included.
    Milk,
    /// Almonds, hazelnuts, walnuts, cashews, pecans, Brazil nuts, pistachios, macadamias.
    Nuts,
    /// Celery.
    Celery,
    /// Mustard.
    Mustard,
    /// Sesame seeds.
    Sesame,
    /// Sulphur dioxide and sulphites, above 10 mg/kg or 10 mg/l.
    Sulphites,
    /// Lupin.
    Lupin,
    /// Molluscs.
    Molluscs,
}

impl Allergen {
    /// All fourteen, in the order of Annex II.
    pub const ALL: [Allergen; 14] = [
        Allergen::Gluten,
        Allergen::Crustaceans,
        Allergen::Eggs,
        Allergen::Fish,
        Allergen::Peanuts,
        Allergen::Soybeans,
        Allergen::Milk,
        Allergen::Nuts,
        Allergen::Celery,
        Allergen::Mustard,
        Allergen::Sesame,
        Allergen::Sulphites,
        Allergen::Lupin,
        Allergen::Molluscs,
    ];

    /// The name in addresses, in the API and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Allergen::Gluten => "gluten",
            Allergen::Crustaceans => "crustaceans",
            Allergen::Eggs => "eggs",
            Allergen::Fish => "fish",
            Allergen::Peanuts => "peanuts",
            Allergen::Soybeans => "soybeans",
            Allergen::Milk => "milk",
            Allergen::Nuts => "nuts",
            Allergen::Celery => "celery",
            Allergen::Mustard => "mustard",
            Allergen::Sesame => "sesame",
            Allergen::Sulphites => "sulphites",
            Allergen::Lupin => "lupin",
            Allergen::Molluscs => "molluscs",
        }
    }

    /// The allergen of exactly this name.
    pub fn from_name(name: &str) -> Option<Allergen> {
        Allergen::ALL.into_iter().find(|allergen| allergen.name() == name)
    }

    /// What people call it.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Allergen::Gluten => text::allergen::gluten(l),
            Allergen::Crustaceans => text::allergen::crustaceans(l),
            Allergen::Eggs => text::allergen::eggs(l),
            Allergen::Fish => text::allergen::fish(l),
            Allergen::Peanuts => text::allergen::peanuts(l),
            Allergen::Soybeans => text::allergen::soybeans(l),
            Allergen::Milk => text::allergen::milk(l),
            Allergen::Nuts => text::allergen::nuts(l),
            Allergen::Celery => text::allergen::celery(l),
            Allergen::Mustard => text::allergen::mustard(l),
            Allergen::Sesame => text::allergen::sesame(l),
            Allergen::Sulphites => text::allergen::sulphites(l),
            Allergen::Lupin => text::allergen::lupin(l),
            Allergen::Molluscs => text::allergen::molluscs(l),
        }
    }
}

/// A set of allergens. It travels and is stored as the list of their names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allergens(u16);

impl Allergens {
    /// None of them.
    pub const NONE: Allergens = Allergens(0);

    /// The same set with this one in it.
    #[must_use]
    pub const fn with(self, allergen: Allergen) -> Allergens {
        Allergens(self.0 | 1 << allergen as u16)
    }

    /// Those of either set.
    #[must_use]
    pub const fn or(self, other: Allergens) -> Allergens {
        Allergens(self.0 | other.0)
    }

    /// Those of this set that are not in the other.
    #[must_use]
    pub const fn but(self, other: Allergens) -> Allergens {
        Allergens(self.0 & !other.0)
    }

    /// Is this one in it?
    pub const fn has(self, allergen: Allergen) -> bool {
        self.0 & (1 << allergen as u16) != 0
    }

    /// Is one of the other's in it?
    pub const fn meets(self, other: Allergens) -> bool {
        self.0 & other.0 != 0
    }

    /// Nothing in it?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Each of them, in the order of Annex II.
    pub fn iter(self) -> impl Iterator<Item = Allergen> {
        Allergen::ALL.into_iter().filter(move |allergen| self.has(*allergen))
    }

    /// Reads names with commas between: `gluten,milk`. Empty places are nothing; `None` when a name
    /// is not one of the fourteen.
    pub fn parse(names: &str) -> Option<Allergens> {
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(Allergen::from_name).collect()
    }

    /// The names with commas between, as [`Allergens::parse`] reads them.
    pub fn names(self) -> String {
        self.iter().map(Allergen::name).collect::<Vec<_>>().join(",")
    }

    /// What people call them, with commas between.
    pub fn labels(self, l: Locale) -> String {
        self.iter().map(|allergen| allergen.label(l)).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<Allergen> for Allergens {
    fn from_iter<I: IntoIterator<Item = Allergen>>(allergens: I) -> Allergens {
        allergens.into_iter().fold(Allergens::NONE, Allergens::with)
    }
}

impl Serialize for Allergens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = serializer.serialize_seq(usize::try_from(self.count()).ok())?;
        for allergen in self.iter() {
            names.serialize_element(allergen.name())?;
        }
        names.end()
    }
}

impl<'de> Deserialize<'de> for Allergens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Allergen>::deserialize(deserializer).map(|allergens| allergens.into_iter().collect())
    }
}

/// What the producer has declared of all fourteen: those that are named in neither set are not in
/// the product. Where there is no declaration at all, nothing may be concluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// What is in it.
    pub contains: Allergens,
    /// What may get into it: traces.
    pub may_contain: Allergens,
}

impl Declaration {
    /// What is in it is not also something that may get into it.
    pub const fn new(contains: Allergens, may_contain: Allergens) -> Declaration {
        Declaration { contains, may_contain: may_contain.but(contains) }
    }

    /// What is in it or may get into it.
    pub const fn all(self) -> Allergens {
        self.contains.or(self.may_contain)
    }
}

/// One sentence or two for a card or a line: `Contains: gluten, milk. May contain: nuts.` It says so
/// when the producer has declared nothing.
pub fn sentence(declared: Option<Declaration>, l: Locale) -> String {
    let Some(declared) = declared else { return text::allergen::not_declared(l).to_owned() };
    let said = |allergens: Allergens, say: fn(Locale, String) -> String| {
        (!allergens.is_empty()).then(|| say(l, allergens.labels(l)))
    };
    let parts = [
        said(declared.contains, text::allergen::contains_these),
        said(declared.may_contain, text::allergen::may_contain_these),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { text::allergen::none(l).to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn any_set() -> impl Strategy<Value = Allergens> {
        (0..1u16 << 14).prop_map(Allergens)
    }

    #[test]
    fn the_fourteen_of_annex_ii_are_all_there_and_named_in_both_languages() {
        assert_eq!(Allergen::ALL.len(), 14);
        for name in [Locale::Ro, Locale::En].map(|l| move |allergen: Allergen| allergen.label(l)) {
            let labels: BTreeSet<&str> = Allergen::ALL.into_iter().map(name).collect();
            assert_eq!(labels.len(), 14, "{labels:?}");
            assert!(labels.iter().all(|label| !label.is_empty()));
        }
        let places: Vec<u16> = Allergen::ALL.into_iter().map(|allergen| allergen as u16).collect();
        assert_eq!(places, (0..14).collect::<Vec<_>>(), "each has a bit of its own");
    }

    #[test]
    fn a_name_is_the_one_on_the_wire() {
        for allergen in Allergen::ALL {
            assert_eq!(serde_json::to_string(&allergen).unwrap(), format!("\"{}\"", allergen.name()));
            assert_eq!(Allergen::from_name(allergen.name()), Some(allergen));
        }
    }

    #[test]
    fn what_is_said_of_a_product() {
        let set = |names: &str| Allergens::parse(names).unwrap();
        let said =
            |contains: &str, traces: &str, l| sentence(Some(Declaration::new(set(contains), set(traces))), l);
        assert_eq!(said("milk,gluten", "", Locale::En), "Contains: gluten, milk.");
        assert_eq!(said("gluten", "nuts,gluten", Locale::En), "Contains: gluten. May contain: nuts.");
        assert_eq!(said("eggs", "", Locale::Ro), "Conține: ouă.");
        assert_ne!(said("", "", Locale::En), sentence(None, Locale::En), "nothing in it is not nothing said");
    }

    proptest! {
        #[test]
        fn a_set_reads_back_from_names_and_from_the_wire(set in any_set()) {
            prop_assert_eq!(Allergens::parse(&set.names()), Some(set));
            let wire = serde_json::to_string(&set).unwrap();
            prop_assert_eq!(serde_json::from_str::<Allergens>(&wire).unwrap(), set);
            prop_assert_eq!(set.iter().count(), set.count() as usize);
        }

        #[test]
        fn only_the_fourteen_are_read(names in strange::nearly("(gluten|milk|Milk|lapte)(,(gluten|eggs|nuts)){0,3},?")) {
            let given: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            let known = given.iter().all(|name| Allergen::ALL.iter().any(|allergen| allergen.name() == *name));
            match Allergens::parse(&names) {
                Some(set) => {
                    prop_assert!(known && given.iter().all(|name| set.iter().any(|one| one.name() == *name)));
                }
                None => prop_assert!(!known),
            }
        }

        #[test]
        fn a_declaration_names_each_once((contains, traces) in (any_set(), any_set())) {
            let declared = Declaration::new(contains, traces);
            prop_assert!(!declared.contains.meets(declared.may_contain));
            prop_assert_eq!(declared.all(), contains.or(traces));
        }
    }
}
