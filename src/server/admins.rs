//! `vatra admin`: the producer's accounts, from the terminal.

use super::{
    clock::rfc3339,
    config::{Config, ConfigError},
    serve::{self, Opened},
};
use crate::model::session::Rights;

/// Adds an admin; the password comes from `VATRA_ADMIN_PASSWORD`, or is asked twice.
///
/// # Errors
/// A sentence for the terminal.
pub async fn create(username: &str, rights: Rights) -> Result<(), ConfigError> {
    let password = password()?;
    let opened = serve::open(Config::from_env()?).await?;
    opened.shop.add_admin(username, &password, rights).await?;
    record(&opened, "admins.create", username).await;
    println!("{username} can log in at /admin.");
    Ok(())
}

/// Gives an admin another password, as [`create`] gets it, and ends all logins of theirs.
///
/// # Errors
/// A sentence for the terminal.
pub async fn change_password(username: &str) -> Result<(), ConfigError> {
    let password = password()?;
    let opened = serve::open(Config::from_env()?).await?;
    known(opened.shop.change_password(username, &password).await?, username)?;
    record(&opened, "admins.password", username).await;
    println!("{username} has a new password; all logins with the old one have ended.");
    Ok(())
}

/// Ends all logins of an admin at once.
///
/// # Errors
/// A sentence for the terminal.
pub async fn revoke(username: &str) -> Result<(), ConfigError> {
    let opened = serve::open(Config::from_env()?).await?;
    known(opened.shop.end_logins(username).await?, username)?;
    record(&opened, "admins.revoke", username).await;
    println!("All logins of {username} have ended.");
    Ok(())
}

/// Takes off the second factor of an admin whose phone is lost, and ends their logins.
///
/// # Errors
/// A sentence for the terminal.
pub async fn reset_second_factor(username: &str) -> Result<(), ConfigError> {
    let opened = serve::open(Config::from_env()?).await?;
    if !opened.shop.reset_factor(username).await? {
        return Err(ConfigError(format!("There is no admin named {username} with a second factor.")));
    }
    record(&opened, "admins.factor", username).await;
    println!("{username} logs in with the password alone now; all their logins have ended.");
    Ok(())
}

async fn record(opened: &Opened, action: &str, username: &str) {
    opened.shop.record_from_terminal(action, "admin", username.trim()).await;
}

/// Prints the admins, what they may do, and when they last logged in.
///
/// # Errors
/// A sentence for the terminal.
pub async fn list() -> Result<(), ConfigError> {
    let opened = serve::open(Config::from_env()?).await?;
    let admins = opened.shop.admins().await?;
    if admins.is_empty() {
        println!("There is no admin yet: vatra admin create --username NAME adds one.");
    }
    for admin in admins {
        let last = admin.last_login.map_or_else(|| "never".to_owned(), rfc3339);
        let factor = if admin.second_factor { "  second factor" } else { "" };
        println!("{}  {}  last login: {last}{factor}", admin.username, admin.rights.name());
    }
    Ok(())
}

fn known(found: bool, username: &str) -> Result<(), ConfigError> {
    if found { Ok(()) } else { Err(ConfigError(format!("There is no admin named {username}."))) }
}

fn password() -> Result<String, ConfigError> {
    match std::env::var("VATRA_ADMIN_PASSWORD") {
        Ok(password) if !password.is_empty() => Ok(password),
        _ => ask(),
    }
}

fn ask() -> Result<String, ConfigError> {
    let read = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            ConfigError(format!("The password could not be read ({error}); set VATRA_ADMIN_PASSWORD."))
        })
    };
    let password = read("Password: ")?;
    if read("Again: ")? == password {
        Ok(password)
    } else {
        Err(ConfigError("The two passwords differ.".into()))
    }
}
