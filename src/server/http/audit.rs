//! Records what admins do. Whoever checks a login for an unsafe request opens the record
//! (`Here::admin_form`, `Producer`); here it is completed with what came of the request, so that no
//! handler can forget it. See docs/decisions/0029.

use crate::{
    model::audit::Outcome,
    server::{
        http::health::RequestId,
        service::{Shop, audit::masked},
        state::AppState,
        store::audit_log::Origin,
        trail::Trail,
        visitor::Visitor,
    },
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// The middleware.
pub async fn record(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() && !request.uri().path().contains("/admin/") {
        return next.run(request).await;
    }
    let address = request.extensions().get::<Visitor>().and_then(|visitor| masked(&visitor.address));
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    let mut recording = Recording {
        trail: Trail::default(),
        shop: Some(state.shop.clone()),
        origin: Origin { address, request_id },
    };
    let response = recording.trail.along(next.run(request)).await;
    recording.finish(Outcome::of_status(response.status().as_u16())).await;
    response
}

struct Recording {
    trail: Trail,
    shop: Option<Shop>,
    origin: Origin,
}

impl Recording {
    async fn finish(&mut self, outcome: Outcome) {
        if let (Some(draft), Some(shop)) = (self.trail.take(), &self.shop) {
            let (shop, origin) = (shop.clone(), std::mem::take(&mut self.origin));
            // In a task of its own: the sender may go away now, too.
            let recorded = async move { shop.record(draft, outcome, origin).await };
            let recorded = tokio::spawn(recorded.in_current_span());
            let _ = recorded.await;
        }
    }
}

/// A request whose sender goes away is dropped where it stands; what it has done stays done.
impl Drop for Recording {
    fn drop(&mut self) {
        if let (Some(draft), Some(shop)) = (self.trail.take(), self.shop.take()) {
            let origin = std::mem::take(&mut self.origin);
            let recorded = async move { shop.record(draft, Outcome::Unknown, origin).await };
            tokio::spawn(recorded.in_current_span());
        }
    }
}
