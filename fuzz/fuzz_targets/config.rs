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
            assert!(NAMES.iter().any(|name| error.0.starts_with(name)), "{error}");
            // Of a secret it says what it should be, and nothing of what it is.
            let [key, token] = [
                "must be 32 random bytes in base64 (openssl rand -base64 32).",
                "must be set when SMS_BACKEND is twilio.",
            ];
            for (name, told) in [(NAMES[0], key), (NAMES[1], key), (NAMES[2], token)] {
                assert!(!error.0.starts_with(name) || error.0 == format!("{name} {told}"), "{error}");
            }
        }
    }
});
