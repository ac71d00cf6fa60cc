//! `Config::read`: any value of any variable is used or refused by a sentence; no sentence repeats
//! a secret.
#![no_main]
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use vatra::server::config::Config;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const NAMES: [&str; 16] = [
    "JWT_SECRET",
    "SESSION_KEY",
    "TWILIO_AUTH_TOKEN",
    "MONGODB_DB",
    "SMS_BACKEND",
    "SMS_OUTBOX",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_FROM",
    "TWILIO_MESSAGING_SERVICE_SID",
    "TWILIO_BASE_URL",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "OTP_DIGITS",
    "CART_TTL_HOURS",
    "RATE_LIMIT_PER_MINUTE",
    "CORS_ORIGINS",
];

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    twilio: bool,
    values: Vec<(u8, &'a str)>,
}

fuzz_target!(|input: Input<'_>| {
    let value = |name: &str| {
        let given = input.values.iter().find(|(index, _)| NAMES[usize::from(*index) % NAMES.len()] == name);
        given.map(|(_, value)| (*value).to_owned()).filter(|value| !value.trim().is_empty())
    };
    let read = Config::read(|name| match name {
        // Never the embedded database: its secrets would be made in a folder.
        "MONGODB_URI" => Some("mongodb://localhost".into()),
        "JWT_SECRET" | "SESSION_KEY" => Some(value(name).unwrap_or_else(|| KEY.into())),
        "SMS_BACKEND" if input.twilio => Some("twilio".into()),
        name => value(name),
    });
    match read {
        Ok(config) => {
            assert!((4..=8).contains(&config.otp_digits));
            assert!((3600..=8760 * 3600).contains(&config.cart_ttl.as_secs()));
            assert!(
                config.public_url.is_none_or(|url| url::Url::parse(&url).is_ok_and(|url| url.has_host()))
            );
        }
        Err(error) => {
            assert!(error.0.ends_with('.') && error.0.chars().filter(|c| *c == '\n').count() == 0, "{error}");
            for name in &NAMES[..3] {
                let secret = value(name).unwrap_or_default();
                let secret = secret.trim();
                // A short one may stand in any sentence by chance, and one that is also the value of
                // another variable is repeated as that.
                let elsewhere =
                    NAMES[3..].iter().filter_map(|name| value(name)).any(|other| other.contains(secret));
                assert!(secret.len() < 16 || elsewhere || !error.0.contains(secret), "{error}");
            }
        }
    }
});
