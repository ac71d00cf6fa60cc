//! `Money::parse` and the JSON API's `rest::money::read`: what is accepted is exactly what was
//! written, in range, and reads back from its normal form.
#![no_main]
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use vatra::{
    model::money::{MAX_MONEY, Money},
    server::rest::money::{Decimal, read},
};

fuzz_target!(|text: &str| {
    if let Ok(money) = Money::parse(text) {
        assert!(money <= MAX_MONEY);
        let written = text.trim().replace(',', ".");
        let (lei, bani) = written.split_once('.').unwrap_or((&written, ""));
        assert!(lei.bytes().chain(bani.bytes()).all(|b| b.is_ascii_digit()));
        assert_eq!(format!("{lei}{bani:0<2}").parse(), Ok(money.bani()));
        assert_eq!(Money::parse(&money.decimal()), Ok(money));
    }
    if let Ok(raw) = RawValue::from_string(text.to_owned())
        && let Ok(money) = read(&raw)
    {
        let json = serde_json::to_string(&Decimal(money)).expect("a number");
        assert_eq!(RawValue::from_string(json).map(|raw| read(&raw)).ok(), Some(Ok(money)));
    }
});
