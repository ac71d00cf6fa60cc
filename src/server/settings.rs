//! `vatra settings`: what the shop says of itself, from the terminal.

use super::{
    config::{Config, ConfigError},
    serve,
};
use crate::model::{error::AppError, field::FieldErrors, locale::Locale, shop_facts::ShopFacts};
use std::{fs, path::Path};

/// Prints the facts as TOML, in the form that [`set`] reads.
///
/// # Errors
/// A sentence for the terminal.
pub async fn show() -> Result<(), ConfigError> {
    let opened = serve::open(Config::from_env()?).await?;
    let facts = opened.shop.facts().await.map_err(|error| ConfigError(error.to_string()))?;
    if *facts == ShopFacts::default() {
        println!("# Nothing is known yet: vatra settings set FILE tells it (demo/shop.toml is an example).");
    }
    print!("{}", write(&facts)?);
    Ok(())
}

/// Reads a file, TOML or JSON, and puts its facts in the place of all earlier ones.
///
/// # Errors
/// A sentence for the terminal that names what is wrong in the file.
pub async fn set(file: &Path) -> Result<(), ConfigError> {
    let text = fs::read_to_string(file)
        .map_err(|error| ConfigError(format!("{} cannot be read: {error}.", file.display())))?;
    let json = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
    let facts =
        read(&text, json).map_err(|sentence| ConfigError(format!("{}: {sentence}", file.display())))?;
    // Before a database is asked for.
    if let Err(errors) = facts.clone().checked() {
        return Err(wrong(&errors));
    }
    let opened = serve::open(Config::from_env()?).await?;
    match opened.shop.set_facts(facts).await {
        Ok(_) => {
            opened.shop.record_from_terminal("settings.set", "settings", "shop").await;
            println!("Kept. Open pages show it within a few seconds.");
        }
        Err(AppError::Fields { errors }) => return Err(wrong(&errors)),
        Err(error) => return Err(ConfigError(error.to_string())),
    }
    Ok(())
}

/// The facts of a file.
///
/// # Errors
/// A sentence that names the place.
pub fn read(text: &str, json: bool) -> Result<ShopFacts, String> {
    if json {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        toml::from_str(text).map_err(|error| error.to_string())
    }
}

fn write(facts: &ShopFacts) -> Result<String, ConfigError> {
    toml::to_string(facts).map_err(|error| ConfigError(format!("The facts cannot be written: {error}.")))
}

fn wrong(errors: &FieldErrors) -> ConfigError {
    let line = |name: &String| format!("  {name}: {}", errors.first(name, Locale::En).unwrap_or_default());
    let lines: Vec<String> = errors.0.keys().map(line).collect();
    ConfigError(format!("Nothing was changed:\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_set_again() {
        let facts = read(include_str!("../../demo/shop.toml"), false).unwrap().checked().unwrap();
        assert_eq!(read(&write(&facts).unwrap(), false), Ok(facts.clone()));
        assert_eq!(read(&serde_json::to_string(&facts).unwrap(), true), Ok(facts));
    }

    #[test]
    fn a_mistake_is_named() {
        let unknown = read("nmae = \"Vatra\"", false).unwrap_err();
        assert!(unknown.contains("nmae") && unknown.contains("line 1"), "{unknown}");
        let hours = read("[hours]\nmonday = [\"8 to 13\"]", false).unwrap_err();
        assert!(hours.contains("08:00-13:00"), "{hours}");
        assert!(read("phone = \"0722\"", false).unwrap_err().contains("E.164"));
        assert!(read("{\"name\": 1}", true).is_err());
    }
}
