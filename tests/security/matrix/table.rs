//! A table's rows: a route, a request to it, and what each kind of person must get.

use super::scene::Scene;
use serde_json::Value;
use std::collections::BTreeSet;

/// What must come of a request. Outsiders (a stranger, another customer) never read anything of
/// the order's, whatever the answer is.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Answered with this status; nothing changes.
    Ok(u16),
    /// As `Ok`, and what the row guards stands in the answer.
    Shows(u16),
    /// Done with this status: the database has changed, for outsiders without touching what is
    /// the order's.
    Does(u16),
    /// As `Does`, for everybody who knows what the request names: a cart's id, an order's id with
    /// its phone.
    Knows(u16),
    /// Refused with this status and code. Nothing leaks, nothing changes.
    No(u16, &'static str),
}

/// The columns: a stranger (also: ended sessions, forged tokens), another customer, the browser
/// that holds the order's cart, the session of the order's phone, the producer, and the producer
/// without this login's CSRF token. Staff get what the producer gets, unless the row is
/// [for owners](Row::for_owners).
pub type Columns = [Then; 6];

/// Whoever works there without being an owner.
pub const STAFF: usize = 6;

/// How far the order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Pending,
    Confirmed,
}

/// What is sent besides cookies.
pub struct Ask {
    /// Path and query.
    pub path: String,
    pub body: Body,
}

pub enum Body {
    None,
    Form(Vec<(&'static str, String)>),
    Json(Value),
    /// A form with one file in it.
    Picture(Vec<u8>),
    /// The same as a browser sends it: behind the CSRF token, under this name.
    File(&'static str, Vec<u8>),
}

pub struct Row {
    /// As the router names it: `GET /api/orders/{id}`.
    pub route: &'static str,
    pub stage: Stage,
    pub ask: fn(&Scene) -> Ask,
    then: Columns,
    for_owners: bool,
    /// What `Shows` must show.
    pub guards: fn(&Scene) -> &str,
}

/// Places of which all is for owners alone.
const FOR_OWNERS: [&str; 8] = [
    "/admin/settings",
    "/admin/customers",
    "/admin/figures",
    "/fn/admin/settings",
    "/fn/admin/customers",
    "/fn/admin/figures",
    "/fn/admin/messages/save",
    "/fn/admin/messages/texts",
];

pub const fn row(route: &'static str, ask: fn(&Scene) -> Ask, then: Columns) -> Row {
    Row {
        route,
        stage: Stage::Pending,
        ask,
        then,
        for_owners: false,
        guards: |scene| scene.order.number.as_str(),
    }
}

impl Row {
    /// Of an order that is confirmed.
    pub const fn confirmed(self) -> Row {
        Row { stage: Stage::Confirmed, ..self }
    }

    /// Of no concern to those who only work there.
    pub const fn for_owners(self) -> Row {
        Row { for_owners: true, ..self }
    }

    /// What must come of it for each column, staff the last.
    pub fn then(&self) -> [Then; 7] {
        let [stranger, other, holder, phone, producer, no_csrf] = self.then;
        let path = self.route.split_once(' ').map_or("", |(_, path)| path);
        let owners = self.for_owners || FOR_OWNERS.iter().any(|place| path.starts_with(place));
        let staff = if owners { NOT_ALLOWED } else { producer };
        [stranger, other, holder, phone, producer, no_csrf, staff]
    }

    /// Guards something else than the order.
    pub const fn guarding(self, guards: fn(&Scene) -> &str) -> Row {
        Row { guards, ..self }
    }
}

pub const EXPIRED: Then = Then::No(401, "AUTH_002");
pub const NO_CSRF: Then = Then::No(403, "AUTH_003");
/// Staff at an owner's work.
pub const NOT_ALLOWED: Then = Then::No(403, "AUTH_003");
pub const NOT_FOUND: Then = Then::No(404, "DB_002");

/// Anybody, always the same.
pub const fn all(then: Then) -> Columns {
    [then; 6]
}

/// The producer reads; nobody else does.
pub const fn admin_reads(then: Then) -> Columns {
    [EXPIRED, EXPIRED, EXPIRED, EXPIRED, then, then]
}

/// The producer changes something, with the token of this login.
pub const fn admin_does(status: u16) -> Columns {
    [EXPIRED, EXPIRED, EXPIRED, EXPIRED, Then::Does(status), NO_CSRF]
}

/// As [`admin_does`], with another end.
pub const fn admin_may(then: Then) -> Columns {
    [EXPIRED, EXPIRED, EXPIRED, EXPIRED, then, NO_CSRF]
}

/// A request without a body.
pub fn get(path: impl Into<String>) -> Ask {
    Ask { path: path.into(), body: Body::None }
}

/// A form.
pub fn form(path: &str, fields: &[(&'static str, &str)]) -> Ask {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Ask { path: path.to_owned(), body: Body::Form(fields) }
}

/// A JSON body.
pub fn json(path: impl Into<String>, body: Value) -> Ask {
    Ask { path: path.into(), body: Body::Json(body) }
}

/// Fails with the name of a route that has no row, and of a row that has no route.
#[track_caller]
pub fn assert_complete(rows: &[Row], routes: &BTreeSet<String>) {
    let known: BTreeSet<String> = rows.iter().map(|row| row.route.to_owned()).collect();
    let missing: Vec<_> = routes.difference(&known).collect();
    assert!(missing.is_empty(), "routes without a row, so nobody has said who may use them: {missing:?}");
    let gone: Vec<_> = known.difference(routes).collect();
    assert!(gone.is_empty(), "rows whose route does not exist: {gone:?}");
}
