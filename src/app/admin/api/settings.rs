//! The producer's settings of the shop.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{error::AppError, settings::Settings},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use std::collections::BTreeMap;

/// All settings, as they are now.
#[server(prefix = "/fn", endpoint = "admin/settings/view", input = GetUrl)]
pub async fn load_settings() -> Result<Signed<Settings>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.owner().await?.admin;
    Ok(Signed { admin, data: here.shop.settings().await? })
}

/// Name, firm, address, contact and texts.
#[server(prefix = "/fn", endpoint = "admin/settings/shop")]
pub async fn save_shop(
    #[server(default)] name: String,
    #[server(default)] legal_name: String,
    #[server(default)] tax_id: String,
    #[server(default)] trade_register: String,
    #[server(default)] phone: String,
    #[server(default)] email: String,
    #[server(default)] address_street: String,
    #[server(default)] address_city: String,
    #[server(default)] address_county: String,
    #[server(default)] address_postal_code: String,
    #[server(default)] coordinates_latitude: String,
    #[server(default)] coordinates_longitude: String,
    #[server(default)] pickup_ro: String,
    #[server(default)] pickup_en: String,
    #[server(default)] delivery_area_ro: String,
    #[server(default)] delivery_area_en: String,
    #[server(default)] delivery_fee_ro: String,
    #[server(default)] delivery_fee_en: String,
    #[server(default)] cut_off_ro: String,
    #[server(default)] cut_off_en: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::ShopForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let form = ShopForm {
        name,
        legal_name,
        tax_id,
        trade_register,
        street: address_street,
        city: address_city,
        county: address_county,
        postal_code: address_postal_code,
        latitude: coordinates_latitude,
        longitude: coordinates_longitude,
        email,
        pickup: [pickup_ro, pickup_en],
        delivery_area: [delivery_area_ro, delivery_area_en],
        delivery_fee: [delivery_fee_ro, delivery_fee_en],
        cut_off: [cut_off_ro, cut_off_en],
    };
    here.shop.save_shop(&form, &phone, &mark).await?;
    Ok(here.next("/admin/settings/shop?saved=1"))
}

/// The opening hours of the week.
#[server(prefix = "/fn", endpoint = "admin/settings/hours")]
pub async fn save_hours(
    #[server(default)] hours: BTreeMap<String, String>,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.save_hours(&crate::model::settings::HoursForm(hours), &mark).await?;
    Ok(here.next("/admin/settings/hours?saved=1"))
}

/// A place of pickup, new or known.
#[server(prefix = "/fn", endpoint = "admin/settings/places/save")]
pub async fn save_place(
    #[server(default)] id: String,
    #[server(default)] name_ro: String,
    #[server(default)] name_en: String,
    #[server(default)] address: String,
    #[server(default)] hint_ro: String,
    #[server(default)] hint_en: String,
    #[server(default)] active: Option<String>,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::PlaceForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let form = PlaceForm { name_ro, name_en, address, hint_ro, hint_en, active: active.is_some() };
    here.shop.save_place(&id, &form, &mark).await?;
    Ok(here.next("/admin/settings/places?saved=1"))
}

/// Moves, shows, hides or removes a place.
#[server(prefix = "/fn", endpoint = "admin/settings/places/turn")]
pub async fn turn_place(
    #[server(default)] id: String,
    #[server(default)] turn: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.turn_place(&id, read_turn(&turn)?, &mark).await?;
    Ok(here.next("/admin/settings/places?saved=1"))
}

/// An area of delivery, new or known.
#[server(prefix = "/fn", endpoint = "admin/settings/areas/save")]
pub async fn save_area(
    #[server(default)] id: String,
    #[server(default)] name_ro: String,
    #[server(default)] name_en: String,
    #[server(default)] fee: String,
    #[server(default)] minimum: String,
    #[server(default)] free_from: String,
    #[server(default)] towns_ro: String,
    #[server(default)] towns_en: String,
    #[server(default)] active: Option<String>,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::AreaForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let active = active.is_some();
    let form = AreaForm { name_ro, name_en, fee, minimum, free_from, towns_ro, towns_en, active };
    here.shop.save_area(&id, &form, &mark).await?;
    Ok(here.next("/admin/settings/areas?saved=1"))
}

/// Moves, shows, hides or removes an area.
#[server(prefix = "/fn", endpoint = "admin/settings/areas/turn")]
pub async fn turn_area(
    #[server(default)] id: String,
    #[server(default)] turn: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.turn_area(&id, read_turn(&turn)?, &mark).await?;
    Ok(here.next("/admin/settings/areas?saved=1"))
}

#[cfg(feature = "ssr")]
fn read_turn(name: &str) -> Result<crate::model::settings::Turn, AppError> {
    use crate::model::{field::FieldError, settings::Turn};
    Turn::from_name(name).ok_or_else(|| AppError::field("turn", FieldError::Choice))
}

/// How long before an order must come.
#[server(prefix = "/fn", endpoint = "admin/settings/rules")]
pub async fn save_rules(
    #[server(default)] lead_days: String,
    #[server(default)] lead_hours: String,
    #[server(default)] cut_off: String,
    #[server(default)] days_ahead: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::RulesForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let form = RulesForm { lead_days, lead_hours, cut_off, days_ahead };
    here.shop.save_rules(&form, &mark).await?;
    Ok(here.next("/admin/settings/rules?saved=1"))
}

/// Another holiday.
#[server(prefix = "/fn", endpoint = "admin/settings/holidays/add")]
pub async fn add_holiday(
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] text_ro: String,
    #[server(default)] text_en: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::HolidayForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.add_holiday(&HolidayForm { from, to, text_ro, text_en }, &mark).await?;
    Ok(here.next("/admin/settings/holidays?saved=1"))
}

/// Takes a holiday away.
#[server(prefix = "/fn", endpoint = "admin/settings/holidays/remove")]
pub async fn remove_holiday(
    #[server(default)] number: u32,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.remove_holiday(usize::try_from(number).unwrap_or(usize::MAX), &mark).await?;
    Ok(here.next("/admin/settings/holidays?saved=1"))
}

/// Closes the shop at once, or opens it.
#[server(prefix = "/fn", endpoint = "admin/settings/closed")]
pub async fn save_closed(
    #[server(default)] closed: Option<String>,
    #[server(default)] closed_until: String,
    #[server(default)] closed_text_ro: String,
    #[server(default)] closed_text_en: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::ClosedForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let form = ClosedForm {
        closed: closed.is_some(),
        until: closed_until,
        text_ro: closed_text_ro,
        text_en: closed_text_en,
    };
    here.shop.save_closed(&form, &mark).await?;
    Ok(here.next("/admin/settings/holidays?saved=1"))
}

/// Which languages customers can choose from.
#[server(prefix = "/fn", endpoint = "admin/settings/languages")]
pub async fn save_languages(
    #[server(default)] ro: Option<String>,
    #[server(default)] en: Option<String>,
    #[server(default)] default: String,
    #[server(default)] mark: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::settings::LanguagesForm;
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    let form = LanguagesForm { ro: ro.is_some(), en: en.is_some(), default };
    here.shop.save_languages(&form, &mark).await?;
    Ok(here.next("/admin/settings/languages?saved=1"))
}
