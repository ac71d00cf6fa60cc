//! Reading the tags of a page, as far as our own pages need it.

use serde_json::Value;
use std::collections::BTreeMap;

/// The attributes of every element of this name.
pub fn elements(html: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let opening = format!("<{name} ");
    let tags = html.split(&opening).skip(1).map(|rest| rest.split('>').next().unwrap());
    tags.map(attributes).collect()
}

fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut rest = tag;
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, next) = after.split_once('"').expect("a closed attribute");
        let name = name.split_whitespace().last().expect("a name").to_owned();
        assert!(all.insert(name.clone(), unescaped(value)).is_none(), "{name} twice in {tag}");
        rest = next;
    }
    all
}

pub fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

/// What a `<meta>` of this name or property says; it must stand there exactly once.
#[track_caller]
pub fn meta(html: &str, name: &str) -> String {
    let mut all = metas(html, name);
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    all.remove(0)
}

/// What all `<meta>` of this name or property say.
pub fn metas(html: &str, name: &str) -> Vec<String> {
    let of_name = |tag: &BTreeMap<String, String>| {
        [tag.get("name"), tag.get("property")].contains(&Some(&name.to_owned()))
    };
    elements(html, "meta").into_iter().filter(of_name).map(|tag| tag["content"].clone()).collect()
}

/// Where links of this `rel` lead, by their language; without one under `""`.
pub fn links(html: &str, rel: &str) -> BTreeMap<String, String> {
    let links = elements(html, "link").into_iter().filter(|tag| tag.get("rel").is_some_and(|it| it == rel));
    let mut all = BTreeMap::new();
    for tag in links {
        let language = tag.get("hreflang").cloned().unwrap_or_default();
        assert!(all.insert(language, tag["href"].clone()).is_none(), "{rel} twice");
    }
    all
}

/// The title, of which there is one.
#[track_caller]
pub fn title(html: &str) -> String {
    assert_eq!(html.matches("<title>").count(), 1);
    unescaped(html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap())
}

/// All things of the page's structured data.
#[track_caller]
pub fn data(html: &str) -> Vec<Value> {
    let documents = html.split("<script type=\"application/ld+json\">").skip(1);
    let mut all = Vec::new();
    for document in documents {
        let text = document.split("</script").next().unwrap();
        let mut document: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(document["@context"], "https://schema.org");
        all.append(document["@graph"].as_array_mut().expect("a graph"));
    }
    all
}
