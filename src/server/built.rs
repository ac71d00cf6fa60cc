//! The built files' names, which carry the hash of their content.

use crate::app::scripts::BuiltFiles;
use leptos::config::LeptosOptions;
use std::{collections::HashMap, fs};

/// Reads them once at start: cargo-leptos writes them beside the server.
pub fn files(options: &LeptosOptions) -> BuiltFiles {
    let hashes = if options.hash_files { hashes(options) } else { HashMap::new() };
    let address = |kind: &str| {
        let hash = hashes.get(kind).map(|hash| format!(".{hash}")).unwrap_or_default();
        format!("/{}/{}{hash}.{kind}", options.site_pkg_dir, options.output_name)
    };
    BuiltFiles { js: address("js"), wasm: address("wasm"), css: address("css") }
}

fn hashes(options: &LeptosOptions) -> HashMap<String, String> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(&*options.hash_file)));
    let text = beside.and_then(|path| fs::read_to_string(path).ok());
    if text.is_none() {
        tracing::warn!("no list of the built files beside the server: pages come without their looks");
    }
    let pair = |line: &str| line.split_once(": ").map(|(kind, hash)| (kind.to_owned(), hash.to_owned()));
    text.unwrap_or_default().lines().filter_map(pair).collect()
}
