//! Files of the producer's forms: pictures of a product, and products as a table. A plain form sends
//! them and gets a page. The form's first field is the login's CSRF token: without the right one
//! nothing after it is read.

use super::{
    forms::{page_of, refuse_fields, see_other},
    locale,
    refusal::Asked,
};
use crate::{
    app::i18n::href,
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::ProductId,
        locale::Locale,
        product::Product,
    },
    server::{
        rest::admin::images::{BODY, FILE, bytes},
        service::auth::Login,
        state::AppState,
        store::sheets,
        trail,
        visitor::Visitor,
    },
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State, multipart::Field},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{HeaderValue, StatusCode, header, request::Parts};

/// Where pictures come in.
pub const PICTURES: &str = "/admin/products/{id}/pictures";
/// Where the table goes out and comes in.
pub const SHEET: &str = "/admin/products/sheet";

/// The routes.
pub fn routes() -> Router<AppState> {
    // Besides the table there are the token and what stands between the parts.
    let sheet = post(take_sheet).layer(DefaultBodyLimit::max(sheets::MAX_BYTES + 16 * 1024));
    Router::new()
        .route(PICTURES, post(take_pictures).layer(DefaultBodyLimit::max(bytes(BODY))))
        .route(SHEET, sheet.merge(get(give_sheet)))
}

/// Somebody who sent a form with files.
struct Sender {
    state: AppState,
    visitor: Visitor,
    parts: Parts,
    page: String,
}

impl Sender {
    fn of(state: AppState, parts: Parts) -> Option<Sender> {
        let mut visitor = parts.extensions.get::<Visitor>().cloned()?;
        let page = page_of(&parts.uri, &parts.headers);
        if let Some(l) = page.as_deref().and_then(locale::of_path) {
            visitor.locale = l;
        }
        let page = page.unwrap_or_else(|| href(visitor.locale, "/admin/products"));
        Some(Sender { state, visitor, parts, page })
    }

    /// The login, and the form behind its token. What comes of it is recorded as `action`.
    async fn form(&self, request: Request, action: &str) -> Result<(Login, Multipart), AppError> {
        let login = self.state.shop.login_of(self.visitor.admin_token.as_deref()).await?;
        trail::open(login.who(), action);
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
        let first = form.next_field().await.map_err(|_| malformed())?;
        let token = first.filter(|field| field.name() == Some("csrf")).ok_or(AppError::Forbidden)?;
        let token = content(token, 200, FieldError::Format).await.map_err(|_| AppError::Forbidden)?;
        login.check_csrf(&String::from_utf8_lossy(&token))?;
        Ok((login, form))
    }

    async fn answer(self, outcome: Result<(Login, String), AppError>) -> Response {
        match outcome {
            Ok((login, path)) => {
                let mut done = Response::new(axum::body::Body::empty());
                if let Some(token) = login.token {
                    let cookie = self.state.cookies.admin(token);
                    done.headers_mut().append(header::SET_COOKIE, cookie);
                }
                see_other(done, &href(self.visitor.locale, &path))
            }
            Err(error) => {
                refuse_fields(&error, &self.visitor, self.state, &self.parts, Vec::new(), &self.page).await
            }
        }
    }
}

async fn take_pictures(State(state): State<AppState>, Path(id): Path<String>, request: Request) -> Response {
    let Some((sender, request)) = sender(state, request) else { return lost() };
    let outcome = pictures(&sender, &id, request).await;
    sender.answer(outcome).await
}

async fn pictures(sender: &Sender, id: &str, request: Request) -> Result<(Login, String), AppError> {
    let (login, mut form) = sender.form(request, "products.pictures.add").await?;
    trail::about("product", id);
    let shop = &sender.state.shop;
    let id = ProductId::parse(id).map_err(|_| AppError::missing(Missing::Product))?;
    let room = shop.room_for_pictures(&id).await?;
    let _turn = shop.turn_to_upload().await?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| too_big("image", BODY))? {
        if field.name() != Some("image") {
            return Err(malformed());
        }
        let file = content(field, bytes(FILE), FieldError::TooBig { megabytes: FILE }).await;
        let file = file.map_err(|error| AppError::field("image", error))?;
        // What a browser sends when nothing was chosen.
        if file.is_empty() {
            continue;
        }
        if files.len() == room {
            let max = i64::try_from(Product::MAX_IMAGES).unwrap_or(i64::MAX);
            return Err(AppError::field("image", FieldError::Range { min: 0, max }));
        }
        files.push(file);
    }
    if files.is_empty() {
        return Err(AppError::field("image", FieldError::Required));
    }
    shop.add_pictures(&id, files).await?;
    Ok((login, format!("/admin/products/{id}#pictures")))
}

async fn take_sheet(State(state): State<AppState>, request: Request) -> Response {
    let Some((sender, request)) = sender(state, request) else { return lost() };
    let outcome = sheet(&sender, request).await;
    sender.answer(outcome).await
}

/// The table as a file, or as a text that was pasted: the first of the two that is there.
async fn sheet(sender: &Sender, request: Request) -> Result<(Login, String), AppError> {
    let (login, mut form) = sender.form(request, "products.sheet.check").await?;
    let mut table = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| too_big("sheet", 1))? {
        let sent = content(field, sheets::MAX_BYTES, FieldError::TooBig { megabytes: 1 }).await;
        let sent = sent.map_err(|error| AppError::field("sheet", error))?;
        if table.is_empty() {
            table = sent;
        }
    }
    let id = sender.state.shop.keep_sheet(&table).await?;
    Ok((login, format!("/admin/products/import?sheet={id}")))
}

async fn give_sheet(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let visitor = request.extensions().get::<Visitor>().cloned();
    let Some(visitor) = visitor else { return lost() };
    match written(&state, &visitor).await {
        Ok((cookie, text)) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
                (header::CONTENT_DISPOSITION, file_name(visitor.locale)),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            let mut response = (headers, text).into_response();
            if let Some(cookie) = cookie {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => asked.refused(&state, &error),
    }
}

async fn written(state: &AppState, visitor: &Visitor) -> Result<(Option<HeaderValue>, String), AppError> {
    let login = state.shop.login_of(visitor.admin_token.as_deref()).await?;
    let text = state.shop.products_sheet(visitor.locale).await?;
    Ok((login.token.map(|token| state.cookies.admin(token)), text))
}

const fn file_name(l: Locale) -> HeaderValue {
    HeaderValue::from_static(match l {
        Locale::Ro => "attachment; filename=\"produse.csv\"",
        Locale::En => "attachment; filename=\"products.csv\"",
    })
}

fn sender(state: AppState, request: Request) -> Option<(Sender, Request)> {
    let (parts, body) = request.into_parts();
    let sender = Sender::of(state, parts.clone())?;
    Some((sender, Request::from_parts(parts, body)))
}

/// What stands in a field, at most this much.
async fn content(mut field: Field<'_>, most: usize, too_big: FieldError) -> Result<Vec<u8>, FieldError> {
    let mut content = Vec::new();
    loop {
        let chunk = field.chunk().await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_big.clone(),
            _ => FieldError::Format,
        })?;
        let Some(chunk) = chunk else { return Ok(content) };
        if content.len() + chunk.len() > most {
            return Err(too_big);
        }
        content.extend_from_slice(&chunk);
    }
}

fn malformed() -> AppError {
    AppError::field("body", FieldError::Format)
}

fn too_big(field: &str, megabytes: u32) -> AppError {
    AppError::field(field, FieldError::TooBig { megabytes })
}

/// Every request has a visitor: without one the wiring is wrong.
fn lost() -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
