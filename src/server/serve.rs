//! `vatra serve`: from the configuration to a running shop, and its orderly end.

use super::{
    config::{Config, ConfigError, Pictures},
    demo,
    http::{
        self,
        connections::{self, Limits},
    },
    leaving, metrics,
    pictures::{Folder, GridFs, PictureStore},
    service::Shop,
    sms,
    state::AppState,
    store::{connect::connect, embedded::Embedded},
};
use leptos::config::LeptosOptions;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// How long requests under way may take after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// A shop with its database, embedded or not.
pub struct Opened {
    /// The shop.
    pub shop: Shop,
    /// The database's process, when it is ours. Dropping it stops it.
    pub embedded: Option<Embedded>,
}

/// Starts the embedded database if none is configured, connects, and opens the shop.
///
/// # Errors
/// A sentence for the terminal.
pub async fn open(config: Config) -> Result<Opened, ConfigError> {
    // Before the database is started, as a folder that cannot be used stops everything.
    let folder = match config.pictures {
        Pictures::Folder => Some(Folder::open(config.data_dir.join("pictures"))?),
        Pictures::GridFs => None,
    };
    let (embedded, uri) = Embedded::if_ours(&config).await?;
    let store = connect(&uri, &config.database_name).await?;
    let sms = sms::sender(&config)?;
    let pictures: Arc<dyn PictureStore> = match folder {
        Some(folder) => Arc::new(folder),
        None => Arc::new(GridFs::open(store.picture_files.clone()).await),
    };
    let shop = Shop::new(store, config, sms, pictures);
    shop.begin_to_keep_time().await;
    Ok(Opened { shop, embedded })
}

/// Runs the shop until Ctrl-C or SIGTERM. With `demo`, an empty database is filled and an admin is
/// made first.
///
/// # Errors
/// A sentence for the terminal.
pub async fn serve(demo: bool) -> Result<(), ConfigError> {
    let started = Instant::now();
    let config = Config::from_env()?;
    let leptos = pages_config()?;
    let address = leptos.site_addr;
    // Before the database is started: a port that is taken should not leave anything behind.
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| ConfigError(format!("{address} cannot be listened on: {error}.")))?;
    let asked = metrics::listening::listen(&config).await?;
    let Opened { shop, mut embedded } = open(config).await?;
    let login = if demo { demo::prepare(&shop).await? } else { None };
    let public = shop.config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let state = AppState::new(shop.clone(), leptos);
    banner(&public, embedded.as_ref(), login.as_ref(), started.elapsed());
    let jobs = [
        tokio::spawn(shop.clone().watch_overdue()),
        tokio::spawn(shop.clone().watch_customers()),
        tokio::spawn(shop.clone().watch_catalogue()),
        tokio::spawn(shop.clone().watch_orders()),
        tokio::spawn(shop.clone().watch_pictures()),
        tokio::spawn(shop.clone().watch_messages()),
        tokio::spawn(shop.clone().watch_figures()),
        tokio::spawn(shop.clone().watch_faults()),
        tokio::spawn(metrics::listening::answer(asked, shop.clone())),
        tokio::spawn(shop.watch_requests()),
    ];
    run(listener, state).await;
    jobs.iter().for_each(tokio::task::JoinHandle::abort);
    if let Some(embedded) = &mut embedded {
        embedded.stop();
    }
    println!("Vatra has stopped.");
    Ok(())
}

/// `Leptos.toml` where it is, else the `LEPTOS_*` variables alone.
pub(super) fn pages_config() -> Result<LeptosOptions, ConfigError> {
    let file = std::path::Path::new("Leptos.toml").exists().then_some("Leptos.toml");
    let config = leptos::config::get_configuration(file).map_err(|error| {
        ConfigError(format!("Leptos.toml, or the LEPTOS_* variables in its place, cannot be used: {error}"))
    })?;
    Ok(config.leptos_options)
}

async fn run(listener: TcpListener, state: AppState) {
    let (feed, leave) = (state.shop.feed.clone(), state.shop.config.leave);
    let limits = Limits {
        connections: state.shop.config.max_connections,
        patience: state.shop.config.client_patience,
        farewell: FAREWELL,
    };
    connections::serve(listener, http::app(state), limits, async move {
        signalled().await;
        println!("Stopping…");
        leaving::begin(leave).await;
        // Those who listen would keep it waiting.
        feed.close();
    })
    .await;
}

async fn signalled() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => drop(terminated.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

fn banner(address: &str, embedded: Option<&Embedded>, login: Option<&demo::Login>, took: Duration) {
    println!();
    println!("  Vatra is open: {address}   (started in {:.1} s)", took.as_secs_f32());
    println!("  Dashboard:     {address}/admin");
    if let Some(login) = login {
        println!("  Log in with:   {} / {}", login.username, login.password);
    }
    if let Some(embedded) = embedded {
        println!(
            "  Database:      {} on this machine, for development and demonstration only;",
            embedded.program
        );
        println!("                 set MONGODB_URI for a real shop.");
    }
    println!("  Ctrl-C stops it.");
    println!();
}
