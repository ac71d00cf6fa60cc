//! Makes the long texts of the shop from `locales/pages/NAME.LANGUAGE.md`: static data, so that
//! nothing is read when a page is shown. Of Markdown it knows one title, a first paragraph (the
//! lead), headings of the second order, paragraphs, lists, `**strong**`, `[links](address)`, and
//! `{{insert}}` on a line of its own, for what only the server knows.

use std::fmt::Write;

/// The code of all pages, in the order of their names.
pub fn code(names: &[&str]) -> Result<String, String> {
    let mut code = String::new();
    for name in names {
        let read = |language: &str| {
            let path = format!("locales/pages/{name}.{language}.md");
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
            page(&text).map_err(|sentence| format!("{path}: {sentence}"))
        };
        let (ro, en) = (read("ro")?, read("en")?);
        if ro.kinds != en.kinds {
            return Err(format!("locales/pages/{name}: the two languages are built differently"));
        }
        let _ = writeln!(
            code,
            "/// `locales/pages/{name}`\npub const fn {name}(l: Locale) -> &'static Page {{ match l {{ Locale::Ro => &{}, Locale::En => &{} }} }}",
            ro.code, en.code
        );
    }
    Ok(code)
}

struct Compiled {
    code: String,
    /// What the blocks are, to compare the languages.
    kinds: Vec<String>,
}

fn page(text: &str) -> Result<Compiled, String> {
    let mut blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let title = blocks.next().and_then(|block| block.strip_prefix("# ")).ok_or("no title")?;
    let lead = blocks.next().ok_or("no lead")?;
    let (mut code, mut kinds) = (String::new(), Vec::new());
    for block in blocks {
        let (kind, one) = compiled(&one_line(block), block)?;
        kinds.push(kind);
        code.push_str(&one);
        code.push(',');
    }
    let lead = spans(&one_line(lead))?;
    Ok(Compiled { code: format!("Page {{ title: {title:?}, lead: {lead}, blocks: &[{code}] }}"), kinds })
}

fn compiled(line: &str, block: &str) -> Result<(String, String), String> {
    if let Some(heading) = line.strip_prefix("## ") {
        return Ok(("heading".into(), format!("Block::Heading({heading:?})")));
    }
    if let Some(name) = line.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
        let variant: String = name.split('_').map(capital).collect();
        return Ok((line.to_owned(), format!("Block::Insert(Insert::{variant})")));
    }
    if line.starts_with("- ") {
        let items = format!("\n{block}");
        let items: Vec<String> =
            items.split("\n- ").skip(1).map(|item| spans(&one_line(item))).collect::<Result<_, _>>()?;
        return Ok((format!("list of {}", items.len()), format!("Block::List(&[{}])", items.join(","))));
    }
    Ok(("paragraph".into(), format!("Block::Paragraph({})", spans(line)?)))
}

fn one_line(block: &str) -> String {
    block.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

fn spans(text: &str) -> Result<String, String> {
    let mut code = String::from("&[");
    let mut rest = text;
    while let Some(place) = rest.find("**").into_iter().chain(rest.find('[')).min() {
        let (before, marked) = rest.split_at(place);
        if !before.is_empty() {
            let _ = write!(code, "Span::Text({before:?}),");
        }
        let unclosed = || format!("not closed: {marked}");
        if let Some(strong) = marked.strip_prefix("**") {
            let (strong, after) = strong.split_once("**").ok_or_else(unclosed)?;
            let _ = write!(code, "Span::Strong({strong:?}),");
            rest = after;
        } else {
            let (label, after) = marked[1..].split_once("](").ok_or_else(unclosed)?;
            let (to, after) = after.split_once(')').ok_or_else(unclosed)?;
            if !to.starts_with('/') && !to.starts_with("https://") {
                return Err(format!("an address that is neither ours nor https: {to}"));
            }
            let _ = write!(code, "Span::Link({label:?}, {to:?}),");
            rest = after;
        }
    }
    if !rest.is_empty() {
        let _ = write!(code, "Span::Text({rest:?}),");
    }
    code.push(']');
    Ok(code)
}
