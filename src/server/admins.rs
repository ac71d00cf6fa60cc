//! `vatra admin`: the producer's accounts, from the terminal.

use super::{
    clock::rfc3339,
    config::{Config, ConfigError},
    serve,
};

/// Adds an admin; the password comes from `VATRA_ADMIN_PASSWORD`, or is asked twice.
///
/// # Errors
/// A sentence for the terminal.
pub async fn create(username: &str) -> Result<(), ConfigError> {
    let password = password()?;
    let opened = serve::open(Config::from_env()?).await?;
    opened.shop.create_admin(username, &password).await?;
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
    println!("All logins of {username} have ended.");
    Ok(())
}

/// Prints the admins and when they last logged in.
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
        println!("{}  last login: {last}", admin.username);
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
