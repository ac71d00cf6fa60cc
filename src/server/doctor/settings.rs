//! Settings that can be read, and still are not what a shop with customers needs.

use super::Finding;
use crate::server::config::{Config, Database, Pictures, SmsBackend};

const ABOUT: &str = "settings";

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.public_url.is_none() {
        findings.push(Finding::doubtful(
            ABOUT,
            "PUBLIC_URL is not set: links in messages and codes to scan name the address of each request",
            "Set PUBLIC_URL to the address that customers use, like https://shop.example.",
        ));
    } else if !config.secure() {
        findings.push(Finding::wrong(
            ABOUT,
            "PUBLIC_URL is not https: logins and orders could be read on the way",
            "Put a server with a certificate in front (deploy/ has one with Caddy) and set PUBLIC_URL to https://…",
        ));
    }
    if matches!(config.sms, SmsBackend::Console { .. }) && config.secure() {
        findings.push(Finding::wrong(
            ABOUT,
            "SMS_BACKEND is console: codes go to the log and no customer gets one",
            "Set SMS_BACKEND=twilio and the variables of the account.",
        ));
    }
    if config.rate_limit_per_minute == 0 {
        findings.push(Finding::doubtful(
            ABOUT,
            "RATE_LIMIT_PER_MINUTE is 0: one sender can ask as often as it likes",
            "Leave it out; 100 a minute and address is the default.",
        ));
    }
    if matches!(config.database, Database::Uri(_)) && config.pictures == Pictures::Folder {
        findings.push(Finding::doubtful(
            ABOUT,
            "pictures are kept in a folder: a second instance would not have them",
            "With several instances set VATRA_PICTURES=gridfs; with one, all is well.",
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::good(ABOUT, "all can be read, and go together"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict;
    use std::collections::HashMap;

    const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    fn found(values: &[(&str, &str)]) -> Vec<(Verdict, String)> {
        let mut all = HashMap::from([
            ("MONGODB_URI", "mongodb://localhost"),
            ("JWT_SECRET", KEY),
            ("SESSION_KEY", KEY),
            ("VATRA_PICTURES", "gridfs"),
            ("PUBLIC_URL", "https://shop.example"),
            ("SMS_BACKEND", "twilio"),
            ("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000"),
            ("TWILIO_AUTH_TOKEN", "secret"),
            ("TWILIO_FROM", "+40312345678"),
        ]);
        all.extend(values.iter().copied());
        let config =
            Config::read(|name| all.get(name).map(ToString::to_string).filter(|value| !value.is_empty()));
        look(&config.unwrap()).into_iter().map(|finding| (finding.verdict, finding.found)).collect()
    }

    #[test]
    fn each_weakness_is_named_by_its_variable() {
        assert_eq!(found(&[])[0].0, Verdict::Good);
        for (name, value, verdict) in [
            ("PUBLIC_URL", "", Verdict::Doubtful),
            ("PUBLIC_URL", "http://shop.example", Verdict::Wrong),
            ("SMS_BACKEND", "console", Verdict::Wrong),
            ("RATE_LIMIT_PER_MINUTE", "0", Verdict::Doubtful),
        ] {
            let found = found(&[(name, value)]);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].0 == verdict && found[0].1.starts_with(name), "{found:?}");
        }
        assert!(found(&[("VATRA_PICTURES", "folder")])[0].1.contains("folder"));
    }
}
