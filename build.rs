//! Makes `model::text` from `locales/ro.toml` and `locales/en.toml` with those of each part of the
//! dashboard beside them (`locales/desk/NAME.ro.toml`), and the long texts of
//! `app::info` from `locales/pages`, and stops the build with a
//! clear sentence when they do not hold the same keys with the same placeholders.

#[path = "build/pages.rs"]
mod pages;

use std::collections::BTreeMap;
use std::fmt::Write;

/// table -> key -> text
type Texts = BTreeMap<String, BTreeMap<String, String>>;

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let (ro, en) = (read_all("ro"), read_all("en"));
    for (here, there, name) in [(&ro, &en, "en"), (&en, &ro, "ro")] {
        for (table, key) in here.iter().flat_map(|(table, keys)| keys.keys().map(move |key| (table, key))) {
            if there.get(table).and_then(|keys| keys.get(key)).is_none() {
                stop(&format!("locales/{name}.toml has no text for {table}.{key}"));
            }
        }
    }
    let mut code = String::new();
    for (table, keys) in &ro {
        let _ = writeln!(code, "pub mod {table} {{ use crate::model::locale::Locale;");
        for (key, ro_text) in keys {
            code.push_str(&function(table, key, ro_text, &en[table][key]));
        }
        code.push_str("}\n");
    }
    write("texts.rs", &code);
    let pages =
        pages::code(&["cookies", "delivery", "privacy", "terms"]).unwrap_or_else(|error| stop(&error));
    write("pages.rs", &pages);
}

fn write(file: &str, code: &str) {
    let path = format!("{}/{file}", std::env::var("OUT_DIR").unwrap_or_default());
    if let Err(error) = std::fs::write(&path, code) {
        stop(&format!("{path}: {error}"));
    }
}

fn function(table: &str, key: &str, ro: &str, en: &str) -> String {
    let names = placeholders(ro);
    if names != placeholders(en) {
        stop(&format!("{table}.{key}: the two languages have different placeholders"));
    }
    if names.is_empty() {
        return format!(
            "pub const fn {key}(l: Locale) -> &'static str {{ match l {{ Locale::Ro => {ro:?}, Locale::En => {en:?} }} }}\n"
        );
    }
    let arguments: String = names.iter().map(|name| format!(", {name}: impl std::fmt::Display")).collect();
    format!(
        "pub fn {key}(l: Locale{arguments}) -> String {{ match l {{ Locale::Ro => format!({ro:?}), Locale::En => format!({en:?}) }} }}\n"
    )
}

/// The names between braces, each once, sorted: the order of the function's arguments.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The texts of one language. A table stands in one file.
fn read_all(language: &str) -> Texts {
    let mut texts = read(&format!("locales/{language}.toml"));
    let ending = format!(".{language}.toml");
    let parts = std::fs::read_dir("locales/desk").into_iter().flatten().flatten();
    let mut parts: Vec<String> = parts.map(|part| part.path().to_string_lossy().into_owned()).collect();
    parts.sort();
    for path in parts.into_iter().filter(|path| path.ends_with(&ending)) {
        for (table, keys) in read(&path) {
            if texts.insert(table.clone(), keys).is_some() {
                stop(&format!("{path}: the table {table} stands in another file, too"));
            }
        }
    }
    texts
}

fn read(path: &str) -> Texts {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| stop(&format!("{path}: {error}")));
    toml::from_str(&text).unwrap_or_else(|error| stop(&format!("{path}: {error}")))
}

fn stop(sentence: &str) -> ! {
    println!("cargo::error={sentence}");
    std::process::exit(1)
}
