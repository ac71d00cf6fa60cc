//! `vatra doctor`: is this installation fit to take orders? Each line says what was looked at and
//! found, and each line that is not well says what to do. It changes nothing.

mod certificate;
mod clock;
mod database;
mod deep;
mod disk;
mod finding;
mod settings;
mod texting;

pub use finding::{Finding, Verdict};

use super::config::{Config, ConfigError};
use std::fmt::Write;

/// Looks at everything, prints what it found, and fails when something is wrong.
///
/// # Errors
/// A closing sentence, when at least one line is wrong.
pub async fn run(deep: bool) -> Result<(), ConfigError> {
    let config = Config::from_env();
    let findings = if deep { examine_deeply(config).await } else { examine(config).await };
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let (good, doubtful, wrong) = (count(Verdict::Good), count(Verdict::Doubtful), count(Verdict::Wrong));
    print!("{}", report(&findings));
    println!("\n{good} good, {doubtful} to look at, {wrong} wrong.");
    if wrong == 0 {
        return Ok(());
    }
    Err(ConfigError("The shop should not take orders before what is wrong is mended.".into()))
}

/// All findings. Without settings nothing else can be looked at.
pub async fn examine(config: Result<Config, ConfigError>) -> Vec<Finding> {
    look(config, false).await
}

/// The same, and whether all data agree: every order, product, customer and message is read.
pub async fn examine_deeply(config: Result<Config, ConfigError>) -> Vec<Finding> {
    look(config, true).await
}

async fn look(config: Result<Config, ConfigError>, deep: bool) -> Vec<Finding> {
    let config = match config {
        Ok(config) => config,
        Err(error) => {
            return vec![Finding::wrong("settings", error.0, "Correct it; .env.example explains it.")];
        }
    };
    let mut findings = settings::look(&config);
    findings.push(disk::look(&config.data_dir));
    let checked = database::look(&config, deep).await;
    let clocks = checked.clocks;
    findings.extend(checked.findings);
    findings.push(texting::look(&config.sms).await);
    let public = certificate::look(config.public_url.as_deref()).await;
    findings.push(clock::look(clocks, public.clocks));
    findings.push(public.finding);
    findings
}

fn report(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |mut lines, finding| {
        // Writing into a String cannot fail.
        let _ = writeln!(lines, "{finding}");
        lines
    })
}
