//! The page that a plain form leads back to (`http::forms::page_of`) and the producer's pages
//! (`app::admin::way`): whatever was asked for, a browser stays on this site, and after a login on
//! the producer's pages.
#![no_main]
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use url::Url;
use vatra::{
    app::{admin::way, forms::escape, i18n::href},
    fuzzing::form_page,
    model::locale::Locale,
};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    named: Option<&'a str>,
    referrer: &'a [u8],
}

const SITE: &str = "https://shop.example";

fuzz_target!(|input: Input<'_>| {
    let query = input.named.map(|named| format!("?page={}", escape(named))).unwrap_or_default();
    if let Some(page) = form_page(&format!("/fn/cart/add{query}"), input.referrer) {
        assert!(page.starts_with('/') && !page.starts_with("//"), "{page}");
        assert_eq!(followed(&page).origin().ascii_serialization(), SITE, "{page}");
    }
    let asked = input.named.unwrap_or_default();
    for l in Locale::ALL {
        let desk = format!("/{}/admin", l.tag());
        for to in [way::after_login(asked).to_owned(), way::at_row(asked, "/admin/products", "p1")] {
            let url = followed(&href(l, &to));
            assert_eq!(url.origin().ascii_serialization(), SITE, "{to}");
            let rest = url.path().strip_prefix(&desk);
            assert!(rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')), "{to}");
        }
    }
});

/// Where a browser goes that is sent to this address.
fn followed(address: &str) -> Url {
    let here = Url::parse("https://shop.example/fn/cart/add").expect("an address");
    here.join(address).expect("an address of this site")
}
