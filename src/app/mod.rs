//! What a person sees.

pub mod admin;
pub mod api_docs;
pub mod brief;
pub mod error;
pub mod forms;
pub mod i18n;
pub mod online;
pub mod post;
pub mod queue;
pub mod routes;
pub mod scripts;
pub mod seo;
pub mod shell;
pub mod shop;
pub mod sms_code;
pub mod status;
pub mod told;
pub mod ui;
