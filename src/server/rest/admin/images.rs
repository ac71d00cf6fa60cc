//! `/api/admin/products/{id}/images`: the pictures of a product.

use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::ProductId,
        product::Product,
    },
    server::{
        rest::{
            auth::CSRF,
            body::has_type,
            caller::{At, Caller, id},
            envelope::success,
            fields::LONGEST_NAME,
            refusal::Refusal,
        },
        service::auth::Login,
        state::AppState,
    },
};
use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    response::Response,
    routing::{delete, post},
};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

/// The most of one file and of one request, in MB.
const FILE: u32 = 8;
const BODY: u32 = 16;

/// The field of the form that holds a file.
const FIELD: &str = "image";

/// The routes.
pub fn router() -> Router<AppState> {
    let upload = post(add).layer(DefaultBodyLimit::max(bytes(BODY)));
    Router::new().route("/products/{id}/images", upload).route("/products/{id}/images/{name}", delete(remove))
}

/// The pictures of a product as the API writes them.
#[derive(Serialize)]
struct ImagesJson {
    /// Their addresses, the main one first.
    images: Vec<String>,
}

/// Who asks, and for what, is known before the body is read.
async fn add(
    caller: Caller,
    At(product): At<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Refusal> {
    let login = producer(&caller, &headers).await?;
    let product: ProductId = id(product, Missing::Product)?;
    let room = caller.shop.room_for_pictures(&product).await?;
    let files = files(request, room).await?;
    let images = caller.shop.add_pictures(&product, files).await?;
    Ok(caller.keep_admin(Some(&login), success(StatusCode::CREATED, ImagesJson { images })))
}

async fn remove(
    caller: Caller,
    At((product, name)): At<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let login = producer(&caller, &headers).await?;
    let images = caller.shop.remove_picture(&id(product, Missing::Product)?, &name).await?;
    Ok(caller.keep_admin(Some(&login), success(StatusCode::OK, ImagesJson { images })))
}

/// The producer, with the token of the login.
async fn producer(caller: &Caller, headers: &HeaderMap) -> Result<Login, AppError> {
    let login = caller.admin().await?;
    login.check_csrf(headers.get(CSRF).and_then(|token| token.to_str().ok()).unwrap_or_default())?;
    Ok(login)
}

/// The files of a form, at most as many as there is room for.
async fn files(request: Request, room: usize) -> Result<Vec<Vec<u8>>, Refusal> {
    if !has_type(request.headers(), "multipart/form-data") {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Refusal::with_status(status, "Content-Type", FieldError::Format));
    }
    let malformed = |_| Refusal::from(AppError::field("body", FieldError::Format));
    let mut form = Multipart::from_request(request, &()).await.map_err(malformed)?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() != Some(FIELD) {
            return Err(unknown(field.name()).into());
        }
        let file = file(field).await?;
        // What a browser sends when nothing was chosen.
        if file.is_empty() {
            continue;
        }
        if files.len() == room {
            let max = i64::try_from(Product::MAX_IMAGES).unwrap_or(i64::MAX);
            return Err(AppError::field("images", FieldError::Range { min: 0, max }).into());
        }
        files.push(file);
    }
    if files.is_empty() { Err(AppError::field(FIELD, FieldError::Required).into()) } else { Ok(files) }
}

async fn file(mut field: Field<'_>) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        if file.len() + chunk.len() > bytes(FILE) {
            return Err(too_big(FIELD, FILE));
        }
        file.extend_from_slice(&chunk);
    }
    Ok(file)
}

fn unreadable(error: MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_big("body", BODY);
    }
    AppError::field("body", FieldError::Format).into()
}

fn too_big(place: &str, megabytes: u32) -> Refusal {
    Refusal::with_status(StatusCode::PAYLOAD_TOO_LARGE, place, FieldError::TooBig { megabytes })
}

/// An answer does not repeat whatever a form holds.
fn unknown(name: Option<&str>) -> AppError {
    let name = name.filter(|name| (1..=LONGEST_NAME).contains(&name.len())).unwrap_or("body");
    AppError::field(name, FieldError::Unknown)
}

const fn bytes(megabytes: u32) -> usize {
    megabytes as usize * 1024 * 1024
}
