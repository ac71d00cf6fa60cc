//! What `deploy/` says agrees with the rest of the project.

use std::{collections::BTreeSet, fs};

fn read(file: &str) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What stands between two texts, wherever they do.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The one thing that stands there.
fn one<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let found = between(text, start, end);
    assert!(!found.is_empty(), "nothing between {start:?} and {end:?}");
    found[0]
}

#[test]
fn the_image_is_built_with_the_tools_of_the_project() {
    let (image, setup) = (read("deploy/Containerfile"), read("scripts/setup"));
    let toolchain = read("rust-toolchain.toml");
    assert_eq!(one(&image, "FROM rust:", "-bookworm"), one(&toolchain, "channel = \"", "\""));
    let leptos = one(&image, "cargo install cargo-leptos --version ", " ");
    assert_eq!(leptos, one(&setup, "cargo_leptos=", "\n"));
    let lock = read("Cargo.lock");
    let library = one(&lock, "name = \"wasm-bindgen\"\nversion = \"", "\"");
    assert_eq!(one(&image, "cargo install wasm-bindgen-cli --version ", " "), library);
    // Both stages are of one Debian: a newer one's C library would not be there.
    assert!(image.contains("-bookworm AS build") && image.contains("/cc-debian12:"));
}

#[test]
fn what_cargo_needs_is_in_the_context_of_the_image() {
    let ignored = read("deploy/Containerfile.dockerignore");
    let ignored: BTreeSet<&str> = ignored.lines().filter(|line| !line.starts_with('#')).collect();
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    let paths = ["bin", "test", "bench"].into_iter().flat_map(|kind| manifest[kind].as_array().unwrap());
    for path in paths.map(|target| target["path"].as_str().unwrap()).chain(["demo/", "locales/", "build/"]) {
        assert!(!ignored.contains(path.split('/').next().unwrap()), "{path}");
    }
    for secret in [".env", "data", "deploy"] {
        assert!(ignored.contains(secret), "{secret} would be in the image's layers");
    }
}

#[test]
fn every_setting_reaches_the_shop_in_the_containers() {
    let compose = read("deploy/compose.yaml");
    let shop = one(&compose, "x-vatra:", "x-mongo:");
    let set: BTreeSet<&str> = shop
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.split_once(": ").map(|(name, _)| name))
        .filter(|name| name.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_'))
        .collect();
    let example = read(".env.example");
    let known: BTreeSet<&str> = example
        .lines()
        .filter_map(|line| line.trim_start_matches("# ").split_once('='))
        .map(|(name, _)| name)
        .filter(|name| name.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_'))
        .collect();
    let strangers: Vec<_> = set.difference(&known).collect();
    assert!(strangers.is_empty(), "no settings of the shop: {strangers:?}");
    // What the image sets, or what has no place there.
    let elsewhere = [
        "LEPTOS_SITE_ADDR",
        "LOG_FORMAT",
        "MONGODB_DB",
        "SMS_OUTBOX",
        "TWILIO_BASE_URL",
        "TWILIO_VERIFY_BASE_URL",
        "VATRA_ADMIN_PASSWORD",
        "VATRA_BACKUP_DIR",
        "VATRA_DATA_DIR",
    ];
    let missing: Vec<_> = known.difference(&set).filter(|name| !elsewhere.contains(name)).collect();
    assert!(missing.is_empty(), "not in deploy/compose.yaml: {missing:?}");
}

#[test]
fn what_must_be_filled_in_is_in_the_example() {
    let (compose, example) = (read("deploy/compose.yaml"), read("deploy/example.env"));
    let needed: BTreeSet<&str> = between(&compose, "${", "}")
        .into_iter()
        .filter_map(|name| name.split_once(":?").map(|(name, _)| name))
        .collect();
    assert!(needed.len() >= 5, "{needed:?}");
    for name in needed {
        assert!(example.lines().any(|line| line.starts_with(&format!("{name}="))), "{name}");
    }
}

#[test]
fn whatever_stops_the_shop_waits_until_it_has_ended() {
    let seconds = |text: &str| text.parse::<u64>().unwrap();
    let serve = read("src/server/serve.rs");
    let farewell = seconds(one(&serve, "FAREWELL: Duration = Duration::from_secs(", ")"));
    let (compose, unit) = (read("deploy/compose.yaml"), read("deploy/vatra.service"));
    let grace = seconds(one(&compose, "stop_grace_period: ", "s\n"));
    let leave = seconds(one(&compose, "LEAVE_SECONDS: ", "\n"));
    assert!(grace > farewell + leave, "{grace}");
    let stop = seconds(one(&unit, "TimeoutStopSec=", "\n"));
    assert!(stop > farewell + seconds(one(&unit, "LEAVE_SECONDS=", "\n")), "{stop}");
    // Caddy has noticed by then, also when a first look was lost.
    let caddy = read("deploy/Caddyfile");
    assert!(leave > 2 * seconds(one(&caddy, "health_interval ", "s\n")));
}
