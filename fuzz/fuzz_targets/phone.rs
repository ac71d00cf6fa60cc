//! `service::phone::read`: what is read is E.164, and reads as itself; the form's light check
//! accepts every number in its normal form.
#![no_main]
use libfuzzer_sys::fuzz_target;
use vatra::{
    model::phone::{Phone, looks_like_phone},
    server::service::phone::read,
};

fuzz_target!(|text: &str| {
    looks_like_phone(text);
    if let Ok(phone) = Phone::from_e164(text) {
        assert_eq!(phone.as_str(), text);
        assert!(looks_like_phone(text));
        let shown = format!("{}\u{a0}•••\u{a0}•••\u{a0}{}", &text[..3], &text[text.len() - 3..]);
        assert_eq!(phone.masked(), shown);
    }
    if let Some(phone) = read(text) {
        assert_eq!(Phone::from_e164(phone.as_str()), Ok(phone.clone()));
        assert_eq!(read(phone.as_str()), Some(phone));
    }
});
