//! `/api/openapi.json` and `/api/docs`: the document is made from the handlers' own types; what all
//! handlers have in common is added here, once.

use super::envelope::Failure;
use crate::{model::ids::IdempotencyKey, server::state::AppState};
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, header};
use leptos::prelude::RenderHtml;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use utoipa::{OpenApi, openapi::InfoBuilder};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(openapi)).routes(routes!(docs))
}

/// What handlers do not name themselves.
#[derive(OpenApi)]
#[openapi(components(schemas(Failure, IdempotencyKey)))]
struct Common;

/// This document
#[utoipa::path(
    get, path = "/openapi.json", tag = "Document", operation_id = "openapi",
    responses((status = 200, description = "OpenAPI 3.1.", content_type = "application/json", body = Object))
)]
async fn openapi() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

/// This document, to read and to try out
#[utoipa::path(
    get, path = "/docs", tag = "Document", operation_id = "docs",
    responses((status = 200, description = "A page.", content_type = "text/html", body = String))
)]
async fn docs() -> Response {
    let page = Html(format!("<!DOCTYPE html>{}", crate::app::api_docs::ApiDocs().to_html()));
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], page).into_response()
}

/// Only files of our own.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The whole document.
pub fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(write);
    &DOCUMENT
}

fn write() -> Value {
    let info = InfoBuilder::new()
        .title("Vatra")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(utoipa::openapi::LicenseBuilder::new().name("MIT").identifier(Some("MIT")).build()));
    let router = OpenApiRouter::<AppState>::with_openapi(Common::openapi());
    let (_, mut api) = router.nest("/api", super::routes()).split_for_parts();
    api.info = info.build();
    let mut document = serde_json::to_value(api).unwrap_or_default();
    for path in members(&mut document["paths"]) {
        for (method, operation) in path.1.as_object_mut().into_iter().flatten() {
            complete(method, operation);
        }
    }
    close_requests(&mut document);
    document["components"]["responses"] = refusals();
    document["components"]["securitySchemes"] = json!({
        "admin": { "type": "apiKey", "in": "cookie", "name": crate::server::visitor::ADMIN,
            "description": "Set by the login; `__Host-` stands before its name where TLS is on." },
        "csrf": { "type": "apiKey", "in": "header", "name": super::producer::CSRF,
            "description": "The login's `csrf_token`: every unsafe request of an admin carries it." },
    });
    document
}

const ABOUT: &str = "Orders, catalogue and the producer's work of one shop. Every answer but this \
    document has the same envelope; messages are in the language of `Accept-Language` (ro, en). Amounts \
    are lei with two decimals. Fields that do not exist are refused.";

/// Every refusal that an operation can meet for a reason that is not its own.
fn complete(method: &str, operation: &mut Value) {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let takes = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
    let (has_body, for_admins) =
        (operation.get("requestBody").is_some(), operation.get("security").is_some());
    let mut statuses = vec!["429", "500", "503"];
    if has_body || takes("query") || takes("header") {
        statuses.push("400");
    }
    if has_body {
        statuses.extend(["413", "415"]);
    }
    if operation["requestBody"]["content"].get("multipart/form-data").is_some() {
        statuses.push("507");
    }
    if takes("path") {
        statuses.push("404");
    }
    if for_admins {
        statuses.push("401");
    }
    if method != "get" {
        statuses.push("403");
    }
    for status in statuses {
        if operation["responses"].get(status).is_none() {
            operation["responses"][status] = json!({ "$ref": format!("#/components/responses/{status}") });
        }
    }
}

/// Bodies have no fields but those that are named.
fn close_requests(document: &mut Value) {
    let mut open: Vec<String> = members(&mut document["paths"])
        .flat_map(|(_, path)| path.as_object().into_iter().flatten())
        .filter_map(|(_, operation)| {
            reference(&operation["requestBody"]["content"]["application/json"]["schema"])
        })
        .collect();
    while let Some(name) = open.pop() {
        let schema = &mut document["components"]["schemas"][&name];
        if schema["type"] != "object" || schema.get("additionalProperties").is_some() {
            continue;
        }
        schema["additionalProperties"] = json!(false);
        for (_, property) in members(&mut schema["properties"]) {
            let choices = property["oneOf"].as_array().cloned().unwrap_or_default();
            open.extend(choices.iter().chain([&*property]).filter_map(reference));
        }
    }
}

fn reference(schema: &Value) -> Option<String> {
    Some(schema["$ref"].as_str()?.strip_prefix("#/components/schemas/")?.to_owned())
}

fn members(object: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    object.as_object_mut().into_iter().flatten()
}

/// One answer for each status that says "refused", with an example.
fn refusals() -> Value {
    let all = [
        ("400", "A field is wrong, missing or unknown.", "VAL_001", json!({ "name": ["Required."] })),
        ("401", "No login, or one that has ended.", "AUTH_002", json!({})),
        (
            "403",
            "A wrong CSRF token, or a request that another site made a browser send.",
            "AUTH_003",
            json!({}),
        ),
        ("404", "There is no such thing.", "DB_002", json!({ "what": "product" })),
        ("413", "The body is too large.", "VAL_003", json!({ "body": ["At most 65536 characters."] })),
        (
            "415",
            "The body is of another type.",
            "VAL_002",
            json!({ "Content-Type": ["Not in the expected form."] }),
        ),
        (
            "429",
            "Too many requests; `Retry-After` says how many seconds to wait.",
            "RATE_001",
            json!({ "retry_after": 30 }),
        ),
        ("500", "A fault of the server's; its log has it.", "INTERNAL", json!({})),
        (
            "503",
            "The database or the SMS service does not answer, or there is too much to do (BUSY_001). Where it \
             helps to come again, `Retry-After` says after how many seconds.",
            "DB_001",
            json!({}),
        ),
        ("507", "No room on the disk for what was sent.", "ROOM_001", json!({})),
    ];
    let responses: Map<String, Value> = all
        .into_iter()
        .map(|(status, about, code, details)| {
            let example = json!({
                "success": false,
                "error": { "code": code, "message": about, "details": details },
                "timestamp": "2025-01-13T10:30:00Z",
            });
            let schema = json!({ "$ref": "#/components/schemas/Failure" });
            let mut response = json!({
                "description": about,
                "content": { "application/json": { "schema": schema, "example": example } },
            });
            if ["429", "503"].contains(&status) {
                response["headers"] = json!({ "Retry-After": {
                    "description": "Seconds to wait.", "required": status == "429",
                    "schema": { "type": "integer", "minimum": 1 },
                } });
            }
            (status.to_owned(), response)
        })
        .collect();
    Value::Object(responses)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations() -> Vec<(String, String, &'static Value)> {
        let paths = document()["paths"].as_object().unwrap();
        let methods = |path: &'static Value| path.as_object().unwrap();
        paths
            .iter()
            .flat_map(|(path, all)| {
                methods(all).iter().map(|(method, operation)| (path.clone(), method.clone(), operation))
            })
            .collect()
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        assert_eq!(document["openapi"], "3.1.0");
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }

    #[test]
    fn every_operation_is_named_and_says_what_can_go_wrong() {
        let mut names = std::collections::BTreeSet::new();
        for (path, method, operation) in operations() {
            assert!(path.starts_with("/api/"), "{path}");
            assert!(names.insert(operation["operationId"].as_str().unwrap()), "{path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
            for status in ["429", "500", "503"] {
                assert!(operation["responses"][status].is_object(), "{method} {path}");
            }
            let admin = path.starts_with("/api/admin/");
            assert_eq!(admin, operation["tags"][0] == "Admin", "{path}");
            if admin {
                let needed = if method == "get" {
                    json!([{ "admin": [] }])
                } else {
                    json!([{ "admin": [], "csrf": [] }])
                };
                assert_eq!(operation["security"], needed, "{method} {path}");
            }
        }
        assert!(names.len() >= 28, "{names:?}");
    }

    #[test]
    fn bodies_are_closed() {
        for (path, method, operation) in operations() {
            let Some(body) = operation["requestBody"]["content"].get("application/json") else { continue };
            let name = reference(&body["schema"]).unwrap();
            let schema = &document()["components"]["schemas"][&name];
            assert_eq!(schema["additionalProperties"], false, "{method} {path}");
        }
        assert_eq!(document()["components"]["schemas"]["AddressRequest"]["additionalProperties"], false);
    }
}
