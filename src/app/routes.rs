//! Which page stands at which address. The language is taken off the address before.

use super::{
    shop::{
        cart::CartPage, checkout::CheckoutPage, home::HomePage, my_orders::MyOrdersPage, order::OrderPage,
        product::ProductPage, products::ProductsPage, verify::VerifyPage,
    },
    ui::{layout::ShopLayout, not_found::NotFound},
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <ParentRoute path=path!("") view=ShopLayout>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/products") view=ProductsPage />
                    <Route path=path!("/products/:slug") view=ProductPage />
                    <Route path=path!("/cart") view=CartPage />
                    <Route path=path!("/checkout") view=CheckoutPage />
                    <Route path=path!("/orders") view=MyOrdersPage />
                    <Route path=path!("/orders/:id") view=OrderPage />
                    <Route path=path!("/orders/:id/verify") view=VerifyPage />
                    <Route path=path!("/*any") view=NotFound />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
