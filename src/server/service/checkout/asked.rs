//! What a checkout asks for: its form, its key, and whether two requests ask for the same.

use super::PlaceOrder;
use crate::{
    model::{
        checkout::{Checkout, CheckoutForm, Wanted},
        choices::Choices,
        error::AppError,
        field::FieldErrors,
        ids::{IdempotencyKey, Slug},
        money::Money,
        phone::Phone,
    },
    server::{secrets, service::phone},
};

/// The key of a form in the browser. A page that is gone back to still holds its old key; with
/// other words in the form it is another order, with the same words the same.
///
/// # Errors
/// [`AppError::Internal`], never in practice.
pub fn form_key(
    page: &IdempotencyKey,
    form: &CheckoutForm,
    total: Option<Money>,
) -> Result<IdempotencyKey, AppError> {
    let words = serde_json::to_string(&(page, form, total)).map_err(|_| AppError::Internal)?;
    IdempotencyKey::parse(&secrets::token_hash(&words)).map_err(|_| AppError::Internal)
}

/// Checks the whole form and reads the phone number, so that all errors are told together. Whether
/// what is chosen can be had is decided when it is no replay; only beside other errors it is told.
pub(super) fn read(
    form: &CheckoutForm,
    choices: &Choices,
    countries: &[u16],
) -> Result<(Checkout, Phone), AppError> {
    let read = phone::read_for_code(&form.phone, countries);
    match (form.parse(), read) {
        (Ok(checkout), Ok(phone)) => Ok((checkout, phone)),
        (Err(error), _) if !matches!(error, AppError::Fields { .. }) => Err(error),
        (checked, phone) => {
            let mut errors = match checked {
                Err(AppError::Fields { errors }) => errors,
                _ => FieldErrors::default(),
            };
            if let Err(error) = phone
                && !errors.0.contains_key("phone")
            {
                errors.add("phone", error);
            }
            if let Some(wanted) = form.wanted(&mut FieldErrors::default()) {
                choices.check(&wanted, &mut errors);
            }
            Err(AppError::Fields { errors })
        }
    }
}

/// Two requests with one key are the same order when who, where and from which cart are the same.
pub(super) fn request_hash(request: &PlaceOrder, checkout: &Checkout, phone: &Phone) -> String {
    let delivery = serde_json::to_string(&checkout.delivery).unwrap_or_default();
    let Wanted { day, place, area, .. } = &checkout.wanted;
    let day = day.map(|day| day.to_string());
    let mut words = vec![
        request.cart.as_str(),
        phone.as_str(),
        &checkout.name,
        &delivery,
        checkout.preferred_time.as_deref().unwrap_or_default(),
        checkout.special_instructions.as_deref().unwrap_or_default(),
    ];
    let chosen = [day.as_deref(), place.as_ref().map(Slug::as_str), area.as_ref().map(Slug::as_str)];
    // Without any, the hash is that of orders from before there was a choice.
    if chosen.iter().any(Option::is_some) {
        words.extend(chosen.map(Option::unwrap_or_default));
    }
    secrets::token_hash(&words.join("\u{1f}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::shop_facts::ShopFacts,
        server::clock::{now, wall},
    };

    #[test]
    fn all_errors_of_a_form_are_told_together() {
        let form = CheckoutForm { phone: "0000 000 000".into(), ..CheckoutForm::default() };
        let choices = ShopFacts::default().choices(wall(now()));
        let Err(AppError::Fields { errors }) = read(&form, &choices, &[40]) else { panic!("accepted") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["delivery_type", "name", "phone"]);
    }
}
