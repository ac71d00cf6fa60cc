//! The text that Prometheus reads, read as it reads it.

use crate::harness::TestShop;
use axum::body::{Body, to_bytes};
use http::{Request, header};
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;
use vatra::server::metrics::listening::router;

/// One figure.
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    /// As it is written.
    pub value: String,
}

/// All figures of this process, with a shop to look at.
pub struct Told {
    pub text: String,
    pub samples: Vec<Sample>,
}

impl Told {
    pub async fn by(shop: &TestShop) -> Told {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let answer = router(shop.instance()).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        let format = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        assert!(format.starts_with("application/openmetrics-text; version=1.0.0"), "{format}");
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        Told { samples: read(&text), text }
    }

    /// The figure of this name with these labels; all figures are whole but those of time.
    #[track_caller]
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> i64 {
        let has = |sample: &&Sample| {
            sample.name == name
                && labels.iter().all(|(key, value)| sample.labels.get(*key).is_some_and(|own| own == value))
        };
        let found: Vec<&Sample> = self.samples.iter().filter(has).collect();
        assert_eq!(found.len(), 1, "{name} {labels:?}");
        found[0].value.parse().expect("a whole number")
    }

    /// The names of all figures.
    pub fn names(&self) -> BTreeSet<String> {
        self.samples.iter().map(|sample| sample.name.clone()).collect()
    }
}

/// Reads the text; whatever is not in it as it should be fails the test.
fn read(text: &str) -> Vec<Sample> {
    let mut families: BTreeMap<&str, &str> = BTreeMap::new();
    let mut samples = Vec::new();
    let body = text.strip_suffix("# EOF\n").expect("an end");
    for line in body.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            let mut words = comment.splitn(3, ' ');
            let (what, name, rest) = (words.next(), words.next().expect(line), words.next().expect(line));
            match what {
                Some("TYPE") => {
                    assert!(["counter", "gauge", "histogram"].contains(&rest), "{line}");
                    assert_eq!(families.insert(name, rest), None, "twice: {line}");
                }
                Some("HELP") => assert!(rest.len() > 3, "{line}"),
                _ => panic!("{line}"),
            }
            continue;
        }
        let sample = sample(line);
        let family = families.keys().rev().find(|family| {
            let ending = sample.name.strip_prefix(**family);
            match families[**family] {
                "counter" => ending == Some("_total"),
                "gauge" => ending == Some(""),
                _ => matches!(ending, Some("_bucket" | "_sum" | "_count")),
            }
        });
        assert!(family.is_some(), "of no family: {line}");
        samples.push(sample);
    }
    let mut known = BTreeSet::new();
    for sample in &samples {
        assert!(known.insert((&sample.name, &sample.labels)), "twice: {} {:?}", sample.name, sample.labels);
    }
    samples
}

fn sample(line: &str) -> Sample {
    let (series, value) = line.rsplit_once(' ').expect(line);
    let (name, labels) = match series.split_once('{') {
        Some((name, labels)) => (name, labels.strip_suffix('}').expect(line)),
        None => (series, ""),
    };
    let named =
        |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_');
    assert!(named(name), "{line}");
    let label = |label: &str| {
        let (key, value) = label.split_once('=').expect(line);
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).expect(line);
        assert!(named(key) && !value.contains(['"', '\\']), "{line}");
        (key.to_owned(), value.to_owned())
    };
    let labels = labels.split(',').filter(|label| !label.is_empty()).map(label).collect();
    assert!(value.parse::<f64>().is_ok(), "{line}");
    Sample { name: name.to_owned(), labels, value: value.to_owned() }
}
