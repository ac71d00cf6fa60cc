//! The document around every page.

use super::{
    i18n::locale,
    routes::Pages,
    scripts::{BuiltFiles, Scripts},
    seo::head::HeadLinks,
};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// The whole document.
pub fn shell(files: BuiltFiles) -> impl IntoView {
    provide_meta_context();
    let l = locale();
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
                <HeadLinks l />
                <Scripts files />
                <MetaTags />
            </head>
            <body>
                <Pages />
            </body>
        </html>
    }
}
