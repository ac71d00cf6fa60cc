//! The second factor of admins: codes of an authenticator by the clock (TOTP, RFC 6238), and recovery
//! codes for the day when the phone is lost.
//!
//! The secret is stored sealed; the recovery codes are derived from it, so that they can be shown
//! while it is set up without being stored. What is stored of them are keyed hashes.

use super::Shop;
use crate::{
    model::{
        account::{QrPicture, Setup, TypedCode},
        error::{AppError, Conflict},
        ids::UserId,
    },
    server::{
        clock::now,
        sealed::{seal, unseal},
        service::auth::Login,
        store::{
            rate_limits::{Limit, Per},
            users::AdminUser,
        },
        trail,
    },
};
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Totp};

/// How long a second factor can be set up, in seconds.
const SETUP: i64 = 900;
/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Signs of recovery codes: 32, without those that are taken for others.
const SIGNS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// Wrong codes of an account before a pause, from wherever they come: somebody who tries them knows
/// the password already. Three codes of a million fit at any time, so one of them
/// is found after some two years of trying without a stop.
const CODES: Limit = Limit { most: 10, per: Per::Seconds(1800) };

impl Shop {
    /// Begins to set up a second factor; the password shows that it is the account's owner.
    ///
    /// # Errors
    /// A wrong password; a conflict when there is a second factor already.
    pub async fn begin_factor(&self, login: &Login, password: &str, address: &str) -> Result<(), AppError> {
        let user = self.of_password(login, password, "current", address).await?;
        let secret: [u8; 20] = rand::random();
        let sealed = seal(&self.config.session_key, user.id.as_str(), &secret)?;
        let begun = self.store.users.begin_factor(&user.id, &sealed, now().plus_seconds(SETUP)).await?;
        if begun { Ok(()) } else { Err(stale()) }
    }

    /// What sets up the authenticator, while that is under way.
    ///
    /// # Errors
    /// [`AppError::Internal`].
    pub(super) fn factor_setup(&self, user: &AdminUser) -> Result<Option<Setup>, AppError> {
        let Some(pending) = user.pending_factor.as_ref().filter(|pending| pending.until > now()) else {
            return Ok(None);
        };
        let Some(totp) = self.totp(&user.id, &pending.secret) else { return Ok(None) };
        let secret = totp.secret().to_base32();
        let address = format!(
            "otpauth://totp/Vatra:{}?secret={secret}&issuer=Vatra&algorithm=SHA1&digits=6&period=30",
            crate::app::forms::escape(&user.username).replace('/', "%2F"),
        );
        let recovery = self.recovery_codes(&user.id, &pending.secret);
        Ok(Some(Setup {
            secret: groups(&secret, " "),
            picture: picture(&address)?,
            address,
            recovery: recovery.iter().map(|code| groups(code, "-")).collect(),
        }))
    }

    /// Makes the second factor count, when its first code is right. All other logins end.
    ///
    /// # Errors
    /// [`AppError::SecondFactor`] for a wrong code, a conflict when nothing is being set up any more.
    pub async fn confirm_factor(&self, login: &Login, code: &str) -> Result<Login, AppError> {
        let code = TypedCode::parse(code).map_err(|error| AppError::field("code", error))?;
        let user = self.account_of(login).await?;
        let pending = user.pending_factor.filter(|pending| pending.until > now()).ok_or_else(stale)?;
        let key = self.code_key(&user.id);
        self.store.rate_limits.count(&key, CODES).await?;
        let step =
            self.step_of(&user.id, &pending.secret, &code).ok_or(AppError::SecondFactor { wrong: true })?;
        let hashes = self.recovery_codes(&user.id, &pending.secret);
        let hashes: Vec<String> = hashes.iter().map(|code| self.recovery_hash(&user.id, code)).collect();
        if !self.store.users.confirm_factor(&user.id, &pending.secret, step, &hashes).await? {
            return Err(stale());
        }
        self.store.rate_limits.forgive(&key, CODES).await?;
        self.store.users.void_logins(&user.username).await?;
        self.renewed(login).await
    }

    /// Takes off one's own second factor: password and code show that it is the account's owner.
    ///
    /// # Errors
    /// A wrong password or code; a conflict when there is no second factor.
    pub async fn drop_factor(
        &self,
        login: &Login,
        password: &str,
        code: &str,
        address: &str,
    ) -> Result<(), AppError> {
        let user = self.of_password(login, password, "current", address).await?;
        if user.second_factor.is_none() {
            return Err(stale());
        }
        self.check_factor(&user, code).await?;
        self.store.users.remove_factor(&user.id).await?;
        Ok(())
    }

    /// Takes a code of an admin, each only once.
    ///
    /// # Errors
    /// [`AppError::SecondFactor`], [`AppError::RateLimited`].
    pub(super) async fn check_factor(&self, user: &AdminUser, code: &str) -> Result<(), AppError> {
        let wrong = AppError::SecondFactor { wrong: true };
        let factor = user.second_factor.as_ref().ok_or(AppError::SessionExpired)?;
        let key = self.code_key(&user.id);
        self.store.rate_limits.count(&key, CODES).await?;
        let code = TypedCode::parse(code).map_err(|_| wrong.clone())?;
        let taken = match &code {
            TypedCode::Digits(_) => match self.step_of(&user.id, &factor.secret, &code) {
                Some(step) => self.store.users.use_step(&user.id, step).await?,
                None => false,
            },
            TypedCode::Recovery(typed) => {
                let taken =
                    self.store.users.use_recovery(&user.id, &self.recovery_hash(&user.id, typed)).await?;
                if taken {
                    trail::set("recovery_codes", factor.recovery_left.saturating_sub(1));
                }
                taken
            }
        };
        if !taken {
            return Err(wrong);
        }
        self.store.rate_limits.forgive(&key, CODES).await
    }

    /// The step of the clock that a code belongs to: of now, or the one before or after.
    fn step_of(&self, id: &UserId, sealed: &str, code: &TypedCode) -> Option<i64> {
        let TypedCode::Digits(digits) = code else { return None };
        let seconds = u64::try_from(now().0 / 1000).ok()?;
        i64::try_from(self.totp(id, sealed)?.check(digits, seconds)?).ok()
    }

    fn totp(&self, id: &UserId, sealed: &str) -> Option<Totp> {
        let Some(secret) = unseal(&self.config.session_key, id.as_str(), sealed) else {
            tracing::error!("a second factor was sealed under another SESSION_KEY: it must be reset");
            return None;
        };
        // SHA-1, six digits, thirty seconds, one step before and after: what authenticators understand.
        Builder::new().with_secret(secret).build().ok()
    }

    fn recovery_codes(&self, id: &UserId, sealed: &str) -> Vec<String> {
        let key = self.config.session_key.derived("recovery codes");
        let code = |number: usize| {
            let bytes = key.mac_bytes(&[id.as_str(), sealed, &number.to_string()]);
            bytes[..16].iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
        };
        (0..RECOVERY_CODES).map(code).collect()
    }

    fn recovery_hash(&self, id: &UserId, code: &str) -> String {
        self.config.session_key.mac(&["recovery code", id.as_str(), code])
    }

    fn code_key(&self, id: &UserId) -> String {
        format!("login:{}", self.config.session_key.mac(&["code of", id.as_str()]))
    }
}

const fn stale() -> AppError {
    AppError::Conflict { conflict: Conflict::Stale }
}

/// In groups of four, which people can read out.
fn groups(text: &str, between: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(between)
}

/// The dark modules of a QR code, with the four quiet ones around it that readers need.
fn picture(text: &str) -> Result<QrPicture, AppError> {
    use std::fmt::Write;
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| {
        tracing::error!(%error, "no QR code");
        AppError::Internal
    })?;
    let (width, mut path) = (code.width(), String::new());
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET);
        }
    }
    Ok(QrPicture { side: u32::try_from(width + 2 * QUIET).unwrap_or_default(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed of RFC 6238, appendix B, for HMAC-SHA-1.
    fn totp() -> Totp {
        Builder::new().with_secret(b"12345678901234567890".to_vec()).build().unwrap()
    }

    /// The last six of the eight digits that the RFC lists.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp().generate(seconds).to_string(), code, "{seconds}");
            assert_eq!(totp().check(code, seconds), Some(seconds / 30));
        }
    }

    #[test]
    fn one_step_early_or_late_and_no_more() {
        let code = "005924";
        for late in [-30_i64, 0, 30] {
            let at = u64::try_from(1_234_567_890 + late).unwrap();
            assert_eq!(totp().check(code, at), Some(1_234_567_890 / 30), "{late}");
        }
        for late in [-60_i64, 60] {
            assert_eq!(totp().check(code, u64::try_from(1_234_567_890 + late).unwrap()), None, "{late}");
        }
    }

    #[test]
    fn a_secret_is_in_groups() {
        assert_eq!(groups("abcdefghij", "-"), "abcd-efgh-ij");
    }

    #[test]
    fn a_picture_has_its_three_corners_and_stays_inside() {
        let picture = picture("otpauth://totp/Vatra:ina?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(picture.path.starts_with("M4 4h1v1h-1z"), "the first module after the quiet ones");
        let corner = format!("M{} 4h1", picture.side - 5);
        assert!(
            picture.path.contains(&corner) && picture.path.contains(&format!("M4 {}h1", picture.side - 5))
        );
    }
}
