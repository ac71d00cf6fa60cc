//! Forms that lose nothing: a form sent without JavaScript that is refused comes back on its page
//! with what was typed and what was wrong.

use crate::model::{error::AppError, locale::Locale};
use leptos::prelude::use_context;
use std::sync::Arc;

/// A refused form. The HTTP layer puts it into the context of the page that is shown again.
#[derive(Clone, Debug)]
pub struct FormReplay(Arc<Refused>);

#[derive(Debug)]
struct Refused {
    action: String,
    fields: Vec<(String, String)>,
    error: AppError,
}

impl FormReplay {
    /// The form of this address, with what was typed and why it was refused.
    pub fn new(action: String, fields: Vec<(String, String)>, error: AppError) -> FormReplay {
        FormReplay(Arc::new(Refused { action, fields, error }))
    }

    /// The refused form of this address, if it is the one to show again.
    pub fn of(action: &str) -> Option<FormReplay> {
        use_context::<FormReplay>().filter(|replay| replay.0.action == action)
    }

    /// What was typed into a field; empty when there was none.
    pub fn value(&self, field: &str) -> String {
        let typed = self.0.fields.iter().find(|(name, _)| name == field);
        typed.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The names of all that was sent.
    pub fn names(&self) -> Vec<String> {
        self.0.fields.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Was this box ticked?
    pub fn ticked(&self, field: &str) -> bool {
        self.0.fields.iter().any(|(name, _)| name == field)
    }

    /// Why it was refused.
    pub fn error(&self) -> &AppError {
        &self.0.error
    }

    /// The sentence that stands above the form.
    pub fn message(&self, l: Locale) -> String {
        self.0.error.message(l)
    }
}

/// The address of the page being rendered, with its language.
#[derive(Clone, Debug)]
pub struct PagePath(pub String);

/// The address that a form is sent to. It names the page, so that the page can come back when the
/// form is refused, even when it stands there refused already.
pub fn action(endpoint: &str) -> String {
    match use_context::<PagePath>() {
        Some(PagePath(page)) => format!("{endpoint}?page={}", escape(&page)),
        None => endpoint.to_owned(),
    }
}

/// Percent-encoding for a value of a query: all but unreserved signs (RFC 3986) and the slash.
pub fn escape(text: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                escaped.push(char::from(byte));
            }
            _ => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn a_query_inside_a_query() {
        assert_eq!(escape("/ro/products?q=pâine&page=2"), "/ro/products%3Fq%3Dp%C3%A2ine%26page%3D2");
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_one_value_and_reads_back(text in strange::text(40)) {
            let escaped = escape(&text);
            prop_assert!(escaped.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)));
            let query = format!("a={escaped}&b=1");
            let read: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            prop_assert_eq!(read, [("a".to_owned(), text), ("b".to_owned(), "1".to_owned())]);
        }
    }
}
