//! Files: built parts with a hash in their name (kept by browsers for a year), and pictures.

use super::encoding::Encoding;
use crate::{model::image::Format, server::state::AppState};
use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn, map_request, map_response},
    response::Response,
};
use http::{HeaderValue, StatusCode, header};
use leptos::config::LeptosOptions;
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

/// For what never changes under its name.
pub(super) const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400, stale-while-revalidate=604800");

/// Where pictures are.
pub const PICTURES: &str = "/pictures";
/// Where the reader of the API's document is.
pub const SWAGGER: &str = "/swagger";
/// Where the icons of the installed shop are, and the picture of a link to it.
pub const ICONS: &str = "/icons";
/// Files that browsers ask for by these names.
pub const FILES: [&str; 4] = ["/favicon.svg", "/logo.svg", "/register-sw.js", "/desk.css"];

/// Routes for all files.
pub fn router(options: &LeptosOptions) -> Router<AppState> {
    let root = Path::new(&*options.site_root);
    let built = ServeDir::new(root.join(&*options.site_pkg_dir))
        .precompressed_br()
        .precompressed_zstd()
        .precompressed_gzip();
    let pictures =
        ServeDir::new(root.join("pictures")).precompressed_br().precompressed_zstd().precompressed_gzip();
    let hashed = options.hash_files;
    let built = Router::new()
        .nest_service(&format!("/{}", options.site_pkg_dir), built)
        .layer(map_response(move |response| keep(response, if hashed { FOREVER } else { A_DAY })));
    let swagger =
        ServeDir::new(root.join("swagger")).precompressed_br().precompressed_zstd().precompressed_gzip();
    let icons = ServeDir::new(root.join("icons"));
    let pictures = Router::new().nest_service(PICTURES, pictures).layer(from_fn(keep_picture));
    let mut files = Router::new().nest_service(ICONS, icons).nest_service(SWAGGER, swagger);
    for path in FILES {
        files = files.route_service(path, ServeFile::new(root.join(&path[1..])));
    }
    let files = built.merge(pictures).merge(files.layer(map_response(|response| keep(response, A_DAY))));
    files.layer(map_request(findable))
}

/// The longest name that a file can have (Linux, NAME_MAX). No file of ours has a longer address;
/// asked for one, the file system fails instead of finding nothing.
const LONGEST: usize = 255;

async fn findable(mut request: Request) -> Result<Request, StatusCode> {
    // Zstandard's files are larger than Brotli's, yet `ServeDir` would rather send them.
    if Encoding::of(request.headers()) == Encoding::Brotli {
        request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip"));
    }
    if request.uri().path().len() > LONGEST { Err(StatusCode::NOT_FOUND) } else { Ok(request) }
}

/// The name of a picture holds digits of its content, that of a drawing does not.
async fn keep_picture(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let named_after_content = Format::ALL.iter().any(|format| path.ends_with(format.ending()));
    keep(next.run(request).await, if named_after_content { FOREVER } else { A_DAY }).await
}

async fn keep(mut response: Response, how_long: HeaderValue) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, how_long);
    }
    response
}
