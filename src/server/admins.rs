//! `vatra admin create`: adds a producer from the terminal.

use super::{
    config::{Config, ConfigError},
    serve,
};

/// Adds an admin; the password comes from `VATRA_ADMIN_PASSWORD`, or is asked twice.
///
/// # Errors
/// A sentence for the terminal.
pub async fn create(username: &str) -> Result<(), ConfigError> {
    let password = match std::env::var("VATRA_ADMIN_PASSWORD") {
        Ok(password) if !password.is_empty() => password,
        _ => ask()?,
    };
    let opened = serve::open(Config::from_env()?).await?;
    opened.shop.create_admin(username, &password).await?;
    println!("{username} can log in at /admin.");
    Ok(())
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
