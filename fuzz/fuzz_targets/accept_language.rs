//! `Locale::negotiate`: a language is spoken only when the header names it, and a language with a
//! full weight in front of everything wins.
#![no_main]
use libfuzzer_sys::fuzz_target;
use vatra::model::locale::Locale;

fuzz_target!(|header: &str| {
    let spoken = Locale::negotiate(header);
    let lower = header.to_ascii_lowercase();
    assert!(spoken.is_none_or(|l| lower.contains(l.tag())));
    for l in Locale::ALL {
        assert_eq!(Locale::negotiate(&format!("{};q=1,{header}", l.tag())), Some(l));
        // One that is refused weighs as little as one that is not ours.
        let other = Locale::negotiate(&format!("fr,{header}"));
        assert_eq!(Locale::negotiate(&format!("{};q=0,{header}", l.tag())), other);
    }
});
