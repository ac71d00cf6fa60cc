//! What must be said of food before it is ordered: how much it is, what is in it, which allergens,
//! which VAT.

use super::{
    allergen::{Allergen, Allergens, Declaration},
    field::{self, FieldError, FieldErrors},
    locale::Locale,
    measure::{NetContent, Unit, UnitPrice},
    money::Money,
    vat::VatRate,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The facts of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoodFacts {
    /// What one sold piece holds, where the producer says so.
    pub net: Option<NetContent>,
    /// The ingredients in Romanian, heaviest first; an allergen stands between stars.
    pub ingredients: Option<String>,
    /// The same in English.
    pub ingredients_en: Option<String>,
    /// The allergens; `None` while the producer has not declared them.
    pub allergens: Option<Declaration>,
    /// The VAT in its price.
    pub vat: VatRate,
}

/// What a line of a cart says of its product, and a line of an order keeps of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    /// What one piece holds.
    pub net: Option<NetContent>,
    /// The allergens; `None` when they were not declared.
    pub allergens: Option<Declaration>,
    /// The VAT in its price; `None` in orders from before it was kept.
    pub vat: Option<VatRate>,
}

impl FoodFacts {
    /// The ingredients in this language, or in Romanian when there are none.
    pub fn ingredients(&self, l: Locale) -> Option<&str> {
        match (l, &self.ingredients_en) {
            (Locale::En, Some(ingredients)) => Some(ingredients),
            _ => self.ingredients.as_deref(),
        }
    }

    /// Can somebody who must avoid these eat it? Not when one of them is in it, not when one of them
    /// may be, and not when nothing was declared.
    pub fn free_of(&self, avoided: Allergens) -> bool {
        avoided.is_empty() || self.allergens.is_some_and(|declared| !declared.all().meets(avoided))
    }

    /// What goes with it into carts and orders.
    pub const fn of_line(&self) -> LineFacts {
        LineFacts { net: self.net, allergens: self.allergens, vat: Some(self.vat) }
    }
}

impl LineFacts {
    /// What a kilogram, a litre or a piece of it costs.
    pub fn unit_price(&self, price: Money) -> Option<UnitPrice> {
        self.net?.unit_price(price)
    }
}

/// A text in pieces, with those that stood between two stars: `făină de *grâu*, apă`. A star without
/// a second one is a star.
pub fn emphasised(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('*') {
        let Some((inside, behind)) = after.split_once('*') else { break };
        pieces.push((before, false));
        pieces.push((inside, true));
        rest = behind;
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// How the producer marks one allergen in a form.
pub const CONTAINS: &str = "contains";
/// See [`CONTAINS`]: traces.
pub const MAY_CONTAIN: &str = "may_contain";
/// See [`CONTAINS`]: not in it.
pub const WITHOUT: &str = "no";

/// The facts of a product as the producer types them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FoodForm {
    /// How much; empty when it is not said.
    pub net_amount: String,
    /// Of what: see [`Unit::name`].
    pub net_unit: String,
    /// Ingredients in Romanian, at most 2000 characters; may be empty.
    pub ingredients: String,
    /// Ingredients in English; may be empty.
    pub ingredients_en: String,
    /// Did the producer look at all fourteen?
    pub allergens_declared: bool,
    /// The name of an allergen to [`CONTAINS`], [`MAY_CONTAIN`] or [`WITHOUT`]; those that are
    /// missing are not in it.
    pub allergens: BTreeMap<String, String>,
    /// In percent; empty is that of food.
    pub vat_rate: String,
}

impl FoodForm {
    /// The most characters of a list of ingredients.
    pub const MAX_INGREDIENTS: u32 = 2000;

    /// Checks it, and notes every wrong field.
    pub fn read(&self, errors: &mut FieldErrors) -> Option<FoodFacts> {
        let net = self.net(errors);
        let text = |text| field::optional_text(text, Self::MAX_INGREDIENTS);
        let ingredients = errors.check("ingredients", text(&self.ingredients));
        let ingredients_en = errors.check("ingredients_en", text(&self.ingredients_en));
        let marked = errors.check("allergens", self.marked());
        let vat = errors.check("vat_rate", self.vat());
        let marked = marked?;
        if !self.allergens_declared && !marked.all().is_empty() {
            // Half a list must not pass for a whole one.
            errors.add("allergens_declared", FieldError::Required);
            return None;
        }
        Some(FoodFacts {
            net: net?,
            ingredients: ingredients?,
            ingredients_en: ingredients_en?,
            allergens: self.allergens_declared.then_some(marked),
            vat: vat?,
        })
    }

    #[allow(clippy::option_option)] // Outside: was it right? Inside: is there one?
    fn net(&self, errors: &mut FieldErrors) -> Option<Option<NetContent>> {
        let (amount, unit) = (self.net_amount.trim(), self.net_unit.trim());
        if amount.is_empty() && unit.is_empty() {
            return Some(None);
        }
        let amount = match amount {
            "" => Err(FieldError::Required),
            amount => NetContent::read_amount(amount),
        };
        let unit = match unit {
            "" => Err(FieldError::Required),
            unit => Unit::from_name(unit).ok_or(FieldError::Choice),
        };
        let (amount, unit) = (errors.check("net_amount", amount), errors.check("net_unit", unit));
        errors.check("net_amount", NetContent::new(amount?, unit?)).map(Some)
    }

    fn marked(&self) -> Result<Declaration, FieldError> {
        let mut declared = Declaration::default();
        for (name, mark) in &self.allergens {
            let allergen = Allergen::from_name(name).ok_or(FieldError::Choice)?;
            match mark.as_str() {
                CONTAINS => declared.contains = declared.contains.with(allergen),
                MAY_CONTAIN => declared.may_contain = declared.may_contain.with(allergen),
                WITHOUT => {}
                _ => return Err(FieldError::Choice),
            }
        }
        Ok(declared)
    }

    fn vat(&self) -> Result<VatRate, FieldError> {
        match self.vat_rate.trim() {
            "" => Ok(VatRate::default()),
            percent => percent.parse().ok().and_then(VatRate::from_percent).ok_or(FieldError::Choice),
        }
    }

    /// The form that shows facts as they are.
    pub fn of(facts: &FoodFacts) -> FoodForm {
        FoodForm {
            net_amount: facts.net.map(NetContent::amount).unwrap_or_default(),
            net_unit: facts.net.map(|net| net.unit().name().to_owned()).unwrap_or_default(),
            ingredients: facts.ingredients.clone().unwrap_or_default(),
            ingredients_en: facts.ingredients_en.clone().unwrap_or_default(),
            vat_rate: facts.vat.percent().to_string(),
            ..FoodForm::default()
        }
        .declaring(facts.allergens)
    }

    /// The same form with these allergens.
    #[must_use]
    pub fn declaring(mut self, allergens: Option<Declaration>) -> FoodForm {
        self.allergens_declared = allergens.is_some();
        let Declaration { contains, may_contain } = allergens.unwrap_or_default();
        let marks = may_contain.iter().map(|allergen| (allergen, MAY_CONTAIN));
        let marks = marks.chain(contains.iter().map(|allergen| (allergen, CONTAINS)));
        self.allergens =
            marks.map(|(allergen, mark)| (allergen.name().to_owned(), mark.to_owned())).collect();
        self
    }

    /// How one allergen is marked.
    pub fn mark(&self, allergen: Allergen) -> &str {
        self.allergens.get(allergen.name()).map_or(WITHOUT, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn read(form: &FoodForm) -> Result<FoodFacts, Vec<String>> {
        let mut errors = FieldErrors::default();
        let facts = form.read(&mut errors);
        facts.filter(|_| errors.is_empty()).ok_or_else(|| errors.0.into_keys().collect())
    }

    fn marks(marks: &[(&str, &str)]) -> BTreeMap<String, String> {
        marks.iter().map(|(name, mark)| ((*name).to_owned(), (*mark).to_owned())).collect()
    }

    fn declared(contains: &str, may_contain: &str) -> Option<Declaration> {
        Some(Declaration::new(Allergens::parse(contains)?, Allergens::parse(may_contain)?))
    }

    #[test]
    fn nothing_said_is_no_declaration_and_the_vat_of_food() {
        let facts = read(&FoodForm::default()).unwrap();
        assert_eq!(facts, FoodFacts { vat: VatRate::Reduced, ..FoodFacts::default() });
        assert_eq!(facts.allergens, None);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let form = FoodForm {
            net_amount: "1,2345".into(),
            net_unit: "lb".into(),
            ingredients: "a\u{0}".into(),
            ingredients_en: "x".repeat(2001),
            allergens: marks(&[("lactose", CONTAINS)]),
            vat_rate: "9".into(),
            ..FoodForm::default()
        };
        let all = ["allergens", "ingredients", "ingredients_en", "net_amount", "net_unit", "vat_rate"];
        assert_eq!(read(&form).unwrap_err(), all);
        let half = FoodForm { net_amount: "500".into(), ..FoodForm::default() };
        assert_eq!(read(&half).unwrap_err(), ["net_unit"]);
        let half = FoodForm { net_unit: "g".into(), ..FoodForm::default() };
        assert_eq!(read(&half).unwrap_err(), ["net_amount"]);
        let parts = FoodForm { net_amount: "1.5".into(), net_unit: "piece".into(), ..FoodForm::default() };
        assert_eq!(read(&parts).unwrap_err(), ["net_amount"]);
        let mark = FoodForm { allergens: marks(&[("milk", "a little")]), ..FoodForm::default() };
        assert_eq!(read(&mark).unwrap_err(), ["allergens"]);
    }

    #[test]
    fn half_a_list_of_allergens_does_not_pass_for_a_whole_one() {
        let form = FoodForm {
            allergens: marks(&[("milk", CONTAINS), ("nuts", MAY_CONTAIN), ("fish", WITHOUT)]),
            ..FoodForm::default()
        };
        assert_eq!(read(&form).unwrap_err(), ["allergens_declared"]);
        let form = FoodForm { allergens_declared: true, ..form };
        assert_eq!(read(&form).unwrap().allergens, declared("milk", "nuts"));
        let none = FoodForm { allergens_declared: true, ..FoodForm::default() };
        assert_eq!(read(&none).unwrap().allergens, declared("", ""));
    }

    #[test]
    fn what_is_not_declared_is_not_free_of_anything() {
        let avoided = |names: &str| Allergens::parse(names).unwrap();
        let facts = |allergens| FoodFacts { allergens, ..FoodFacts::default() };
        assert!(facts(None).free_of(Allergens::NONE));
        assert!(!facts(None).free_of(avoided("milk")));
        assert!(facts(declared("", "")).free_of(avoided("milk")));
        assert!(facts(declared("gluten", "")).free_of(avoided("milk,nuts")));
        assert!(!facts(declared("gluten", "")).free_of(avoided("milk,gluten")));
        assert!(!facts(declared("", "milk")).free_of(avoided("milk")), "traces are not nothing");
    }

    #[test]
    fn what_stands_between_stars_is_emphasised() {
        assert_eq!(
            emphasised("făină de *grâu*, apă, *unt*"),
            [("făină de ", false), ("grâu", true), (", apă, ", false), ("unt", true)]
        );
        assert_eq!(emphasised("5 * 3"), [("5 * 3", false)]);
        assert_eq!(emphasised("a *b* c * d"), [("a ", false), ("b", true), (" c * d", false)]);
        assert_eq!(emphasised("**"), []);
        assert_eq!(emphasised("*<b>*"), [("<b>", true)], "it is text");
    }

    proptest! {
        #[test]
        fn no_sign_is_lost_or_added_by_the_stars(text in strange::nearly("[a-z]{0,3}(\\*[a-z ]{0,4}\\*?){0,4}")) {
            let signs = |text: &str| text.chars().filter(|sign| *sign != '*').collect::<String>();
            let joined: String = emphasised(&text).into_iter().map(|(piece, _)| piece).collect();
            prop_assert_eq!(signs(&joined), signs(&text));
        }

        #[test]
        fn facts_fill_the_form_they_came_from(
            net_amount in strange::nearly("[0-9]{0,4}[.,]?[0-9]{0,3}"),
            net_unit in strange::nearly("g|kg|ml|l|piece|"),
            ingredients in strange::nearly("[a-zăâ*, ]{0,20}"),
            ingredients_en in strange::nearly("[a-z*, ]{0,20}"),
            allergens_declared: bool,
            allergens in proptest::collection::btree_map("gluten|milk|nuts|x", "contains|may_contain|no|x", 0..3),
            vat_rate in strange::nearly("|11|21|\\+11|9"),
        ) {
            let form = FoodForm {
                net_amount, net_unit, ingredients, ingredients_en, allergens_declared, allergens, vat_rate,
            };
            if let Ok(facts) = read(&form) {
                prop_assert_eq!(read(&FoodForm::of(&facts)), Ok(facts));
            }
        }
    }
}
