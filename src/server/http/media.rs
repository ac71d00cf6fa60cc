//! Pictures that the producer has uploaded. What stands under a name never changes.

use super::assets::FOREVER;
use crate::{
    model::error::AppError,
    server::{error::status, pictures::PictureName, service::Shop, state::AppState},
};
use axum::{
    Router,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header};

/// The address of a picture.
pub const PICTURE: &str = "/media/{name}";

/// The route.
pub fn router() -> Router<AppState> {
    Router::new().route(PICTURE, get(show))
}

/// A name that is none of ours is that of no picture, whatever it is.
async fn show(State(shop): State<Shop>, name: Result<Path<String>, PathRejection>) -> Response {
    let Some(name) = name.ok().and_then(|Path(name)| PictureName::parse(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match shop.picture(&name).await {
        Ok(picture) => {
            let kind = HeaderValue::from_static(name.format().media_type());
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOREVER)], picture).into_response()
        }
        Err(AppError::NotFound { .. }) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => status(&error).into_response(),
    }
}
