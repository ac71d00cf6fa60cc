//! The settings of Twilio.

use super::ConfigError;
use crate::model::phone::Phone;

/// The account at Twilio.
#[derive(Clone)]
pub struct Twilio {
    /// `AC…`
    pub account_sid: String,
    /// Secret; never logged.
    pub auth_token: String,
    /// The sender.
    pub sender: TwilioSender,
    /// The number that calls, E.164; without one nobody is called.
    pub caller: Option<String>,
    /// Who makes and checks codes in the shop's place.
    pub verify: Option<VerifyService>,
    /// `https://api.twilio.com`, or a local server in tests.
    pub base_url: String,
}

/// A service of Twilio's Verify.
#[derive(Clone)]
pub struct VerifyService {
    /// `VA…`
    pub sid: String,
    /// `https://verify.twilio.com`, or a local server in tests.
    pub base_url: String,
}

/// Twilio takes either a number or a messaging service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TwilioSender {
    /// A number of the account, E.164, or an alphanumeric sender.
    From(String),
    /// `MG…`
    MessagingService(String),
}

/// Reads them.
///
/// # Errors
/// One sentence naming the variable and what it should be.
pub(super) fn twilio(var: impl Fn(&str) -> Option<String>) -> Result<Twilio, ConfigError> {
    let needed = |name: &str| {
        var(name).ok_or_else(|| ConfigError(format!("{name} must be set when SMS_BACKEND is twilio.")))
    };
    let sender = match (var("TWILIO_MESSAGING_SERVICE_SID"), var("TWILIO_FROM")) {
        (Some(service), _) => TwilioSender::MessagingService(service),
        (None, Some(from)) if from.starts_with('+') && Phone::from_e164(&from).is_err() => {
            return Err(ConfigError(format!(
                "TWILIO_FROM is {from:?} but must be a number in E.164, like +40722123456."
            )));
        }
        (None, Some(from)) => TwilioSender::From(from),
        (None, None) => {
            return Err(ConfigError(
                "TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID must be set when SMS_BACKEND is twilio.".into(),
            ));
        }
    };
    Ok(Twilio {
        account_sid: needed("TWILIO_ACCOUNT_SID")?,
        auth_token: needed("TWILIO_AUTH_TOKEN")?,
        caller: caller(&var, &sender)?,
        verify: verify(&var)?,
        sender,
        base_url: base_url(&var, "TWILIO_BASE_URL", "https://api.twilio.com"),
    })
}

fn base_url(var: impl Fn(&str) -> Option<String>, name: &str, default: &str) -> String {
    var(name).unwrap_or_else(|| default.into()).trim_end_matches('/').to_owned()
}

/// Who calls: `TWILIO_CALLER`, or the number that sends. `none` switches calls off, for a number that
/// cannot speak.
fn caller(
    var: impl Fn(&str) -> Option<String>,
    sender: &TwilioSender,
) -> Result<Option<String>, ConfigError> {
    match (var("TWILIO_CALLER"), sender) {
        (Some(none), _) if none == "none" => Ok(None),
        (Some(number), _) if Phone::from_e164(&number).is_ok() => Ok(Some(number)),
        (Some(other), _) => Err(ConfigError(format!(
            "TWILIO_CALLER is {other:?} but must be a number in E.164, like +40722123456, or none."
        ))),
        (None, TwilioSender::From(number)) if number.starts_with('+') => Ok(Some(number.clone())),
        (None, _) => Ok(None),
    }
}

fn verify(var: impl Fn(&str) -> Option<String>) -> Result<Option<VerifyService>, ConfigError> {
    let Some(sid) = var("TWILIO_VERIFY_SERVICE_SID") else { return Ok(None) };
    let digits = sid.strip_prefix("VA").unwrap_or_default();
    if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(ConfigError(format!(
            "TWILIO_VERIFY_SERVICE_SID is {sid:?} but must be VA and 32 hexadecimal digits."
        )));
    }
    let base_url = base_url(&var, "TWILIO_VERIFY_BASE_URL", "https://verify.twilio.com");
    Ok(Some(VerifyService { sid, base_url }))
}
