//! Which page stands at which address. The language is taken off the address before.

use super::{
    admin::{
        account::AccountPage, admins::AdminsPage, categories::CategoriesPage,
        category_form::CategoryFormPage, invite::InvitePage, log::LogPage, login::LoginPage,
        login_code::LoginCodePage, order::AdminOrderPage, orders::OrdersPage, product_form::ProductFormPage,
        products::AdminProductsPage,
    },
    info::{
        contact::ContactPage,
        erase::ErasePage,
        my_data::MyDataPage,
        pages::{CookiesPage, DeliveryPage, PrivacyPage, TermsPage},
        sign_in::SignInPage,
    },
    shop::{
        cart::CartPage, checkout::CheckoutPage, home::HomePage, my_orders::MyOrdersPage,
        offline::OfflinePage, order::OrderPage, product::ProductPage, products::ProductsPage,
        verify::VerifyPage,
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
                <Route path=path!("/admin") view=OrdersPage />
                <Route path=path!("/admin/login") view=LoginPage />
                <Route path=path!("/admin/login/code") view=LoginCodePage />
                <Route path=path!("/admin/invite/:token") view=InvitePage />
                <Route path=path!("/admin/account") view=AccountPage />
                <Route path=path!("/admin/settings/admins") view=AdminsPage />
                <Route path=path!("/admin/settings/log") view=LogPage />
                <Route path=path!("/admin/orders") view=OrdersPage />
                <Route path=path!("/admin/orders/:id") view=AdminOrderPage />
                <Route path=path!("/admin/products") view=AdminProductsPage />
                <Route path=path!("/admin/products/new") view=ProductFormPage />
                <Route path=path!("/admin/products/:id") view=ProductFormPage />
                <Route path=path!("/admin/categories") view=CategoriesPage />
                <Route path=path!("/admin/categories/new") view=CategoryFormPage />
                <Route path=path!("/admin/categories/:id") view=CategoryFormPage />
                <ParentRoute path=path!("") view=ShopLayout>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/products") view=ProductsPage />
                    <Route path=path!("/products/:slug") view=ProductPage />
                    <Route path=path!("/cart") view=CartPage />
                    <Route path=path!("/checkout") view=CheckoutPage />
                    <Route path=path!("/orders") view=MyOrdersPage />
                    <Route path=path!("/orders/:id") view=OrderPage />
                    <Route path=path!("/orders/:id/verify") view=VerifyPage />
                    <Route path=path!("/contact") view=ContactPage />
                    <Route path=path!("/delivery") view=DeliveryPage />
                    <Route path=path!("/terms") view=TermsPage />
                    <Route path=path!("/privacy") view=PrivacyPage />
                    <Route path=path!("/cookies") view=CookiesPage />
                    <Route path=path!("/sign-in") view=SignInPage />
                    <Route path=path!("/my-data") view=MyDataPage />
                    <Route path=path!("/my-data/erase") view=ErasePage />
                    <Route path=path!("/offline") view=OfflinePage />
                    <Route path=path!("/*any") view=NotFound />
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}
