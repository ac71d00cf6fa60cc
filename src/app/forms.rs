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

    /// The refused form, whichever it was.
    pub fn any() -> Option<FormReplay> {
        use_context::<FormReplay>()
    }

    /// What was typed into a field; empty when there was none.
    pub fn value(&self, field: &str) -> String {
        let typed = self.0.fields.iter().find(|(name, _)| name == field);
        typed.map(|(_, value)| value.clone()).unwrap_or_default()
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
