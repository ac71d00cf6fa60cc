//! Refusing a request before anything was done for it, in the form that its sender reads: the
//! API's envelope, the error as islands read it, or a small page.

use super::{forms, security};
use crate::{
    app::brief::brief_page,
    model::{error::AppError, locale::Locale},
    server::{rest::envelope, state::AppState, visitor::Visitor},
};
use axum::{
    extract::Request,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
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
    /// Reads a request.
    pub fn of(request: &Request) -> Asked {
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
    let status = StatusCode::from_u16(error.code().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Html(brief_page(error, l, state.options.clone()).to_html())).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, security::BRIEF);
    forms::add_retry_after(response.headers_mut(), error);
    response
}
