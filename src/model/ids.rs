//! Identifiers. Each is parsed once at the edge, so that no text from outside reaches a query.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is not an identifier of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed identifier")
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// # Errors
            /// [`IdError`] when the text is not of this kind.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) { Ok(Self(text.to_owned())) } else { Err(IdError) }
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// The 24 lower-case hexadecimal digits of a MongoDB ObjectId.
fn object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn url_safe(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The signs of an order number: no vowels (no words by accident), no look-alikes.
pub const ORDER_NUMBER_SIGNS: &[u8; 24] = b"234679BCDFGHJKMNPQRTVWXZ";

text_id!(
    /// A product.
    ProductId, object_id
);
text_id!(
    /// A category.
    CategoryId, object_id
);
text_id!(
    /// An order.
    OrderId, object_id
);
text_id!(
    /// A message to a customer.
    MessageId, object_id
);
text_id!(
    /// A user: a customer or an admin.
    UserId, object_id
);
text_id!(
    /// A customer: the id of the record, or of any order of the same number. So a page of the
    /// producer's has an address without the number in it.
    CustomerId, object_id
);
text_id!(
    /// A note about a customer.
    NoteId, object_id
);
text_id!(
    /// A blocked number: a keyed hash of it, in URL-safe base64.
    BlockId, |text| text.len() == 43 && url_safe(text)
);
text_id!(
    /// An invitation to become an admin.
    InvitationId, object_id
);
text_id!(
    /// A cart: 256 random bits in URL-safe base64. Whoever knows it holds the cart.
    CartId, |text| text.len() == 43 && url_safe(text)
);
text_id!(
    /// A visitor's try to sign in by phone: 256 random bits in URL-safe base64. Its code works only
    /// with it, so nobody else's tries use it up.
    SignInId, |text| text.len() == 43 && url_safe(text)
);
text_id!(
    /// A product's or category's name in an address: lower-case letters, digits and hyphens.
    Slug,
    |text| (1..=120).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
);
text_id!(
    /// What makes placing an order idempotent: 8 to 128 URL-safe signs made by the client.
    IdempotencyKey, |text| (8..=128).contains(&text.len()) && url_safe(text)
);
text_id!(
    /// What the customer reads out: `VK7-3MQ9`, seven random signs without look-alikes
    /// (24^7, about 4.6 billion): unique by an index, not guessable in sequence.
    OrderNumber,
    |text| text.len() == 8
        && text.bytes().enumerate().all(|(place, b)| {
            if place == 3 { b == b'-' } else { ORDER_NUMBER_SIGNS.contains(&b) }
        })
);

impl OrderNumber {
    /// Builds a number from seven random indices.
    pub fn from_draw(mut draw: impl FnMut(usize) -> usize) -> OrderNumber {
        let mut text = String::with_capacity(8);
        for place in 0..7 {
            if place == 3 {
                text.push('-');
            }
            let sign = draw(ORDER_NUMBER_SIGNS.len()) % ORDER_NUMBER_SIGNS.len();
            text.push(char::from(ORDER_NUMBER_SIGNS[sign]));
        }
        OrderNumber(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    /// What is accepted stands there unchanged, reads back, and holds nothing that means anything
    /// in an address, a header, a cookie, a query or a regular expression.
    fn plain<T>(text: &str, signs: &str) -> Result<(), TestCaseError>
    where
        T: TryFrom<String, Error = IdError> + Into<String> + Clone + PartialEq + fmt::Debug,
    {
        if let Ok(id) = T::try_from(text.to_owned()) {
            let written: String = id.clone().into();
            prop_assert_eq!(&written, text);
            prop_assert!(written.chars().all(|sign| signs.contains(sign)), "{:?}", written);
            prop_assert_eq!(T::try_from(written), Ok(id));
        }
        Ok(())
    }

    const HEX: &str = "0123456789abcdef";
    const URL_SAFE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const OF_SLUGS: &str = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const OF_NUMBERS: &str = "234679BCDFGHJKMNPQRTVWXZ-";

    #[test]
    fn operators_never_become_ids() {
        for text in ["{\"$gt\":\"\"}", "$where", "", "507f1f77bcf86cd79943901", "507F1F77BCF86CD799439011"] {
            assert!(ProductId::parse(text).is_err(), "{text}");
            assert!(CartId::parse(text).is_err(), "{text}");
        }
        assert!(ProductId::parse("507f1f77bcf86cd799439011").is_ok());
    }

    proptest! {
        #[test]
        fn drawn_order_numbers_parse(draws in proptest::collection::vec(0..1000usize, 7)) {
            let mut draws = draws.into_iter();
            let number = OrderNumber::from_draw(|_| draws.next().unwrap());
            prop_assert_eq!(OrderNumber::parse(number.as_str()), Ok(number));
        }

        #[test]
        fn database_ids_are_plain(text in strange::nearly("[0-9a-fA-F]{23,25}|[0-9a-f]{24}")) {
            plain::<ProductId>(&text, HEX)?;
            plain::<CategoryId>(&text, HEX)?;
            plain::<OrderId>(&text, HEX)?;
            plain::<UserId>(&text, HEX)?;
            prop_assert!(OrderId::parse(&text).is_err() || text.len() == 24);
        }

        #[test]
        fn carts_and_keys_are_plain(text in strange::nearly("[A-Za-z0-9_-]{7,9}|[A-Za-z0-9_-]{42,44}|[a-z]{127,129}")) {
            plain::<CartId>(&text, URL_SAFE)?;
            plain::<IdempotencyKey>(&text, URL_SAFE)?;
            prop_assert!(CartId::parse(&text).is_err() || text.len() == 43);
            prop_assert!(IdempotencyKey::parse(&text).is_err() || (8..=128).contains(&text.len()));
        }

        #[test]
        fn slugs_are_plain(text in strange::nearly("[a-z0-9-]{0,125}")) {
            plain::<Slug>(&text, OF_SLUGS)?;
            prop_assert!(Slug::parse(&text).is_err() || (1..=120).contains(&text.len()));
        }

        #[test]
        fn order_numbers_are_plain(text in strange::nearly("[2-9BCDXZ]{3}-?[2-9BCDXZ]{4}")) {
            plain::<OrderNumber>(&text, OF_NUMBERS)?;
            prop_assert!(OrderNumber::parse(&text).is_err() || text.find('-') == Some(3));
        }
    }
}
