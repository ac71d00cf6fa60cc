//! Accounts of admins: what their pages show, and the checks of their forms.

use super::{
    error::AppError,
    field::{self, FieldError, FieldErrors},
    ids::{InvitationId, UserId},
    session::Rights,
    time::WallTime,
};
use serde::{Deserialize, Serialize};

/// The fewest characters of a password.
pub const MIN_PASSWORD: u32 = 10;
/// The most.
pub const MAX_PASSWORD: u32 = 1000;
/// The most characters of a user name.
pub const MAX_USERNAME: u32 = 100;

/// An admin in the list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminRow {
    /// Which.
    pub id: UserId,
    /// The name to log in with.
    pub username: String,
    /// What they may do.
    pub rights: Rights,
    /// Does a code follow the password?
    pub second_factor: bool,
    /// When they last logged in, on the shop's clock.
    pub last_login: Option<WallTime>,
    /// Is it the account of who asks?
    pub own: bool,
}

/// Somebody who was invited and has not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Which invitation.
    pub id: InvitationId,
    /// The name that they will log in with.
    pub username: String,
    /// What they will be allowed.
    pub rights: Rights,
    /// By whom.
    pub invited_by: String,
    /// Until when the link opens, on the shop's clock.
    pub until: WallTime,
}

/// The list of admins.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AdminList {
    /// All admins, by name.
    pub admins: Vec<AdminRow>,
    /// Who was invited.
    pub invited: Vec<Invited>,
    /// The path of the invitation that was just made: shown this once.
    pub link: Option<String>,
}

/// One's own account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// How many recovery codes are left, when a code follows the password.
    pub second_factor: Option<u32>,
    /// The second factor that is being set up.
    pub setup: Option<Setup>,
}

/// What sets up an authenticator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// The secret in base32, in groups of four.
    pub secret: String,
    /// The same as an address (`otpauth:`), which phones open.
    pub address: String,
    /// The same address as a QR code.
    pub picture: QrPicture,
    /// Codes for the day when the phone is lost. Each serves once.
    pub recovery: Vec<String>,
}

/// A QR code, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrPicture {
    /// How many modules a side has, the quiet ones around it counted.
    pub side: u32,
    /// The dark modules as a path of SVG.
    pub path: String,
}

/// A password that is to be set, typed twice.
#[derive(Clone, Debug, Default)]
pub struct NewPassword {
    /// The password.
    pub password: String,
    /// The same once more.
    pub again: String,
}

impl NewPassword {
    /// The password, when it is long enough and was typed the same twice.
    pub fn check(&self, errors: &mut FieldErrors) -> Option<String> {
        let checked = errors.check("password", long_enough(&self.password));
        if checked.is_some() && self.password != self.again {
            errors.add("again", FieldError::Differs);
            return None;
        }
        checked.map(|()| self.password.clone())
    }
}

/// Is a password long enough, and not endless?
///
/// # Errors
/// [`FieldError::Required`], [`FieldError::TooShort`] or [`FieldError::TooLong`].
pub fn long_enough(password: &str) -> Result<(), FieldError> {
    let signs = u32::try_from(password.chars().count()).unwrap_or(u32::MAX);
    match signs {
        0 => Err(FieldError::Required),
        1..MIN_PASSWORD => Err(FieldError::TooShort { min: MIN_PASSWORD }),
        MIN_PASSWORD..=MAX_PASSWORD => Ok(()),
        _ => Err(FieldError::TooLong { max: MAX_PASSWORD }),
    }
}

/// Who is to be invited.
#[derive(Clone, Debug, Default)]
pub struct InviteForm {
    /// The name to log in with.
    pub username: String,
    /// `owner` or `staff`.
    pub rights: String,
}

impl InviteForm {
    /// Checks the form.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<(String, Rights), AppError> {
        let mut errors = FieldErrors::default();
        let username = errors.check("username", field::line(&self.username, MAX_USERNAME));
        let rights = Rights::from_name(&self.rights).ok_or(FieldError::Choice);
        match (username, errors.check("rights", rights)) {
            (Some(username), Some(rights)) => Ok((username, rights)),
            _ => Err(AppError::Fields { errors }),
        }
    }
}

/// What somebody typed as the code of a second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCode {
    /// Six digits of the authenticator.
    Digits(String),
    /// Anything else, as recovery codes are kept: small letters and digits alone.
    Recovery(String),
}

impl TypedCode {
    /// Reads what was typed. Spaces and hyphens are there for people.
    ///
    /// # Errors
    /// [`FieldError::Required`], [`FieldError::TooLong`].
    pub fn parse(typed: &str) -> Result<TypedCode, FieldError> {
        if typed.len() > 100 {
            return Err(FieldError::TooLong { max: 100 });
        }
        let signs: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        if signs.is_empty() {
            return Err(FieldError::Required);
        }
        let digits = signs.len() == 6 && signs.bytes().all(|sign| sign.is_ascii_digit());
        Ok(if digits { TypedCode::Digits(signs) } else { TypedCode::Recovery(signs.to_ascii_lowercase()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn wrong(password: &str, again: &str) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let form = NewPassword { password: password.into(), again: again.into() };
        let taken = form.check(&mut errors);
        assert_eq!(taken.is_some(), errors.is_empty());
        errors
    }

    #[test]
    fn a_password_is_long_and_typed_twice() {
        assert!(wrong("pâine caldă", "pâine caldă").is_empty());
        assert_eq!(wrong("pâine", "pâine").0["password"], [FieldError::TooShort { min: 10 }]);
        assert_eq!(wrong("", "").0["password"], [FieldError::Required]);
        assert_eq!(wrong("pâine caldă", "pâine rece ").0["again"], [FieldError::Differs]);
        let long = "x".repeat(1001);
        assert_eq!(wrong(&long, &long).0["password"], [FieldError::TooLong { max: 1000 }]);
    }

    #[test]
    fn codes_as_people_type_them() {
        assert_eq!(TypedCode::parse(" 123 456 "), Ok(TypedCode::Digits("123456".into())));
        let recovery = TypedCode::Recovery("abcdefghjkmnpqrs".into());
        assert_eq!(TypedCode::parse("ABCD-efgh jkmn-pqrs"), Ok(recovery));
        assert_eq!(TypedCode::parse(" - "), Err(FieldError::Required));
        assert_eq!(TypedCode::parse(&"1".repeat(101)), Err(FieldError::TooLong { max: 100 }));
    }

    #[test]
    fn only_the_two_rights_can_be_given() {
        let parse = |username: &str, rights: &str| {
            InviteForm { username: username.into(), rights: rights.into() }.parse()
        };
        assert_eq!(parse(" ina ", "staff"), Ok(("ina".into(), Rights::Staff)));
        assert_eq!(parse("ina", "owner"), Ok(("ina".into(), Rights::Owner)));
        for (username, rights) in [("", "staff"), ("ina", "admin"), ("ina", ""), ("i\u{202e}na", "staff")] {
            assert!(parse(username, rights).is_err(), "{username} {rights}");
        }
    }

    proptest! {
        #[test]
        fn any_code_is_an_answer(typed in strange::nearly("[0-9]{3} ?[0-9]{3}|[a-z]{4}-[a-z]{4}")) {
            match TypedCode::parse(&typed) {
                Ok(TypedCode::Digits(code)) => prop_assert!(code.len() == 6),
                Ok(TypedCode::Recovery(code)) => prop_assert!(!code.is_empty() && code.is_ascii()),
                Err(_) => {}
            }
        }
    }
}
