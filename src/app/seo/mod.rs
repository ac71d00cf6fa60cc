//! What others read of a page: search engines (canonical address, languages, structured data) and
//! chats that show a link (Open Graph). A page names its [`Page`], and [`Seo`] writes the tags.

pub mod business;
pub mod data;
pub mod head;
pub mod page;
pub mod public;
pub mod tags;

pub use page::Page;
pub use tags::{HomeSeo, Seo};

use super::i18n::{href, locale};
use crate::model::locale::Locale;
use leptos::prelude::use_context;

/// The origin by which the visitor knows the shop, without a slash at its end; empty when it is not
/// known. The HTTP layer puts it into the context of a page.
#[derive(Clone, Debug, Default)]
pub struct SiteOrigin(pub String);

/// Makes whole addresses in the language of the page.
#[derive(Clone, Debug)]
pub struct Site {
    origin: String,
    /// The language of the page.
    pub l: Locale,
}

impl Site {
    /// That of the page being rendered.
    pub fn here() -> Site {
        Site::of(use_context::<SiteOrigin>().unwrap_or_default(), locale())
    }

    /// Of this origin and in this language.
    pub fn of(origin: SiteOrigin, l: Locale) -> Site {
        Site { origin: origin.0, l }
    }

    /// The whole address of a page in the language of this one.
    pub fn page(&self, path: &str) -> String {
        self.page_in(self.l, path)
    }

    /// The whole address of a page in a language.
    pub fn page_in(&self, l: Locale, path: &str) -> String {
        self.file(&href(l, path).replace("/?", "?"))
    }

    /// The whole address of a page for those whose language is not known: the server chooses one.
    pub fn page_in_any(&self, path: &str) -> String {
        self.file(path)
    }

    /// The whole address of a file; one that is whole already stays.
    pub fn file(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.origin) } else { path.to_owned() }
    }
}
