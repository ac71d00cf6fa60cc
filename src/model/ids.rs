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
    /// A user: a customer or an admin.
    UserId, object_id
);
text_id!(
    /// A cart: 256 random bits in URL-safe base64. Whoever knows it holds the cart.
    CartId, |text| text.len() == 43 && url_safe(text)
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
    use proptest::prelude::*;

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
        fn nothing_but_slug_signs_passes(text in "\\PC{0,130}") {
            if let Ok(slug) = Slug::parse(&text) {
                prop_assert!(slug.as_str().chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
            }
        }
    }
}
