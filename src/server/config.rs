//! The settings of one installation, read once from the environment. A wrong value stops the
//! start with one clear sentence; `.env.example` says what each is for.

mod twilio;

pub use twilio::{Twilio, TwilioSender, VerifyService};

use super::{
    origin::Origin,
    secrets::{self, Secret32},
};
use crate::model::money::Money;
use reqwest::Url;
use std::{
    env,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

/// A sentence for whoever starts the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A server of the operator's: `MONGODB_URI`.
    Uri(String),
    /// A local server started as a child process, its files under the data directory.
    Embedded,
}

/// Who sends the SMS.
#[derive(Clone)]
pub enum SmsBackend {
    /// The log, and a file when `SMS_OUTBOX` is set.
    Console {
        /// Each message is appended here as one JSON line.
        outbox: Option<PathBuf>,
    },
    /// Twilio's Messages API.
    Twilio(Twilio),
}

/// Where the files of pictures are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pictures {
    /// In the folder `pictures` under the data directory.
    Folder,
    /// In the database, for all instances.
    GridFs,
}

/// All settings.
#[derive(Clone)]
pub struct Config {
    /// Which database server.
    pub database: Database,
    /// The database's name.
    pub database_name: String,
    /// Where files of this installation are kept.
    pub data_dir: PathBuf,
    /// Where pictures are kept.
    pub pictures: Pictures,
    /// Signs the admin's tokens.
    pub jwt_secret: Secret32,
    /// Encrypts the customer's cookie and keys the hashes of codes.
    pub session_key: Secret32,
    /// Who sends the SMS.
    pub sms: SmsBackend,
    /// The address that customers use, without a slash at its end.
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Digits of a verification code, 4 to 8.
    pub otp_digits: u32,
    /// How long an unused cart is kept.
    pub cart_ttl: Duration,
    /// Requests a minute and address; 0: as many as they like.
    pub rate_limit_per_minute: u32,
    /// Requests that are worked on at once.
    pub max_requests: usize,
    /// Connections at once.
    pub max_connections: usize,
    /// How long the other end of a connection may take.
    pub client_patience: Duration,
    /// SMS an hour and phone.
    pub sms_per_phone_per_hour: u32,
    /// SMS an hour and address.
    pub sms_per_address_per_hour: u32,
    /// SMS an hour and network (of version 4 a /24, of version 6 a /48).
    pub sms_per_network_per_hour: u32,
    /// SMS a day in all.
    pub sms_per_day: u32,
    /// What SMS and calls may cost in a day.
    pub sms_budget: Money,
    /// What a segment of an SMS costs.
    pub sms_price: Money,
    /// What a call costs.
    pub call_price: Money,
    /// How long a visitor waits who gives the first reason for suspicion.
    pub sms_delay: Duration,
    /// How long the server answers on after it was asked to stop.
    pub leave: Duration,
    /// Country codes of the numbers to which codes are sent.
    pub sms_countries: Vec<u16>,
    /// Origins that may call the API from a browser.
    pub cors_origins: Vec<Origin>,
    /// Where Prometheus may ask for figures.
    pub metrics_addr: Option<SocketAddr>,
}

impl Config {
    /// Reads the environment, and makes the two secrets under the data directory when only the
    /// embedded database is used.
    ///
    /// # Errors
    /// One sentence naming the variable and what it should be.
    pub fn from_env() -> Result<Config, ConfigError> {
        Config::read(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// The same from any source of values.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn read(var: impl Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
        let data_dir = PathBuf::from(var("VATRA_DATA_DIR").unwrap_or_else(|| "./data".into()));
        let database = var("MONGODB_URI").map_or(Database::Embedded, Database::Uri);
        let secret = |name: &str, file: &str| match (var(name), &database) {
            (Some(text), _) => secrets::parse(name, &text),
            (None, Database::Embedded) => secrets::load_or_make(&data_dir, file),
            (None, Database::Uri(_)) => Err(ConfigError(format!(
                "{name} must be set when MONGODB_URI is: 32 random bytes in base64 (openssl rand -base64 32)."
            ))),
        };
        Ok(Config {
            jwt_secret: secret("JWT_SECRET", "jwt-secret")?,
            session_key: secret("SESSION_KEY", "session-key")?,
            database_name: var("MONGODB_DB").unwrap_or_else(|| "vatra".into()),
            pictures: pictures(&var)?,
            sms: sms(&var)?,
            public_url: public_url(&var)?,
            trusted_proxies: list(&var, "TRUSTED_PROXIES", "IP addresses, separated by commas")?,
            otp_digits: number(&var, "OTP_DIGITS", 4, 4..=8)?,
            cart_ttl: Duration::from_secs(3600 * number::<u64>(&var, "CART_TTL_HOURS", 24, 1..=8760)?),
            rate_limit_per_minute: number(&var, "RATE_LIMIT_PER_MINUTE", 100, 0..=1_000_000)?,
            max_requests: number(&var, "MAX_REQUESTS", 128, 1..=100_000)?,
            max_connections: number(&var, "MAX_CONNECTIONS", 2000, 1..=1_000_000)?,
            client_patience: Duration::from_secs(number(&var, "CLIENT_PATIENCE_SECONDS", 30, 1..=3600)?),
            sms_per_phone_per_hour: number(&var, "SMS_PER_PHONE_PER_HOUR", 10, 1..=10_000)?,
            sms_per_address_per_hour: number(&var, "SMS_PER_ADDRESS_PER_HOUR", 20, 1..=1_000_000)?,
            sms_per_network_per_hour: number(&var, "SMS_PER_NETWORK_PER_HOUR", 60, 1..=1_000_000)?,
            sms_countries: countries(&var)?,
            sms_per_day: number(&var, "SMS_PER_DAY", 500, 1..=10_000_000)?,
            sms_budget: money(&var, "SMS_BUDGET_LEI_PER_DAY", 200, 100, 1..=100_000)?,
            sms_price: money(&var, "SMS_PRICE_BANI", 40, 1, 1..=10_000)?,
            call_price: money(&var, "CALL_PRICE_BANI", 100, 1, 1..=10_000)?,
            sms_delay: Duration::from_secs(number(&var, "SMS_DELAY_SECONDS", 10, 0..=600)?),
            leave: Duration::from_secs(number(&var, "LEAVE_SECONDS", 0, 0..=60)?),
            cors_origins: list(&var, "CORS_ORIGINS", ORIGINS)?,
            metrics_addr: address(&var, "METRICS_ADDR")?,
            data_dir,
            database,
        })
    }

    /// Do customers use HTTPS? Then cookies are `Secure`.
    pub fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// What `CORS_ORIGINS` must be.
const ORIGINS: &str = "origins like https://shop.example or http://localhost:8080, separated by commas";

fn number<T: FromStr + PartialOrd + std::fmt::Display + Copy>(
    var: impl Fn(&str) -> Option<String>,
    name: &str,
    default: T,
    range: std::ops::RangeInclusive<T>,
) -> Result<T, ConfigError> {
    let Some(text) = var(name) else { return Ok(default) };
    match text.trim().parse::<T>() {
        Ok(value) if range.contains(&value) => Ok(value),
        _ => Err(ConfigError(format!(
            "{name} is {text:?} but must be a whole number from {} to {}.",
            range.start(),
            range.end()
        ))),
    }
}

fn address(var: impl Fn(&str) -> Option<String>, name: &str) -> Result<Option<SocketAddr>, ConfigError> {
    let Some(text) = var(name) else { return Ok(None) };
    text.trim().parse().map(Some).map_err(|_| {
        ConfigError(format!("{name} is {text:?} but must be an address and a port, like 127.0.0.1:9464."))
    })
}

/// A sum, written as a whole number of so many bani.
fn money(
    var: impl Fn(&str) -> Option<String>,
    name: &str,
    default: i64,
    bani: i64,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Money, ConfigError> {
    let sum = number(var, name, default, range)?.saturating_mul(bani);
    Money::from_bani(sum).map_err(|_| ConfigError(format!("{name} is more than a shop can count.")))
}

fn list<T: FromStr>(
    var: impl Fn(&str) -> Option<String>,
    name: &str,
    what: &str,
) -> Result<Vec<T>, ConfigError> {
    let text = var(name).unwrap_or_default();
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items
        .map(|item| {
            item.parse().map_err(|_| ConfigError(format!("{name} holds {item:?} but must be {what}.")))
        })
        .collect()
}

/// Country codes as they are dialled, `+40,+373`.
fn countries(var: impl Fn(&str) -> Option<String>) -> Result<Vec<u16>, ConfigError> {
    let text = var("SMS_COUNTRIES").unwrap_or_else(|| "+40".into());
    let codes = text.split(',').map(str::trim).filter(|code| !code.is_empty());
    let code = |code: &str| {
        let digits = code.strip_prefix('+').unwrap_or(code);
        digits.parse::<u16>().ok().filter(|code| (1..=999).contains(code)).ok_or_else(|| {
            ConfigError(format!("SMS_COUNTRIES holds {code:?} but must be codes like +40,+373."))
        })
    };
    let codes: Vec<u16> = codes.map(code).collect::<Result<_, _>>()?;
    if codes.is_empty() {
        return Err(ConfigError("SMS_COUNTRIES must name at least one country, like +40.".into()));
    }
    Ok(codes)
}

/// As a browser writes it in `Origin`: scheme and host, and the port when it is not the usual one.
fn public_url(var: impl Fn(&str) -> Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(text) = var("PUBLIC_URL") else { return Ok(None) };
    let origin_only = |url: &Url| {
        matches!(url.scheme(), "https" | "http")
            && (url.username(), url.password()) == ("", None)
            && (url.path(), url.query(), url.fragment()) == ("/", None, None)
    };
    match Url::parse(&text) {
        Ok(url) if origin_only(&url) => Ok(Some(url.origin().ascii_serialization())),
        _ => Err(ConfigError(format!(
            "PUBLIC_URL is {text:?} but must be like https://shop.example, with nothing after the host."
        ))),
    }
}

fn pictures(var: impl Fn(&str) -> Option<String>) -> Result<Pictures, ConfigError> {
    match var("VATRA_PICTURES").unwrap_or_else(|| "folder".into()).as_str() {
        "folder" => Ok(Pictures::Folder),
        "gridfs" => Ok(Pictures::GridFs),
        other => Err(ConfigError(format!("VATRA_PICTURES is {other:?} but must be folder or gridfs."))),
    }
}

fn sms(var: impl Fn(&str) -> Option<String>) -> Result<SmsBackend, ConfigError> {
    match var("SMS_BACKEND").unwrap_or_else(|| "console".into()).as_str() {
        "console" => Ok(SmsBackend::Console { outbox: var("SMS_OUTBOX").map(PathBuf::from) }),
        "twilio" => twilio::twilio(var).map(SmsBackend::Twilio),
        other => Err(ConfigError(format!("SMS_BACKEND is {other:?} but must be console or twilio."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;
    use std::collections::HashMap;

    const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn read(values: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let mut all: HashMap<&str, &str> = HashMap::from([
            ("MONGODB_URI", "mongodb://localhost"),
            ("JWT_SECRET", KEY),
            ("SESSION_KEY", KEY),
        ]);
        all.extend(values.iter().copied());
        Config::read(|name| all.get(name).map(ToString::to_string).filter(|value| !value.is_empty()))
    }

    fn sentence(values: &[(&str, &str)]) -> String {
        read(values).err().map(|error| error.0).unwrap_or_default()
    }

    #[test]
    fn defaults_are_those_of_the_design() {
        let config = read(&[]).unwrap();
        assert_eq!(config.database_name, "vatra");
        assert_eq!(
            (config.otp_digits, config.rate_limit_per_minute, config.sms_per_phone_per_hour),
            (4, 100, 10)
        );
        assert_eq!((config.sms_per_address_per_hour, config.sms_per_day), (20, 500));
        assert_eq!(config.sms_per_network_per_hour, 60);
        assert_eq!(config.sms_countries, [40]);
        assert_eq!(read(&[("SMS_COUNTRIES", "+40, 373")]).unwrap().sms_countries, [40, 373]);
        assert_eq!(config.cart_ttl, Duration::from_secs(24 * 3600));
        assert!(!config.secure() && config.metrics_addr.is_none());
        assert_eq!(config.pictures, Pictures::Folder);
        assert_eq!(read(&[("VATRA_PICTURES", "gridfs")]).unwrap().pictures, Pictures::GridFs);
    }

    #[test]
    fn each_wrong_value_is_named() {
        for (name, value) in [
            ("OTP_DIGITS", "3"),
            ("OTP_DIGITS", "many"),
            ("CART_TTL_HOURS", "0"),
            ("TRUSTED_PROXIES", "10.0.0.0/8"),
            ("PUBLIC_URL", "shop.example"),
            ("PUBLIC_URL", "https://"),
            ("PUBLIC_URL", "https://shop.example/ro"),
            ("SMS_COUNTRIES", "Romania"),
            ("SMS_COUNTRIES", "+0"),
            ("SMS_COUNTRIES", ","),
            ("SMS_BACKEND", "pigeon"),
            ("VATRA_PICTURES", "album"),
            ("RATE_LIMIT_PER_MINUTE", "-1"),
            ("SMS_PER_ADDRESS_PER_HOUR", "0"),
            ("SMS_PER_DAY", "0"),
            ("SMS_BUDGET_LEI_PER_DAY", "0"),
            ("SMS_PRICE_BANI", "free"),
            ("CALL_PRICE_BANI", "-1"),
            ("SMS_DELAY_SECONDS", "601"),
            ("LEAVE_SECONDS", "61"),
            ("METRICS_ADDR", "9464"),
            ("METRICS_ADDR", "localhost"),
            ("CORS_ORIGINS", "*"),
            ("CORS_ORIGINS", "https://shop.example/"),
            ("JWT_SECRET", "short"),
            ("SESSION_KEY", ""),
        ] {
            assert!(sentence(&[(name, value)]).starts_with(name), "{name}={value}");
        }
    }

    #[test]
    fn the_public_address_is_written_as_browsers_do() {
        for text in ["https://shop.example", "https://Shop.Example/", " https://shop.example:443 "] {
            assert_eq!(
                read(&[("PUBLIC_URL", text)]).unwrap().public_url.as_deref(),
                Some("https://shop.example")
            );
        }
    }

    #[test]
    fn twilio_needs_its_account() {
        assert!(sentence(&[("SMS_BACKEND", "twilio")]).contains("TWILIO_FROM"));
        assert!(sentence(&[("SMS_BACKEND", "twilio"), ("TWILIO_FROM", "+0")]).contains("E.164"));
        assert!(
            sentence(&[("SMS_BACKEND", "twilio"), ("TWILIO_FROM", "+40722123456")])
                .contains("TWILIO_ACCOUNT_SID")
        );
    }

    #[test]
    fn who_calls_and_who_makes_the_codes() {
        let twilio = |more: &[(&str, &str)]| {
            let mut all =
                vec![("SMS_BACKEND", "twilio"), ("TWILIO_ACCOUNT_SID", "AC1"), ("TWILIO_AUTH_TOKEN", "t")];
            all.extend(more);
            let SmsBackend::Twilio(account) = read(&all)?.sms else { panic!("Twilio") };
            Ok::<_, ConfigError>((account.caller, account.verify.map(|service| service.sid)))
        };
        let from = ("TWILIO_FROM", "+40722123456");
        let number = || Some("+40722123456".to_owned());
        assert_eq!(twilio(&[from]), Ok((number(), None)));
        assert_eq!(twilio(&[("TWILIO_FROM", "Vatra")]), Ok((None, None)), "a name cannot call");
        assert_eq!(twilio(&[from, ("TWILIO_CALLER", "none")]), Ok((None, None)));
        let service = format!("VA{}", "a".repeat(32));
        let with_verify = [("TWILIO_FROM", "Vatra"), ("TWILIO_VERIFY_SERVICE_SID", &*service)];
        assert_eq!(twilio(&with_verify), Ok((None, Some(service.clone()))));
        for (name, value) in [("TWILIO_CALLER", "Vatra"), ("TWILIO_VERIFY_SERVICE_SID", "VA1")] {
            let refused = twilio(&[from, (name, value)]).unwrap_err();
            assert!(refused.0.starts_with(name), "{refused}");
        }
    }

    const NUMBERS: [&str; 4] =
        ["OTP_DIGITS", "CART_TTL_HOURS", "RATE_LIMIT_PER_MINUTE", "SMS_PER_PHONE_PER_HOUR"];

    proptest! {
        #[test]
        fn a_wrong_number_is_named_and_a_right_one_is_in_range(
            name in proptest::sample::select(NUMBERS.to_vec()),
            value in strange::nearly("[0-9]{1,8}"),
        ) {
            match read(&[(name, &value)]) {
                Ok(config) => {
                    prop_assert!((4..=8).contains(&config.otp_digits));
                    prop_assert!((3600..=8760 * 3600).contains(&config.cart_ttl.as_secs()));
                    prop_assert!(config.rate_limit_per_minute <= 1_000_000);
                    prop_assert!((1..=10_000).contains(&config.sms_per_phone_per_hour));
                }
                Err(error) => prop_assert!(error.0.starts_with(name), "{}", error),
            }
        }

        #[test]
        fn proxies_are_addresses_or_named(value in strange::nearly("([0-9]{1,3}\\.){3}[0-9]{1,3}(, ?::1)?")) {
            match read(&[("TRUSTED_PROXIES", &value)]) {
                Ok(config) => {
                    let entries = value.split(',').filter(|entry| !entry.trim().is_empty()).count();
                    prop_assert_eq!(config.trusted_proxies.len(), entries);
                }
                Err(error) => prop_assert!(error.0.starts_with("TRUSTED_PROXIES"), "{}", error),
            }
        }

        #[test]
        fn the_public_address_is_one_that_a_browser_can_open(
            value in strange::nearly("(https?|ftp):/{0,3}[a-z.]{0,9}(:[0-9]{1,5})?/{0,2}"),
        ) {
            match read(&[("PUBLIC_URL", &value)]) {
                Ok(config) => if let Some(url) = &config.public_url {
                    let parsed = url::Url::parse(url);
                    prop_assert!(parsed.is_ok_and(|url| url.has_host()), "{:?}", url);
                    prop_assert!(!url.ends_with('/') && !url.contains(|c: char| c.is_whitespace() || c.is_control()));
                },
                Err(error) => prop_assert!(error.0.starts_with("PUBLIC_URL"), "{}", error),
            }
        }

        #[test]
        fn a_wrong_secret_is_not_repeated(
            name in proptest::sample::select(vec!["JWT_SECRET", "SESSION_KEY"]),
            value in strange::nearly("[A-Za-z0-9+/]{20,50}={0,2}"),
        ) {
            if let Err(ConfigError(sentence)) = read(&[(name, &value)]) {
                prop_assert!(sentence.starts_with(name));
                prop_assert!(value.trim().len() < 20 || !sentence.contains(value.trim()), "{}", sentence);
            }
        }
    }
}
