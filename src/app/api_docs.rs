//! The page that shows the JSON API. Its text is English: it is for programmers.

use leptos::prelude::*;

/// A frame for Swagger UI, whose files lie beside the shop's own.
#[component]
pub fn ApiDocs() -> impl IntoView {
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <title>"Vatra: the JSON API"</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href="/swagger/swagger-ui.css" />
                <script src="/swagger/swagger-ui-bundle.js" defer></script>
                <script src="/swagger/init.js" defer></script>
            </head>
            <body>
                <main id="docs">
                    <h1>"The JSON API of Vatra"</h1>
                    <p>
                        "The document: " <a href="/api/openapi.json">"/api/openapi.json"</a>
                        " (OpenAPI 3.1)."
                    </p>
                </main>
            </body>
        </html>
    }
}
