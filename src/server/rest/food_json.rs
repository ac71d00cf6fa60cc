//! The facts of food as the API reads and writes them.

use super::{
    fields::{FieldValue, Fields},
    money::Decimal,
};
use crate::model::{
    allergen::{Allergen, Allergens, Declaration},
    field::FieldError,
    food::FoodForm,
    measure::{NetContent, Unit},
    money::Money,
    vat::VatRate,
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// What one piece holds.
#[derive(Serialize, ToSchema)]
#[schema(as = NetContent)]
pub struct NetJson {
    amount: Amount,
    unit: Unit,
}

/// The number of a content, `500` or `1.2`, without a float.
pub struct Amount(pub String);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl FieldValue for Amount {
    fn read(raw: &RawValue) -> Result<Amount, FieldError> {
        let digits = raw.get().trim_matches('"');
        NetContent::read_amount(digits).map(|_| Amount(digits.to_owned()))
    }
}

impl From<NetContent> for NetJson {
    fn from(net: NetContent) -> NetJson {
        NetJson { amount: Amount(net.amount()), unit: net.unit() }
    }
}

/// What a kilogram, a litre or a piece costs.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitPrice)]
pub struct UnitPriceJson {
    amount: Decimal,
    /// One of what: `kg`, `l` or `piece`.
    unit: Unit,
}

/// The price per unit of measure, where it is known how much it is.
pub fn unit_price(net: Option<NetContent>, price: Money) -> Option<UnitPriceJson> {
    let found = net?.unit_price(price)?;
    Some(UnitPriceJson { amount: Decimal(found.price), unit: found.per })
}

/// The allergens. When they are not declared, nothing may be concluded from empty lists.
#[derive(Serialize, ToSchema)]
#[schema(as = Allergens)]
pub struct AllergensJson {
    declared: bool,
    #[schema(value_type = Vec<Allergen>)]
    contains: Allergens,
    #[schema(value_type = Vec<Allergen>)]
    may_contain: Allergens,
}

impl From<Option<Declaration>> for AllergensJson {
    fn from(declared: Option<Declaration>) -> AllergensJson {
        let Declaration { contains, may_contain } = declared.unwrap_or_default();
        AllergensJson { declared: declared.is_some(), contains, may_contain }
    }
}

/// A tax that is in a total.
#[derive(Serialize, ToSchema)]
#[schema(as = Vat)]
pub struct VatJson {
    rate: VatRate,
    amount: Decimal,
}

impl From<(VatRate, Money)> for VatJson {
    fn from((rate, amount): (VatRate, Money)) -> VatJson {
        VatJson { rate, amount: Decimal(amount) }
    }
}

impl FieldValue for Allergens {
    fn read(raw: &RawValue) -> Result<Allergens, FieldError> {
        let names: Vec<String> = serde_json::from_str(raw.get()).map_err(|_| FieldError::Format)?;
        names.iter().map(|name| Allergen::from_name(name).ok_or(FieldError::Choice)).collect()
    }
}

impl FieldValue for Unit {
    fn read(raw: &RawValue) -> Result<Unit, FieldError> {
        Unit::from_name(&String::read(raw)?).ok_or(FieldError::Choice)
    }
}

impl FieldValue for VatRate {
    fn read(raw: &RawValue) -> Result<VatRate, FieldError> {
        let percent = raw.get().parse().map_err(|_| FieldError::Format)?;
        VatRate::from_percent(percent).ok_or(FieldError::Choice)
    }
}

/// What one piece is to hold.
#[derive(ToSchema)]
#[allow(dead_code)] // For the document; it is read into the form of the product.
pub struct NetContentRequest {
    amount: Amount,
    unit: Unit,
}

/// The allergens as the producer declares them.
#[derive(ToSchema)]
#[allow(dead_code)] // As above.
pub struct AllergensRequest {
    /// Were all fourteen looked at?
    declared: bool,
    /// Empty unless given.
    contains: Option<Vec<Allergen>>,
    /// Traces. Empty unless given; those that are in `contains`, too, count there.
    may_contain: Option<Vec<Allergen>>,
}

/// Which facts a request holds. A fact that it does not name stays as it is, so that a program that
/// knows nothing of allergens takes none away.
#[derive(Clone, Copy)]
pub struct Named {
    net_content: bool,
    ingredients: bool,
    ingredients_en: bool,
    allergens: bool,
    vat_rate: bool,
}

impl Named {
    /// Takes the facts of a request; `null` clears one.
    pub fn read(fields: &mut Fields<'_>) -> (Named, FoodForm) {
        let named = Named {
            net_content: fields.names("net_content"),
            ingredients: fields.names("ingredients"),
            ingredients_en: fields.names("ingredients_en"),
            allergens: fields.names("allergens"),
            vat_rate: fields.names("vat_rate"),
        };
        let net = fields.inside("net_content", |net| {
            let (amount, unit) = (net.required::<Amount>("amount"), net.required::<Unit>("unit"));
            Some((amount?.0, unit?.name().to_owned()))
        });
        let (net_amount, net_unit) = net.flatten().unwrap_or_default();
        let declared = fields.inside("allergens", |allergens| {
            let declared = allergens.required("declared");
            let (contains, may_contain) = (allergens.optional("contains"), allergens.optional("may_contain"));
            let all = Declaration::new(contains.unwrap_or_default(), may_contain.unwrap_or_default());
            Some((declared?, all))
        });
        let (allergens_declared, all) = declared.flatten().unwrap_or_default();
        let form = FoodForm {
            net_amount,
            net_unit,
            ingredients: fields.text("ingredients"),
            ingredients_en: fields.text("ingredients_en"),
            vat_rate: fields
                .optional("vat_rate")
                .map(|rate: VatRate| rate.percent().to_string())
                .unwrap_or_default(),
            ..FoodForm::default()
        };
        (named, FoodForm { allergens_declared, ..form.declaring(Some(all)) })
    }

    /// The facts of a request, and of what is stored those that it does not name.
    pub fn over(self, stored: FoodForm, wanted: FoodForm) -> FoodForm {
        let (net, allergens) = (self.net_content, self.allergens);
        let choose = |named: bool, wanted: String, stored: String| if named { wanted } else { stored };
        FoodForm {
            net_amount: choose(net, wanted.net_amount, stored.net_amount),
            net_unit: choose(net, wanted.net_unit, stored.net_unit),
            ingredients: choose(self.ingredients, wanted.ingredients, stored.ingredients),
            ingredients_en: choose(self.ingredients_en, wanted.ingredients_en, stored.ingredients_en),
            allergens_declared: if allergens { wanted.allergens_declared } else { stored.allergens_declared },
            allergens: if allergens { wanted.allergens } else { stored.allergens },
            vat_rate: choose(self.vat_rate, wanted.vat_rate, stored.vat_rate),
        }
    }

    /// Names of the form's fields, and of the API's.
    pub const FIELDS: [(&'static str, &'static str); 3] = [
        ("net_amount", "net_content.amount"),
        ("net_unit", "net_content.unit"),
        ("allergens_declared", "allergens.declared"),
    ];
}
