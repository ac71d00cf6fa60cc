//! The alerts and the board of `deploy` ask for what is there.

use super::text::Told;
use crate::harness::TestShop;
use std::{collections::BTreeSet, fs};

/// What looks like the name of a figure.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'));
    let ours = |word: &&str| word.starts_with("vatra_") || word.starts_with("process_");
    words.filter(ours).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_figure_that_alerts_and_board_ask_for_is_served() {
    let served = Told::by(&TestShop::open().await).await.names();
    for file in ["deploy/prometheus/alerts.yml", "deploy/grafana/vatra.json"] {
        let wanted = names(&fs::read_to_string(file).expect(file));
        assert!(wanted.len() > 10, "{file}: {wanted:?}");
        let missing: Vec<_> = wanted.difference(&served).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
    }
}

#[test]
fn the_board_is_json_with_a_source_to_choose() {
    let text = fs::read_to_string("deploy/grafana/vatra.json").unwrap();
    let board: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(board["templating"]["list"][0]["type"], "datasource");
    let panels = board["panels"].as_array().unwrap();
    let ids: BTreeSet<_> = panels.iter().map(|panel| panel["id"].as_u64()).collect();
    assert_eq!(ids.len(), panels.len());
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty() && targets.iter().all(|target| target["expr"].is_string()), "{panel}");
    }
}
