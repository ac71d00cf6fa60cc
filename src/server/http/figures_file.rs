//! Figures as a file for spreadsheets.

use super::refusal::Asked;
use crate::{
    model::{
        error::AppError,
        figures::{Bucket, Figures, Seller},
        locale::Locale,
        text,
    },
    server::{
        service::figures::{FiguresRequest, Sellers},
        spreadsheet::{Cell, written},
        state::AppState,
        visitor::Visitor,
    },
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};

/// The address of the file. Its query is that of the page; `what=products` asks for what was sold
/// instead of the steps.
pub const DOWNLOAD: &str = "/admin/figures/download";

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");

/// The file for the producer, or a page that says why not.
pub async fn download(State(state): State<AppState>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return asked.refused(&state, &AppError::Internal);
    };
    let login = state.shop.login_of(visitor.admin_token.as_deref()).await;
    let login = match login.and_then(|login| login.check_owner().map(|()| login)) {
        Ok(login) => login,
        Err(error) => return asked.refused(&state, &error),
    };
    let (request, products) = read(request.uri().query().unwrap_or_default());
    let l = visitor.locale;
    let figures = match state.shop.figures(&request, Sellers::All, l).await {
        Ok(figures) => figures,
        Err(error) => return asked.refused(&state, &error),
    };
    let (name, file) = if products {
        ("products", written(l, of_products(l, &figures.sellers)))
    } else {
        (figures.step.name(), written(l, of_steps(l, &figures.buckets)))
    };
    let mut response = file.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, CSV);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(named) = HeaderValue::from_str(&named(&figures, name)) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    if let Some(token) = login.token {
        headers.append(header::SET_COOKIE, state.cookies.admin(token));
    }
    response
}

fn named(figures: &Figures, what: &str) -> String {
    let (from, to) = (figures.range.from, figures.range.to);
    format!("attachment; filename=\"vatra-{what}-{from}-{to}.csv\"")
}

/// What the query asks for, and whether it is the products.
fn read(query: &str) -> (FiguresRequest, bool) {
    let pairs = serde_html_form::from_str::<Vec<(String, String)>>(query).unwrap_or_default();
    let value = |name: &str| pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let request =
        FiguresRequest { range: value("range"), from: value("from"), to: value("to"), step: value("step") };
    (request, value("what").as_deref() == Some("products"))
}

fn head(titles: &[&str]) -> Vec<Cell> {
    titles.iter().map(|title| Cell::Text((*title).to_owned())).collect()
}

fn of_steps(l: Locale, buckets: &[Bucket]) -> Vec<Vec<Cell>> {
    let titles = [
        text::figures::from(l),
        text::figures::to(l),
        text::figures::revenue_lei(l),
        text::figures::orders(l),
        text::figures::average_lei(l),
        text::figures::returning_percent(l),
        text::figures::cancelled(l),
        text::figures::lost_lei(l),
    ];
    let row = |bucket: &Bucket| {
        let totals = bucket.totals;
        vec![
            Cell::Text(bucket.from.to_string()),
            Cell::Text(bucket.to.to_string()),
            Cell::Hundredths(totals.revenue),
            Cell::Whole(totals.orders),
            totals.average().map_or(Cell::Empty, Cell::Hundredths),
            totals.returning().map_or(Cell::Empty, Cell::Tenths),
            Cell::Whole(totals.cancelled),
            Cell::Hundredths(totals.lost),
        ]
    };
    std::iter::once(head(&titles)).chain(buckets.iter().map(row)).collect()
}

fn of_products(l: Locale, sellers: &[Seller]) -> Vec<Vec<Cell>> {
    let titles = [text::figures::product(l), text::figures::pieces(l), text::figures::revenue_lei(l)];
    let row = |seller: &Seller| {
        vec![Cell::Text(seller.name.clone()), Cell::Whole(seller.pieces), Cell::Hundredths(seller.revenue)]
    };
    std::iter::once(head(&titles)).chain(sellers.iter().map(row)).collect()
}
