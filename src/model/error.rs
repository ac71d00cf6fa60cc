//! The one error of the project: every refusal that a person or a program can be told.
//! Codes and statuses are the table "Errors" of docs/architecture.md.

use super::{
    day::Day, day_words, field::FieldErrors, ids::ProductId, locale::Locale, money::Money, phone::Phone, text,
};
use serde::{Deserialize, Serialize};

/// Seconds after which a database that is away is asked again: about as long as a replica set needs to find
/// another primary.
const DATABASE_AGAIN: u32 = 5;

/// A code that programs can rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorCode {
    /// The code, as `STOCK_001`.
    pub name: &'static str,
    /// The HTTP status that goes with it.
    pub status: u16,
}

const fn code(name: &'static str, status: u16) -> ErrorCode {
    ErrorCode { name, status }
}

/// Every code there is.
pub const CODES: [&str; 19] = [
    "AUTH_001",
    "AUTH_002",
    "AUTH_003",
    "AUTH_004",
    "VAL_001",
    "VAL_002",
    "VAL_003",
    "VALIDATION_ERROR",
    "SMS_001",
    "SMS_002",
    "SMS_003",
    "DB_001",
    "DB_002",
    "CONFLICT_001",
    "STOCK_001",
    "RATE_001",
    "BUSY_001",
    "ROOM_001",
    "INTERNAL",
];

/// What was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A product.
    Product,
    /// A category.
    Category,
    /// A cart.
    Cart,
    /// An order.
    Order,
    /// A picture of a product.
    Picture,
    /// A customer.
    Customer,
    /// A message to a customer.
    Message,
    /// An admin.
    Admin,
    /// An invitation to become an admin.
    Invitation,
    /// An address that leads nowhere.
    Page,
}

/// Which state does not allow what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Conflict {
    /// Something with this value exists already.
    Duplicate {
        /// The field that must be unique.
        field: String,
    },
    /// The order cannot go from one status to the other.
    Transition {
        /// Where it is.
        from: String,
        /// Where it was to go.
        to: String,
    },
    /// Nothing in the cart to order.
    EmptyCart,
    /// No more different products fit in the cart.
    CartFull,
    /// The total is not the one that the customer saw.
    TotalChanged {
        /// The total of now.
        total: Money,
    },
    /// The same idempotency key came with another order.
    KeyReused,
    /// The order was verified, cancelled or expired already.
    NotPending,
    /// The category still holds products.
    CategoryInUse,
    /// The document changed meanwhile.
    Stale,
    /// The shop takes no orders now.
    ShopClosed {
        /// The day on which it is there again, when that is known.
        until: Option<Day>,
    },
    /// Nobody drives so far for so little.
    BelowMinimum {
        /// What an order must be worth.
        minimum: Money,
        /// How much is missing.
        missing: Money,
    },
    /// Orders are being worked on, so their customer cannot be forgotten yet.
    OpenOrders,
    /// Without this owner nobody could change the settings any more.
    LastOwner,
    /// The shop takes no orders from this number.
    Blocked {
        /// Where the shop can be called.
        call: Option<Phone>,
    },
    /// What is in an order can be changed only while it is confirmed or being prepared.
    NotEditable,
    /// Only a message that failed is sent again.
    NotFailed,
    /// A call can tell the code before a person has to.
    RingFirst,
    /// Some of several products were left as they are; the others were changed.
    Partly {
        /// How many were changed.
        done: u32,
        /// Which were not.
        refused: Vec<Refused>,
    },
}

/// A product that was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Which.
    pub product_id: ProductId,
    /// Its name; empty when it is gone.
    pub name: String,
    /// Why.
    pub why: Box<AppError>,
}

/// A product of which there is not enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// Which product.
    pub product_id: ProductId,
    /// Its name, for the message.
    pub name: String,
    /// How many are left.
    pub available: u32,
}

/// Every refusal. What is told to the visitor is in here; what only the log may know is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AppError {
    /// Wrong user name or password.
    InvalidCredentials,
    /// No session, or one that has ended.
    SessionExpired,
    /// A session that may not do this.
    Forbidden,
    /// The password is right; now the code of the second factor.
    SecondFactor {
        /// Was there one, and it was wrong or used already?
        wrong: bool,
    },
    /// One or more fields are wrong.
    Fields {
        /// Which, and how.
        errors: FieldErrors,
    },
    /// The SMS could not be sent.
    SmsUnavailable,
    /// A wrong code.
    WrongCode {
        /// How many tries remain.
        tries_left: u32,
    },
    /// The code is too old, used, or tried too often.
    CodeExpired,
    /// The database does not answer.
    Database,
    /// There is no such thing.
    NotFound {
        /// What was looked for.
        what: Missing,
    },
    /// A state that does not allow it.
    Conflict {
        /// Which.
        conflict: Conflict,
    },
    /// Not enough stock.
    Stock {
        /// Of what, and how much is left.
        shortages: Vec<Shortage>,
    },
    /// Too many requests.
    RateLimited {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The shop has more to do than it can; nothing was done.
    Busy {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// No room on the disk for what was sent.
    NoRoom,
    /// Anything else. The log has it under the request id.
    Internal,
}

impl AppError {
    /// One field, one error.
    pub fn field(name: &str, error: super::field::FieldError) -> AppError {
        let mut errors = FieldErrors::default();
        errors.add(name, error);
        AppError::Fields { errors }
    }

    /// There is no such thing.
    pub const fn missing(what: Missing) -> AppError {
        AppError::NotFound { what }
    }

    /// The code of the table.
    pub fn code(&self) -> ErrorCode {
        match self {
            AppError::InvalidCredentials => code("AUTH_001", 401),
            AppError::SessionExpired => code("AUTH_002", 401),
            AppError::Forbidden => code("AUTH_003", 403),
            AppError::SecondFactor { .. } => code("AUTH_004", 401),
            AppError::Fields { errors } => fields_code(errors),
            AppError::SmsUnavailable => code("SMS_001", 503),
            AppError::WrongCode { .. } => code("SMS_002", 400),
            AppError::CodeExpired => code("SMS_003", 400),
            AppError::Database => code("DB_001", 503),
            AppError::NotFound { .. } => code("DB_002", 404),
            AppError::Conflict { .. } => code("CONFLICT_001", 409),
            AppError::Stock { .. } => code("STOCK_001", 409),
            AppError::RateLimited { .. } => code("RATE_001", 429),
            AppError::Busy { .. } => code("BUSY_001", 503),
            AppError::NoRoom => code("ROOM_001", 507),
            AppError::Internal => code("INTERNAL", 500),
        }
    }

    /// The sentence for the visitor.
    pub fn message(&self, l: Locale) -> String {
        match self {
            AppError::InvalidCredentials => text::error::invalid_credentials(l).to_owned(),
            AppError::SessionExpired => text::error::session_expired(l).to_owned(),
            AppError::Forbidden => text::error::forbidden(l).to_owned(),
            AppError::SecondFactor { wrong: false } => text::admins::code_needed(l).to_owned(),
            AppError::SecondFactor { wrong: true } => text::admins::code_wrong(l).to_owned(),
            AppError::Fields { .. } => text::error::fields(l).to_owned(),
            AppError::SmsUnavailable => text::error::sms_unavailable(l).to_owned(),
            AppError::WrongCode { tries_left: 0 } => text::error::code_expired(l).to_owned(),
            AppError::WrongCode { tries_left: 1 } => text::error::wrong_code_last(l).to_owned(),
            AppError::WrongCode { tries_left } => text::error::wrong_code(l, tries_left),
            AppError::CodeExpired => text::error::code_expired(l).to_owned(),
            AppError::Database => text::error::database(l).to_owned(),
            AppError::NotFound { what } => not_found_message(*what, l).to_owned(),
            AppError::Conflict { conflict } => conflict_message(conflict, l),
            AppError::Stock { shortages } => stock_message(shortages, l),
            AppError::RateLimited { retry_after } => text::error::rate_limited(l, retry_after),
            AppError::Busy { .. } => text::error::busy(l).to_owned(),
            AppError::NoRoom => text::error::no_room(l).to_owned(),
            AppError::Internal => text::error::internal(l).to_owned(),
        }
    }

    /// Seconds after which the same may succeed, when that is known (`Retry-After`, RFC 9110).
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            AppError::RateLimited { retry_after } | AppError::Busy { retry_after } => Some(*retry_after),
            AppError::Database => Some(DATABASE_AGAIN),
            _ => None,
        }
    }
}

/// One field with one error has a code of its own kind; several are a `VALIDATION_ERROR`.
fn fields_code(errors: &FieldErrors) -> ErrorCode {
    use super::field::FieldError;
    let mut all = errors.0.values().flatten();
    match (all.next(), all.next()) {
        (Some(FieldError::Required), None) => code("VAL_001", 400),
        (
            Some(
                FieldError::TooLong { .. }
                | FieldError::Range { .. }
                | FieldError::Pixels { .. }
                | FieldError::TooBig { .. }
                | FieldError::Segments { .. }
                | FieldError::TooMany { .. }
                | FieldError::TooShort { .. },
            ),
            None,
        ) => code("VAL_003", 400),
        (Some(_), None) => code("VAL_002", 400),
        _ => code("VALIDATION_ERROR", 400),
    }
}

const fn not_found_message(what: Missing, l: Locale) -> &'static str {
    match what {
        Missing::Product => text::error::no_product(l),
        Missing::Category => text::error::no_category(l),
        Missing::Cart => text::error::no_cart(l),
        Missing::Order => text::error::no_order(l),
        Missing::Picture => text::error::no_picture(l),
        Missing::Customer => text::customers::missing(l),
        Missing::Message => text::order_desk::no_message(l),
        Missing::Admin => text::admins::no_admin(l),
        Missing::Invitation => text::admins::no_invitation(l),
        Missing::Page => text::error::no_page(l),
    }
}

fn conflict_message(conflict: &Conflict, l: Locale) -> String {
    match conflict {
        Conflict::Duplicate { .. } => text::error::duplicate(l).to_owned(),
        Conflict::Transition { .. } => text::error::transition(l).to_owned(),
        Conflict::EmptyCart => text::error::empty_cart(l).to_owned(),
        Conflict::CartFull => text::error::cart_full(l).to_owned(),
        Conflict::TotalChanged { .. } => text::error::total_changed(l).to_owned(),
        Conflict::KeyReused => text::error::key_reused(l).to_owned(),
        Conflict::NotPending => text::error::not_pending(l).to_owned(),
        Conflict::CategoryInUse => text::error::category_in_use(l).to_owned(),
        Conflict::Stale => text::error::stale(l).to_owned(),
        Conflict::Partly { done, refused } => text::products_desk::partly(l, done, refused.len()),
        Conflict::ShopClosed { until: None } => text::checkout::closed(l).to_owned(),
        Conflict::ShopClosed { until: Some(day) } => text::checkout::closed_until(l, day_words::day(l, *day)),
        Conflict::BelowMinimum { minimum, missing } => {
            text::checkout::below_minimum(l, format!("{minimum} lei"), format!("{missing} lei"))
        }
        Conflict::OpenOrders => text::my_data::open_orders(l).to_owned(),
        Conflict::Blocked { call: Some(phone) } => text::customers::refused_call(l, phone.grouped()),
        Conflict::Blocked { call: None } => text::customers::refused(l).to_owned(),
        Conflict::NotEditable => text::order_desk::not_editable(l).to_owned(),
        Conflict::RingFirst => text::verify::ring_first(l).to_owned(),
        Conflict::NotFailed => text::order_desk::not_failed(l).to_owned(),
        Conflict::LastOwner => text::admins::last_owner(l).to_owned(),
    }
}

fn stock_message(shortages: &[Shortage], l: Locale) -> String {
    let lines: Vec<String> = shortages
        .iter()
        .map(|short| match short.available {
            0 => text::error::sold_out(l, &short.name),
            left => text::error::short_of(l, left, &short.name),
        })
        .collect();
    if lines.is_empty() { text::error::stock(l).to_owned() } else { lines.join(" ") }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code().name, self.message(Locale::En))
    }
}

impl std::error::Error for AppError {}

#[cfg(test)]
mod tests {
    use super::super::field::FieldError;
    use super::*;

    fn one_of_each() -> Vec<(AppError, &'static str, u16)> {
        let mut several = FieldErrors::default();
        several.add("name", FieldError::Required);
        several.add("phone", FieldError::Phone);
        vec![
            (AppError::InvalidCredentials, "AUTH_001", 401),
            (AppError::SessionExpired, "AUTH_002", 401),
            (AppError::Forbidden, "AUTH_003", 403),
            (AppError::SecondFactor { wrong: false }, "AUTH_004", 401),
            (AppError::SecondFactor { wrong: true }, "AUTH_004", 401),
            (AppError::field("name", FieldError::Required), "VAL_001", 400),
            (AppError::field("phone", FieldError::Phone), "VAL_002", 400),
            (AppError::field("name", FieldError::TooLong { max: 100 }), "VAL_003", 400),
            (AppError::field("image", FieldError::Picture), "VAL_002", 400),
            (AppError::field("image", FieldError::Pixels { side: 9, megapixels: 9 }), "VAL_003", 400),
            (AppError::field("image", FieldError::TooBig { megabytes: 9 }), "VAL_003", 400),
            (AppError::Fields { errors: several }, "VALIDATION_ERROR", 400),
            (AppError::SmsUnavailable, "SMS_001", 503),
            (AppError::WrongCode { tries_left: 2 }, "SMS_002", 400),
            (AppError::CodeExpired, "SMS_003", 400),
            (AppError::Database, "DB_001", 503),
            (AppError::missing(Missing::Order), "DB_002", 404),
            (AppError::Conflict { conflict: Conflict::EmptyCart }, "CONFLICT_001", 409),
            (AppError::Conflict { conflict: Conflict::Blocked { call: None } }, "CONFLICT_001", 409),
            (AppError::missing(Missing::Customer), "DB_002", 404),
            (AppError::Stock { shortages: vec![] }, "STOCK_001", 409),
            (AppError::RateLimited { retry_after: 5 }, "RATE_001", 429),
            (AppError::Busy { retry_after: 2 }, "BUSY_001", 503),
            (AppError::NoRoom, "ROOM_001", 507),
            (AppError::Internal, "INTERNAL", 500),
        ]
    }

    #[test]
    fn codes_and_statuses_are_those_of_the_table() {
        let names: Vec<_> = one_of_each().into_iter().map(|(_, name, _)| name).collect();
        assert!(
            CODES.iter().all(|code| names.contains(code)) && names.iter().all(|name| CODES.contains(name))
        );
        for (error, name, status) in one_of_each() {
            assert_eq!(error.code(), code(name, status), "{error:?}");
        }
    }

    #[test]
    fn every_message_is_there_in_both_languages_and_survives_the_wire() {
        for (error, ..) in one_of_each() {
            let [ro, en] = Locale::ALL.map(|l| error.message(l));
            assert!(!ro.is_empty() && !en.is_empty() && ro != en, "{error:?}");
            let json = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<AppError>(&json).unwrap(), error);
        }
    }

    #[test]
    fn a_shortage_says_what_and_how_much() {
        let shortage = |available| AppError::Stock {
            shortages: vec![Shortage {
                product_id: ProductId::parse("507f1f77bcf86cd799439011").unwrap(),
                name: "Cozonac".into(),
                available,
            }],
        };
        assert!(shortage(2).message(Locale::En).contains("2"));
        assert!(shortage(2).message(Locale::En).contains("Cozonac"));
        assert!(shortage(0).message(Locale::Ro).contains("Cozonac"));
    }
}
