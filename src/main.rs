//! The command line of Vatra.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use vatra::{
    model::session::Rights,
    server::{
        admins,
        backup::command,
        config::{Config, ConfigError},
        demo, doctor, ready, serve, settings, telemetry,
    },
};

// Rendering a page makes many small allocations (docs/decisions/0005).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "vatra", version, about = "The ordering shop of one local food producer")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the shop (the default)
    Serve {
        /// Fill an empty database with demonstration data and make an admin
        #[arg(long)]
        demo: bool,
    },
    /// Ask the server that runs on this machine whether it can work; fails when it cannot
    Ready,
    /// Load the demonstration catalogue into a database without orders
    Seed,
    /// What the shop says of itself: name, address, opening hours
    Settings {
        #[command(subcommand)]
        command: SettingsCommand,
    },
    /// Is this installation fit to take orders? Says what to do where it is not; changes nothing
    Doctor {
        /// Also read all data: do orders, stock, totals, customers and messages agree?
        #[arg(long)]
        deep: bool,
    },
    /// Write all data and pictures to one encrypted file
    Backup(command::Backup),
    /// Fill an empty database from a backup, which is checked first
    Restore(command::Restore),
    /// Try whether a backup can be restored, in a database of its own that is removed again
    Drill(command::Drill),
    /// Make a key for backups in a new file, and print its public half
    BackupKey {
        /// The file, to be kept where the shop is not
        file: std::path::PathBuf,
    },
    /// Manage admins
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
}

#[derive(Subcommand)]
enum SettingsCommand {
    /// Print it as TOML
    Show,
    /// Replace it with what a file says (TOML, or JSON when its name ends so; see demo/shop.toml)
    Set {
        /// The file
        file: std::path::PathBuf,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Add an admin, who may do everything (password from VATRA_ADMIN_PASSWORD, or asked)
    Create {
        /// The name to log in with
        #[arg(long)]
        username: String,
        /// Orders, kitchen, products and categories only
        #[arg(long)]
        staff: bool,
    },
    /// Change an admin's password (from VATRA_ADMIN_PASSWORD, or asked) and end all their logins
    Password {
        /// Whose
        #[arg(long)]
        username: String,
    },
    /// End all logins of an admin at once
    Revoke {
        /// Whose
        #[arg(long)]
        username: String,
    },
    /// Take off the second factor of an admin whose phone is lost
    ResetSecondFactor {
        /// Whose
        #[arg(long)]
        username: String,
    },
    /// List the admins, what they may do and when they last logged in
    List,
}

fn main() -> ExitCode {
    let command = Cli::parse().command.unwrap_or(Command::Serve { demo: false });
    telemetry::start();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&ConfigError(format!("No runtime: {error}."))),
    };
    match runtime.block_on(run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

async fn run(command: Command) -> Result<(), ConfigError> {
    match command {
        Command::Serve { demo } => serve::serve(demo).await,
        Command::Ready => ready::ask().await,
        Command::Seed => {
            let opened = serve::open(Config::from_env()?).await?;
            let products = demo::seed(&opened.shop).await?;
            println!("{products} products are on the shelves.");
            Ok(())
        }
        Command::Doctor { deep } => doctor::run(deep).await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Drill(drill) => drill.run().await,
        Command::BackupKey { file } => command::make_key(&file),
        Command::Settings { command } => match command {
            SettingsCommand::Show => settings::show().await,
            SettingsCommand::Set { file } => settings::set(&file).await,
        },
        Command::Admin { command } => match command {
            AdminCommand::Create { username, staff } => {
                admins::create(&username, if staff { Rights::Staff } else { Rights::Owner }).await
            }
            AdminCommand::ResetSecondFactor { username } => admins::reset_second_factor(&username).await,
            AdminCommand::Password { username } => admins::change_password(&username).await,
            AdminCommand::Revoke { username } => admins::revoke(&username).await,
            AdminCommand::List => admins::list().await,
        },
    }
}

#[allow(clippy::print_stderr)]
fn failed(error: &ConfigError) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}
