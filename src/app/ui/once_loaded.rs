//! A part of a page that is shown once what it needs is there.

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};

/// The part that a future makes. Pages are rendered on the server only and sent whole, so nothing
/// stands in its place meanwhile; and its views are made once, where `<Suspense>` makes them up to
/// three times to see what they wait for (docs/decisions/0043).
pub fn once_loaded<V: IntoView + 'static>(part: impl Future<Output = V> + Send + 'static) -> AnyView {
    // It is written out when the page is put together: by then the owner, and with it the context,
    // would be gone.
    Suspend::new(async move { OwnedView::new(part.await.into_any()) }).into_any()
}
