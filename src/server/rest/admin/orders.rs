//! `/api/admin/orders`

use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::OrderId,
        message::{Message, MessageFailure, MessageKind, MessageState, Report},
        order::{Actor, HistoryEntry, Order},
        order_record::{DeskOrder, Note},
        phone::Phone,
        status::OrderStatus,
    },
    server::{
        clock::rfc3339,
        rest::{
            body::{FromFields, Json},
            caller::{At, id},
            envelope::{Failure, Success},
            fields::Fields,
            list::{List, pairs},
            order_json::OrderJson,
            producer::Producer,
            refusal::Refusal,
            schema::Moment,
        },
        service::orders::OrdersRequest,
        state::AppState,
    },
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, change))
}

/// An order as the producer sees it: with its history.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminOrder)]
struct AdminOrderJson {
    #[serde(flatten)]
    order: OrderJson,
    /// Every change of status, oldest first.
    history: Vec<StepJson>,
}

/// An order with all that the desk keeps of it.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskOrder)]
struct DeskOrderJson {
    #[serde(flatten)]
    order: AdminOrderJson,
    /// Notes of admins', oldest first. Customers never see them.
    notes: Vec<NoteJson>,
    /// Messages to its customer, oldest first.
    messages: Vec<MessageJson>,
}

/// A note of an admin's.
#[derive(Serialize, ToSchema)]
#[schema(as = Note)]
struct NoteJson {
    by: String,
    #[schema(value_type = Moment)]
    at: String,
    #[schema(max_length = 1000)]
    text: String,
}

/// A message to the customer.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
struct MessageJson {
    kind: MessageKind,
    state: MessageState,
    to: Phone,
    /// Of a code nobody is told.
    body: Option<String>,
    tries: u32,
    /// What the provider has told since it took it.
    report: Option<Report>,
    /// Why the last try did not send it, or why it did not arrive.
    error: Option<MessageFailure>,
    #[schema(value_type = Moment)]
    queued_at: String,
    #[schema(value_type = Option<Moment>)]
    sent_at: Option<String>,
}

impl From<DeskOrder> for DeskOrderJson {
    fn from(desk: DeskOrder) -> DeskOrderJson {
        let note = |(_, note): (_, Note)| NoteJson { by: note.by, at: rfc3339(note.at), text: note.text };
        DeskOrderJson {
            order: desk.order.into(),
            notes: desk.notes.into_iter().map(note).collect(),
            messages: desk.messages.into_iter().map(MessageJson::from).collect(),
        }
    }
}

impl From<Message> for MessageJson {
    fn from(message: Message) -> MessageJson {
        MessageJson {
            report: message.report,
            kind: message.kind,
            state: message.state,
            to: message.to,
            body: message.body,
            tries: message.tries,
            error: message.failure,
            queued_at: rfc3339(message.queued_at),
            sent_at: message.sent_at.map(rfc3339),
        }
    }
}

/// One change of status.
#[derive(Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
struct StepJson {
    status: OrderStatus,
    /// `customer`, `admin` or `shop`.
    #[schema(example = "admin")]
    by: &'static str,
    /// Which admin.
    username: Option<String>,
    /// On the shop's clock.
    #[schema(example = "2025-01-13T12:30")]
    at: String,
    note: Option<String>,
}

impl From<Order> for AdminOrderJson {
    fn from(mut order: Order) -> AdminOrderJson {
        let history = std::mem::take(&mut order.history).into_iter().map(StepJson::from).collect();
        AdminOrderJson { order: OrderJson::of(order, None), history }
    }
}

impl From<HistoryEntry> for StepJson {
    fn from(entry: HistoryEntry) -> StepJson {
        let (by, username) = match entry.actor {
            Actor::Customer => ("customer", None),
            Actor::Admin(username) => ("admin", Some(username)),
            Actor::Shop => ("shop", None),
        };
        StepJson { status: entry.status, by, username, at: entry.at.iso(), note: entry.note }
    }
}

/// What a list of orders can be asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)] // Read pair by pair, so that a misspelt name is refused; here for the document.
struct OrdersQuery {
    status: Option<OrderStatus>,
    /// Placed on or after this day of the shop's, or at or after this moment.
    #[param(example = "2025-01-13")]
    from: Option<String>,
    /// Placed on or before this day of the shop's, or before this moment.
    #[param(example = "2025-01-13")]
    to: Option<String>,
    /// Words of a name, digits of a phone number, or an order number.
    #[param(max_length = 80)]
    q: Option<String>,
    /// From 1.
    #[param(minimum = 1, maximum = 10_000)]
    page: Option<u32>,
    /// 25 unless given.
    #[param(minimum = 1, maximum = 100)]
    per_page: Option<u32>,
}

/// The status that an order is to have.
#[derive(ToSchema)]
struct ChangeRequest {
    #[schema(value_type = OrderStatus)]
    status: String,
    /// A remark for the order's history.
    #[schema(max_length = 500)]
    note: Option<String>,
}

impl FromFields for ChangeRequest {
    fn from_fields(fields: &mut Fields<'_>) -> Option<ChangeRequest> {
        let (status, note) = (fields.required("status"), fields.optional("note"));
        Some(ChangeRequest { status: status?, note })
    }
}

/// Orders, newest first
#[utoipa::path(
    get, path = "/admin/orders", tag = "Admin", operation_id = "list_orders", params(OrdersQuery),
    security(("admin" = [])),
    responses((status = 200, description = "One page.", body = Success<List<AdminOrderJson>>))
)]
async fn list(producer: Producer, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let request = read(query.as_deref().unwrap_or_default())?;
    let page = producer.caller.shop.orders(&request).await?;
    Ok(producer.answer(StatusCode::OK, List::of(page, AdminOrderJson::from)))
}

/// Any order, with the notes and messages of the desk
#[utoipa::path(
    get, path = "/admin/orders/{id}", tag = "Admin", operation_id = "show_any_order",
    security(("admin" = [])), params(("id" = OrderId, Path, description = "The order's id.")),
    responses((status = 200, description = "The order.", body = Success<DeskOrderJson>))
)]
async fn show(producer: Producer, At(order): At<String>) -> Result<Response, Refusal> {
    let (order, l) = (id(order, Missing::Order)?, producer.caller.locale());
    let desk = producer.caller.shop.desk_order(&order, l).await?;
    Ok(producer.answer(StatusCode::OK, DeskOrderJson::from(desk)))
}

/// Move an order on
///
/// Cancelling gives the stock back. The customer is told by SMS where the shop's messages are switched
/// on.
#[utoipa::path(
    put, path = "/admin/orders/{id}", tag = "Admin", operation_id = "change_order",
    security(("admin" = [], "csrf" = [])), params(("id" = OrderId, Path, description = "The order's id.")),
    request_body = ChangeRequest,
    responses(
        (status = 200, description = "The order.", body = Success<DeskOrderJson>),
        (status = 409, description = "The order cannot go there from where it is.", body = Failure)
    )
)]
async fn change(
    producer: Producer,
    At(order): At<String>,
    Json(body): Json<ChangeRequest>,
) -> Result<Response, Refusal> {
    let order = id(order, Missing::Order)?;
    let status = OrderStatus::from_name(&body.status);
    let status = status.ok_or_else(|| AppError::field("status", FieldError::Choice))?;
    let actor = Actor::Admin(producer.login.admin.username.clone());
    let (shop, l) = (&producer.caller.shop, producer.caller.locale());
    shop.change_status(&order, status, actor, body.note).await?;
    Ok(producer.answer(StatusCode::OK, DeskOrderJson::from(shop.desk_order(&order, l).await?)))
}

fn read(query: &str) -> Result<OrdersRequest, AppError> {
    let mut request = OrdersRequest::default();
    pairs(
        query,
        [
            ("status", &mut request.status),
            ("from", &mut request.from),
            ("to", &mut request.to),
            ("q", &mut request.q),
            ("page", &mut request.page),
            ("per_page", &mut request.per_page),
        ],
    )?;
    Ok(request)
}
