//! Identifiers: what is accepted stands there unchanged and holds only signs that mean nothing in
//! an address, a header, a cookie, a query or a regular expression.
#![no_main]
use libfuzzer_sys::fuzz_target;
use vatra::model::{
    checkout::DeliveryType,
    ids::{CartId, IdempotencyKey, OrderId, OrderNumber, Slug},
    locale::Locale,
    product::ProductSort,
    status::OrderStatus,
};

fuzz_target!(|text: &str| {
    let accepted = [
        OrderId::parse(text).map(|id| id.to_string()),
        CartId::parse(text).map(|id| id.to_string()),
        Slug::parse(text).map(|id| id.to_string()),
        IdempotencyKey::parse(text).map(|id| id.to_string()),
        OrderNumber::parse(text).map(|id| id.to_string()),
    ];
    for id in accepted.into_iter().flatten() {
        assert_eq!(id, text);
        assert!(id.len() <= 128 && !id.is_empty());
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }
    assert!(OrderStatus::from_name(text).is_none_or(|status| status.name() == text));
    assert!(DeliveryType::from_name(text).is_none_or(|kind| kind.name() == text));
    assert!(ProductSort::from_name(text).is_none_or(|sort| sort.name() == text));
    assert!(Locale::from_tag(text).is_none_or(|l| l.tag() == text));
});
