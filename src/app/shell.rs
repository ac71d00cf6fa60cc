//! The document around every page.

use super::{
    forms::PagePath,
    i18n::{href, locale},
    routes::Pages,
    scripts::{BuiltFiles, Scripts},
};
use crate::model::locale::Locale;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// The whole document.
pub fn shell(files: BuiltFiles) -> impl IntoView {
    provide_meta_context();
    let l = locale();
    let path = use_context::<PagePath>().map_or_else(|| "/".to_owned(), |path| path.0);
    let path = Locale::ALL
        .iter()
        .find_map(|l| {
            path.strip_prefix(&format!("/{}", l.tag()))
                .filter(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .map_or(path.clone(), str::to_owned);
    let other_languages = Locale::ALL
        .map(|l| view! { <link rel="alternate" hreflang=l.tag() href=href(l, &path) /> })
        .collect_view();
    view! {
        <!DOCTYPE html>
        <html lang=l.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#fbf6ee" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#1a1411" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link id="style" rel="stylesheet" href=files.css.clone() />
                {other_languages}
                <Scripts files />
                <MetaTags />
            </head>
            <body>
                <Pages />
            </body>
        </html>
    }
}
