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
            body::has_type,
            caller::{At, id},
            envelope::Success,
            fields::LONGEST_NAME,
            producer::Producer,
            refusal::Refusal,
        },
        state::AppState,
    },
};
use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    response::Response,
};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The most of one file and of one request, in MB.
pub const FILE: u32 = 8;
/// See [`FILE`].
pub const BODY: u32 = 16;

/// The field of the form that holds a file.
const FIELD: &str = "image";

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    let upload = OpenApiRouter::new().routes(routes!(add)).layer(DefaultBodyLimit::max(bytes(BODY)));
    upload.routes(routes!(remove))
}

/// Files with pictures: JPEG, PNG or WebP, at most 8 MB each.
#[derive(ToSchema)]
#[allow(dead_code)] // What the document says of the form; it is read field by field.
struct ImagesForm {
    #[schema(value_type = Vec<String>, format = Binary, min_items = 1, max_items = 5)]
    image: Vec<Vec<u8>>,
}

/// The pictures of a product as the API writes them.
#[derive(Serialize, ToSchema)]
#[schema(as = Images)]
struct ImagesJson {
    /// Their addresses, the main one first.
    #[schema(max_items = 5)]
    images: Vec<String>,
}

/// Add pictures to a product
///
/// They are stored as JPEG of at most 1600 pixels, without what the camera wrote into them.
// Who asks, and for what, is known before the body is read.
#[utoipa::path(
    post, path = "/admin/products/{id}/images", tag = "Admin", operation_id = "add_images",
    security(("admin" = [], "csrf" = [])), params(("id" = ProductId, Path, description = "The product's id.")),
    request_body(content = ImagesForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "All its pictures.", body = Success<ImagesJson>))
)]
async fn add(producer: Producer, At(product): At<String>, request: Request) -> Result<Response, Refusal> {
    let product: ProductId = id(product, Missing::Product)?;
    let shop = &producer.caller.shop;
    let room = shop.room_for_pictures(&product).await?;
    let _turn = shop.turn_to_upload().await?;
    let files = files(request, room).await?;
    let images = shop.add_pictures(&product, files).await?;
    Ok(producer.answer(StatusCode::CREATED, ImagesJson { images }))
}

/// Take a picture off a product
#[utoipa::path(
    delete, path = "/admin/products/{id}/images/{name}", tag = "Admin", operation_id = "remove_image",
    security(("admin" = [], "csrf" = [])),
    params(
        ("id" = ProductId, Path, description = "The product's id."),
        ("name" = String, Path, description = "The last part of the picture's address.")
    ),
    responses((status = 200, description = "The rest.", body = Success<ImagesJson>))
)]
async fn remove(producer: Producer, At((product, name)): At<(String, String)>) -> Result<Response, Refusal> {
    let product = id(product, Missing::Product)?;
    let images = producer.caller.shop.remove_picture(&product, &name).await?;
    Ok(producer.answer(StatusCode::OK, ImagesJson { images }))
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

/// So many bytes.
pub const fn bytes(megabytes: u32) -> usize {
    megabytes as usize * 1024 * 1024
}
