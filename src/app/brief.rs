//! The page for who cannot be shown another: it says why, and costs little to make, for it is made
//! for those who ask too much.

use super::{scripts::BuiltFiles, ui::failure::Why};
use crate::model::{error::AppError, locale::Locale, text};
use leptos::prelude::*;

/// The whole document, without scripts.
pub fn brief_page(error: &AppError, l: Locale, files: BuiltFiles) -> AnyView {
    view! {
        <!DOCTYPE html>
        <html lang=l.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link id="style" rel="stylesheet" href=files.css />
                <title>{text::error::title(l)}</title>
            </head>
            <body>
                <main class="narrow">
                    <Why error=error.clone() l />
                </main>
            </body>
        </html>
    }
    .into_any()
}
