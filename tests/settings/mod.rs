//! `Leptos.toml` (run time) and `Cargo.toml` (build time) describe the same site.

mod deploy;

use std::fs;

fn leptos_table(file: &str) -> toml::Table {
    let text = fs::read_to_string(file).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    table["package"]["metadata"]["leptos"].as_table().unwrap().clone()
}

#[test]
fn the_shared_keys_are_equal() {
    let (build, run) = (leptos_table("Cargo.toml"), leptos_table("Leptos.toml"));
    let shared: Vec<&String> = run.keys().filter(|key| *key != "env").collect();
    assert!(shared.len() >= 5);
    for key in shared {
        assert_eq!(build.get(key), run.get(key), "{key}");
    }
}

#[test]
fn every_setting_is_in_the_example() {
    let example = fs::read_to_string(".env.example").unwrap();
    let source = fs::read_to_string("src/server/config.rs").unwrap();
    let names = source.split('"').filter(|text| {
        text.len() > 6 && text.contains('_') && text.chars().all(|c| c.is_ascii_uppercase() || c == '_')
    });
    let mut seen = 0;
    for name in names {
        assert!(example.contains(&format!("{name}=")), "{name} is not in .env.example");
        seen += 1;
    }
    assert!(seen > 15);
}
