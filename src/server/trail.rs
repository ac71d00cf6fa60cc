//! What the request under way leaves in the audit log. It goes with the request like the span of a
//! log, so that whatever learns something worth noting, a service or a handler, can say it without
//! being handed anything. Outside of a request all of this does nothing.

use crate::model::{
    audit::{By, Change, Thing, area},
    ids::UserId,
};
use http::Method;
use std::{
    fmt::Display,
    sync::{Arc, Mutex},
};

/// The most changes that one entry holds.
const MOST_CHANGES: usize = 50;
/// The most characters of a value.
pub const MAX_VALUE: usize = 200;

tokio::task_local! { static TRAIL: Trail; }

/// Who did something, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Who.
    pub by: By,
    /// The account.
    pub id: Option<UserId>,
}

impl Who {
    /// An admin.
    pub fn admin(id: &UserId, name: &str) -> Who {
        Who { by: By::Admin { name: name.to_owned() }, id: Some(id.clone()) }
    }

    /// Somebody without an account.
    pub const fn nobody() -> Who {
        Who { by: By::Nobody, id: None }
    }

    /// The server's command line.
    pub const fn terminal() -> Who {
        Who { by: By::Terminal, id: None }
    }
}

/// What is known of an entry before it is known what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who.
    pub who: Who,
    /// A stable key, as `orders.status`.
    pub action: String,
    /// To what.
    pub thing: Option<Thing>,
    /// What is different.
    pub changes: Vec<Change>,
}

impl Draft {
    /// Somebody does something.
    pub const fn new(who: Who, action: String) -> Draft {
        Draft { who, action, thing: None, changes: Vec::new() }
    }

    /// It concerns the thing of this name.
    pub fn named(mut self, kind: &str, name: &str) -> Draft {
        self.thing = Some(Thing { kind: kind.to_owned(), id: None, name: Some(short(&name)) });
        self
    }
}

/// The trail of one request. Clones share it.
#[derive(Clone, Default)]
pub struct Trail(Arc<Mutex<Option<Draft>>>);

impl Trail {
    /// Runs `work` on this trail.
    pub async fn along<F: Future>(&self, work: F) -> F::Output {
        TRAIL.scope(self.clone(), work).await
    }

    /// What there is to record, once.
    pub fn take(&self) -> Option<Draft> {
        self.0.lock().ok().and_then(|mut draft| draft.take())
    }
}

/// Opens the record of this request: from now on it is known who asks for what. What it was first
/// stays.
pub fn open(who: Who, action: impl Into<String>) {
    with(|draft| {
        draft.get_or_insert_with(|| Draft::new(who, action.into()));
    });
}

/// Which thing it is about.
pub fn about(kind: &str, id: impl Display) {
    thing(|thing| (thing.kind, thing.id) = (kind.to_owned(), Some(id.to_string())));
}

/// The name or number by which people know the thing. Never a customer's.
pub fn named(name: impl Display) {
    thing(|thing| thing.name = Some(short(&name)));
}

/// A field is different now. Equal values are no change. Never a password, a code, or what belongs
/// to a customer.
pub fn changed(field: &str, from: impl Display, to: impl Display) {
    let (from, to) = (short(&from), short(&to));
    if from != to {
        note(Change { field: field.to_owned(), from: shown(from), to: shown(to) });
    }
}

/// A field has this value now.
pub fn set(field: &str, to: impl Display) {
    note(Change { field: field.to_owned(), from: None, to: shown(short(&to)) });
}

/// The thing that a form names, when nobody has named one: a field `id` or `…_id` with an id in it.
pub fn about_form(fields: &[(String, String)]) {
    with(|draft| {
        let Some(draft) = draft.as_mut().filter(|draft| draft.thing.is_none()) else { return };
        let id = |(name, value): &&(String, String)| {
            (name == "id" || name.ends_with("_id")) && UserId::parse(value).is_ok()
        };
        if let Some((name, value)) = fields.iter().find(id) {
            let kind = name.strip_suffix("_id").unwrap_or_else(|| singular(area(&draft.action)));
            draft.thing = Some(Thing { kind: kind.to_owned(), id: Some(value.clone()), name: None });
        }
    });
}

/// The key of a server function: `orders.status` of `/fn/admin/orders/status`.
pub fn action_of_form(path: &str) -> String {
    path.trim_start_matches("/fn/").trim_start_matches("admin/").replace(['/', '-'], ".")
}

/// The key of an operation of the API: `products.create` of `POST /api/admin/products`.
pub fn action_of_operation(method: &Method, route: &str) -> String {
    let path = route.trim_start_matches("/api/");
    if let Some(own) = path.strip_prefix("auth/") {
        return own.to_owned();
    }
    let words = path.trim_start_matches("admin/").split('/').filter(|word| !word.starts_with('{'));
    let verb = match *method {
        Method::POST => "create",
        Method::DELETE => "delete",
        _ => "change",
    };
    words.chain([verb]).collect::<Vec<_>>().join(".")
}

/// What an area holds.
pub fn singular(area: &str) -> &str {
    match area {
        "categories" => "category",
        "board" | "kitchen" | "orders" => "order",
        _ => area.strip_suffix('s').unwrap_or(area),
    }
}

fn with(work: impl FnOnce(&mut Option<Draft>)) {
    let _ = TRAIL.try_with(|trail| {
        if let Ok(mut draft) = trail.0.lock() {
            work(&mut draft);
        }
    });
}

fn thing(work: impl FnOnce(&mut Thing)) {
    with(|draft| {
        if let Some(draft) = draft {
            let kind = singular(area(&draft.action)).to_owned();
            work(draft.thing.get_or_insert_with(|| Thing { kind, ..Thing::default() }));
        }
    });
}

fn note(change: Change) {
    with(|draft| {
        if let Some(draft) = draft.as_mut().filter(|draft| draft.changes.len() < MOST_CHANGES) {
            draft.changes.push(change);
        }
    });
}

fn short(value: &impl Display) -> String {
    value.to_string().chars().take(MAX_VALUE).collect()
}

fn shown(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "507f1f77bcf86cd799439011";

    #[test]
    fn actions_are_named_by_their_addresses() {
        for (path, action) in [
            ("/fn/admin/orders/status", "orders.status"),
            ("/fn/admin/account/factor/begin", "account.factor.begin"),
            ("/fn/admin/logout", "logout"),
        ] {
            assert_eq!(action_of_form(path), action);
        }
        for (method, route, action) in [
            (Method::POST, "/api/admin/products", "products.create"),
            (Method::PUT, "/api/admin/orders/{id}", "orders.change"),
            (Method::DELETE, "/api/admin/products/{id}/images/{name}", "products.images.delete"),
            (Method::POST, "/api/auth/logout", "logout"),
        ] {
            assert_eq!(action_of_operation(&method, route), action);
        }
    }

    #[tokio::test]
    async fn what_is_said_on_the_way_is_in_the_draft() {
        let trail = Trail::default();
        let work = async {
            changed("too early", 1, 2);
            open(Who::terminal(), "products.save");
            open(Who::nobody(), "something else");
            named("Pâine");
            about("product", ID);
            changed("price", "12.50", "13.00");
            changed("stock", 5, 5);
        };
        trail.along(work).await;
        let draft = trail.take().unwrap();
        assert_eq!((draft.action.as_str(), draft.who), ("products.save", Who::terminal()));
        let name = Some("Pâine".to_owned());
        assert_eq!(draft.thing, Some(Thing { kind: "product".into(), id: Some(ID.into()), name }));
        let [change] = draft.changes.try_into().unwrap();
        assert_eq!(
            (change.field.as_str(), change.from.as_deref(), change.to.as_deref()),
            ("price", Some("12.50"), Some("13.00"))
        );
        assert_eq!(trail.take(), None, "once");
    }

    #[tokio::test]
    async fn a_form_names_its_thing_unless_somebody_else_did() {
        let fields = |name: &str, value: &str| {
            vec![("csrf".to_owned(), "x".to_owned()), (name.to_owned(), value.to_owned())]
        };
        let thing = async |action: &str, name: &str, value: &str| {
            let trail = Trail::default();
            trail
                .along(async {
                    open(Who::nobody(), action);
                    about_form(&fields(name, value))
                })
                .await;
            trail.take().unwrap().thing.map(|thing| thing.kind)
        };
        assert_eq!(thing("orders.status", "order_id", ID).await.as_deref(), Some("order"));
        assert_eq!(thing("categories.save", "id", ID).await.as_deref(), Some("category"));
        assert_eq!(thing("products.save", "id", "0722123456").await, None, "only ids");
        assert_eq!(thing("products.save", "name", ID).await, None);
    }

    #[tokio::test]
    async fn outside_of_a_request_nothing_happens() {
        open(Who::terminal(), "x");
        set("field", "value");
    }
}
