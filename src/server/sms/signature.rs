//! Twilio signs what it tells us: HMAC-SHA1 of the address and the fields, by the account's token
//! (<https://www.twilio.com/docs/usage/security#validating-requests>).

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// The header that carries it.
pub const HEADER: &str = "x-twilio-signature";

/// The signature of a request to this address with these fields.
pub fn sign(token: &str, address: &str, fields: &[(String, String)]) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else {
        unreachable!("HMAC takes a key of any length")
    };
    mac.update(address.as_bytes());
    let mut sorted: Vec<&(String, String)> = fields.iter().collect();
    sorted.sort();
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

/// Is this the signature? Takes a time that does not tell where it differs.
pub fn is_signed(token: &str, address: &str, fields: &[(String, String)], signature: &str) -> bool {
    sign(token, address, fields).as_bytes().ct_eq(signature.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// The example of Twilio's documentation.
    #[test]
    fn the_documented_example() {
        let fields = fields(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]);
        let address = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert_eq!(sign("12345", address, &fields), signature);
        assert!(is_signed("12345", address, &fields, signature));
    }

    proptest! {
        #[test]
        fn everything_is_signed(name in "[A-Za-z]{1,8}", value in "[ -~]{0,20}", other in "[ -~]{0,20}", order: bool) {
            let mut pair = vec![(name.clone(), value.clone()), ("Zeta".to_owned(), "1".to_owned())];
            let signature = sign("token", "https://shop.example/a", &pair);
            if order { pair.reverse(); }
            prop_assert!(is_signed("token", "https://shop.example/a", &pair, &signature));
            prop_assert!(!is_signed("other", "https://shop.example/a", &pair, &signature));
            prop_assert!(!is_signed("token", "https://shop.example/b", &pair, &signature));
            prop_assert!(!is_signed("token", "https://shop.example/a", &pair[..1], &signature));
            prop_assert!(!is_signed("token", "https://shop.example/a", &pair, &signature[..20]));
            if other != value {
                let changed = vec![(name, other), ("Zeta".to_owned(), "1".to_owned())];
                prop_assert!(!is_signed("token", "https://shop.example/a", &changed, &signature));
            }
        }
    }
}
