//! Refusing a request before anything was done for it, in the form that its sender reads: the
//! API's envelope, the error as islands read it, or a small page.

use super::{forms, security};
use crate::{
    app::brief::brief_page,
    model::{error::AppError, locale::Locale},
    server::{
        error::{add_retry_after, status},
        rest::envelope,
        state::AppState,
        visitor::Visitor,
    },
};
use axum::{
    extract::Request,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, header};
use leptos::prelude::RenderHtml;

/// What must be known of a request to refuse it.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    form: Form,
    locale: Locale,
}

/// How the sender reads an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Envelope,
    Json,
    Page,
}

impl Asked {
    /// What was [noted](Asked::note) of a request, or else is read from it.
    pub fn of(request: &Request) -> Asked {
        request.extensions().get().copied().unwrap_or_else(|| Asked::read(request))
    }

    /// Reads a request once for all that it passes through.
    pub fn note(request: &mut Request) {
        let asked = Asked::read(request);
        request.extensions_mut().insert(asked);
    }

    fn read(request: &Request) -> Asked {
        let visitor = request.extensions().get::<Visitor>();
        let path = request.uri().path();
        let form = if is_api(path) {
            Form::Envelope
        } else if path.starts_with("/fn/") && !visitor.is_some_and(|visitor| visitor.wants_page) {
            Form::Json
        } else {
            Form::Page
        };
        Asked { form, locale: forms::language(request, visitor) }
    }

    /// The refusal.
    pub fn refused(self, state: &AppState, error: &AppError) -> Response {
        let mut response = match self.form {
            Form::Envelope => envelope::failure(error, self.locale),
            Form::Json => forms::json_error(error),
            Form::Page => page(state, error, self.locale),
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Does this address belong to the JSON API?
pub fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

fn page(state: &AppState, error: &AppError, l: Locale) -> Response {
    let mut response =
        (status(error), Html(brief_page(error, l, state.files.clone()).to_html())).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, security::BRIEF);
    response.extensions_mut().insert(error.code());
    add_retry_after(response.headers_mut(), error);
    response
}
