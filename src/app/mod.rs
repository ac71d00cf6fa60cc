//! What a person sees.

pub mod admin;
pub mod api_docs;
pub mod brief;
pub mod error;
pub mod forms;
pub mod i18n;
pub mod info;
pub mod live;
pub mod routes;
pub mod scripts;
pub mod seo;
pub mod shell;
pub mod shop;
pub mod status;
pub mod ui;
