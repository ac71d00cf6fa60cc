//! `http::locale::strip`: only a whole first segment that is a language is taken off, and the rest
//! stays as it is.
#![no_main]
use http::{Request, Uri};
use libfuzzer_sys::fuzz_target;
use vatra::{
    model::locale::Locale,
    server::{
        http::locale::{of_path, strip},
        visitor::{AddressLocale, FullPath},
    },
};

fuzz_target!(|path: &str| {
    let Ok(uri) = path.parse::<Uri>() else { return };
    let Some(before) = uri.path_and_query().map(|path| path.as_str().to_owned()) else { return };
    let request = strip(Request::builder().uri(uri).body(()).expect("an address"));
    let after = request.uri().path_and_query().map_or("", |path| path.as_str());
    assert_eq!(request.extensions().get::<FullPath>().map(|path| path.0.as_str()), Some(before.as_str()));
    match request.extensions().get::<AddressLocale>() {
        Some(AddressLocale(l)) => {
            assert_eq!(of_path(&before), Some(*l));
            let tail = before.strip_prefix('/').and_then(|path| path.strip_prefix(l.tag()));
            assert!(
                tail.is_some_and(|tail| tail == after || format!("/{tail}") == after),
                "{before} {after}"
            );
        }
        None => assert!(before == after || of_path(&before).is_some()),
    }
    for l in Locale::ALL {
        assert!(before != format!("/{}", l.tag()) || after == "/");
    }
});
