//! Reading JSON bodies. All that is wrong is told together: missing fields, fields of the wrong
//! type, and fields that do not exist.

use super::{fields::Fields, refusal::Refusal};
use crate::{
    model::{error::AppError, field::FieldError},
    server::http::body::LIMIT,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
};
use http::{HeaderMap, StatusCode, header};

/// A request type that is read field by field.
pub trait FromFields: Sized {
    /// Takes its fields; `None` when one is missing or wrong, which is then noted there.
    fn from_fields(fields: &mut Fields<'_>) -> Option<Self>;
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: FromFields> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Refusal> {
        if !has_type(request.headers(), "application/json") {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Refusal::with_status(status, "Content-Type", FieldError::Format));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| unreadable(&error))?;
        Ok(Json(read(&bytes)?))
    }
}

/// Does the body say that it is of this type?
pub(super) fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(wanted)
}

fn unreadable(error: &BytesRejection) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let max = u32::try_from(LIMIT).unwrap_or(u32::MAX);
        return Refusal::with_status(StatusCode::PAYLOAD_TOO_LARGE, "body", FieldError::TooLong { max });
    }
    AppError::field("body", FieldError::Format).into()
}

fn read<T: FromFields>(body: &[u8]) -> Result<T, AppError> {
    let malformed = || AppError::field("body", FieldError::Format);
    let mut fields = Fields::of_body(body).ok_or_else(malformed)?;
    let value = T::from_fields(&mut fields);
    fields.finish()?;
    value.ok_or_else(malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{quantity::Quantity, strange};
    use proptest::prelude::*;
    use serde_json::Value;
    use std::collections::BTreeMap;

    struct Sample;

    impl FromFields for Sample {
        fn from_fields(fields: &mut Fields<'_>) -> Option<Sample> {
            let name = fields.required::<String>("name");
            let quantity = fields.required::<Quantity>("quantity");
            fields.inside("place", |place| place.optional::<String>("street"));
            name.and(quantity).map(|_| Sample)
        }
    }

    fn wrong(body: &str) -> BTreeMap<String, Vec<FieldError>> {
        match read::<Sample>(body.as_bytes()) {
            Ok(Sample) => BTreeMap::new(),
            Err(AppError::Fields { errors }) => errors.0,
            Err(error) => panic!("{error}"),
        }
    }

    fn only(field: &str, error: FieldError) -> BTreeMap<String, Vec<FieldError>> {
        BTreeMap::from([(field.to_owned(), vec![error])])
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(wrong(r#"{"name":"Ana","quantity":2,"place":{"street":"x"}}"#), BTreeMap::new());
        assert_eq!(wrong(r#"{"name":"Ana","quantity":2,"place":null}"#), BTreeMap::new());
        let name = |value: &str| wrong(&format!(r#"{{"name":{value},"quantity":2}}"#));
        assert_eq!(name("null"), only("name", FieldError::Required));
        for value in ["1", "true", "[]", r#"{"$gt":""}"#, r#""\ud800""#] {
            assert_eq!(name(value), only("name", FieldError::Format), "{value}");
        }
        let place = |value: &str| wrong(&format!(r#"{{"name":"Ana","quantity":2,"place":{value}}}"#));
        assert_eq!(place("[\"x\"]"), only("place", FieldError::Format));
        assert_eq!(place(r#"{"street":"x","street":"y"}"#), only("place", FieldError::Format));
        assert_eq!(place(r#"{"$gt":""}"#), only("place.$gt", FieldError::Unknown));
        assert_eq!(place(r#"{"street":5}"#), only("place.street", FieldError::Format));
        let all = wrong(r#"{"price":1,"quantity":"2"}"#);
        assert_eq!(all.keys().collect::<Vec<_>>(), ["name", "price", "quantity"]);
    }

    #[test]
    fn a_quantity_is_a_whole_number_in_range() {
        let quantity = |value: &str| wrong(&format!(r#"{{"name":"Ana","quantity":{value}}}"#));
        for value in ["1.5", "1e2", "2.0", "\"2\"", "1e999"] {
            assert_eq!(quantity(value), only("quantity", FieldError::Format), "{value}");
        }
        for value in ["0", "-1", "-0", "1000", "99999999999999999999999999"] {
            assert_eq!(quantity(value), only("quantity", FieldError::Range { min: 1, max: 999 }), "{value}");
        }
    }

    #[test]
    fn what_is_no_object_is_malformed() {
        for body in [
            "",
            "[]",
            "null",
            "\"x\"",
            "{",
            "{} {}",
            r#"["Ana",2]"#,
            r#"{"name":01}"#,
            r#"{"name":"Ana","name":"Ion","quantity":1}"#,
        ] {
            assert_eq!(wrong(body), only("body", FieldError::Format), "{body}");
        }
        assert!(read::<Sample>(b"{\"name\":\"\xff\"}").is_err());
        assert_eq!(wrong(&"[".repeat(60_000)), only("body", FieldError::Format));
        let deep = format!(r#"{{"name":{}"#, "[".repeat(60_000));
        assert_eq!(wrong(&deep), only("body", FieldError::Format));
    }

    #[test]
    fn a_field_name_is_not_thrown_back_whatever_it_is() {
        let long = "x".repeat(65);
        let body = format!(r#"{{"name":"Ana","quantity":2,"{long}":1}}"#);
        assert_eq!(wrong(&body), only("body", FieldError::Unknown));
        let many: String = (0..1000).map(|number| format!(r#""f{number}":1,"#)).collect();
        assert!(wrong(&format!(r#"{{{many}"name":"Ana","quantity":2}}"#)).len() <= 20);
    }

    fn fitting_place(place: &Value) -> bool {
        let Value::Object(place) = place else { return false };
        place.iter().all(|(name, value)| name == "street" && (value.is_null() || value.is_string()))
    }

    /// Small values of every kind, objects with fields that are known among them.
    fn any_json() -> impl Strategy<Value = Value> {
        let name = prop_oneof![2 => Just("street".to_owned()), 1 => strange::text(5)];
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..1100i64).prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            strange::text(10).prop_map(Value::from),
        ]
        .prop_recursive(2, 8, 3, move |inner| {
            let name = name.clone();
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::vec((name, inner), 0..3)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_body_is_an_answer(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read::<Sample>(&body);
        }

        #[test]
        fn any_value_is_an_answer(value in "[\\[\\]{}\":,0-9a-z$. ]{0,40}") {
            let _ = wrong(&format!(r#"{{"name":{value},"quantity":{value},"place":{value}}}"#));
        }

        #[test]
        fn only_what_the_request_knows_is_accepted(
            body in proptest::collection::btree_map(
                prop_oneof![
                    4 => proptest::sample::select(vec!["name", "quantity", "place"]).prop_map(str::to_owned),
                    1 => strange::text(70),
                ],
                any_json(),
                0..5,
            ),
        ) {
            let text = serde_json::to_string(&body).unwrap();
            let known = |name: &String| ["name", "quantity", "place"].contains(&name.as_str());
            let fits = body.get("name").is_some_and(Value::is_string)
                && body.get("quantity").is_some_and(|n| n.as_i64().is_some_and(|n| (1..=999).contains(&n)))
                && body.get("place").is_none_or(|place| place.is_null() || fitting_place(place))
                && body.keys().all(known);
            let wrong = wrong(&text);
            prop_assert_eq!(wrong.is_empty(), fits, "{}", text);
            prop_assert!(wrong.keys().all(|name| name.len() <= "place.".len() + 64));
        }
    }
}
