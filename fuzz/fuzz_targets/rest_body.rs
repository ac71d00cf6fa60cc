//! The reading of JSON bodies (`rest::fields`): a body is accepted exactly when another reader of
//! JSON finds the known fields, of the right types and in range, and no others; a refusal does not
//! repeat whatever was sent.
#![no_main]
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use vatra::{
    model::{error::AppError, quantity::Quantity},
    server::rest::fields::Fields,
};

fuzz_target!(|body: &[u8]| {
    let Some(mut fields) = Fields::of_body(body) else { return };
    let name = fields.required::<String>("name");
    let quantity = fields.required::<Quantity>("quantity");
    let street = fields.inside("place", |place| place.optional::<String>("street"));
    match fields.finish() {
        Ok(()) => {
            let Ok(Value::Object(value)) = serde_json::from_slice::<Value>(body) else {
                panic!("only this reader accepts it")
            };
            assert_eq!(value.get("name").and_then(Value::as_str), name.as_deref());
            let number = value.get("quantity").and_then(Value::as_i64);
            assert_eq!(number, quantity.map(i64::from));
            assert!(number.is_some_and(|number| (1..=999).contains(&number)) && name.is_some());
            let place = value.get("place").and_then(|place| place.get("street")).and_then(Value::as_str);
            assert_eq!(place, street.flatten().as_deref());
            assert!(value.keys().all(|key| ["name", "quantity", "place"].contains(&key.as_str())));
        }
        Err(AppError::Fields { errors }) => {
            assert!(!errors.is_empty() && errors.0.len() <= 25);
            assert!(errors.0.keys().all(|name| name.len() <= "place.".len() + 64));
        }
        Err(error) => panic!("{error}"),
    }
});
