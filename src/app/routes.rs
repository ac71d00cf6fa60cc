//! Which page stands at which address. The language is taken off the address before.

use super::{
    admin::{
        account::AccountPage,
        admins::AdminsPage,
        blocked::BlockedPage,
        categories::CategoriesPage,
        category_form::CategoryFormPage,
        customer::CustomerPage,
        customer_erase::CustomerErasePage,
        customers::CustomersPage,
        deliveries::DeliveriesPage,
        failed_messages::FailedMessagesPage,
        faults::ErrorsPage,
        figures::FiguresPage,
        invite::InvitePage,
        kitchen::KitchenPage,
        log::LogPage,
        login::LoginPage,
        login_code::LoginCodePage,
        message_texts::MessageTextsPage,
        order::AdminOrderPage,
        orders::OrdersPage,
        phone_order::PhoneOrderPage,
        pickups::PickupsPage,
        product_form::ProductFormPage,
        products::AdminProductsPage,
        settings::{
            area_form::AreaPage, areas::AreasPage, holidays::HolidaysPage, hours::HoursPage,
            languages::LanguagesPage, overview::SettingsPage, place_form::PlacePage, places::PlacesPage,
            rules::RulesPage, shop::ShopSettingsPage,
        },
        sheet::SheetPage,
        slips::SlipsPage,
        today::TodayPage,
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
                <Route path=path!("/admin") view=TodayPage />
                <Route path=path!("/admin/login") view=LoginPage />
                <Route path=path!("/admin/login/code") view=LoginCodePage />
                <Route path=path!("/admin/invite/:token") view=InvitePage />
                <Route path=path!("/admin/account") view=AccountPage />
                <Route path=path!("/admin/settings/admins") view=AdminsPage />
                <Route path=path!("/admin/settings/log") view=LogPage />
                <Route path=path!("/admin/settings/errors") view=ErrorsPage />
                <Route path=path!("/admin/orders") view=OrdersPage />
                <Route path=path!("/admin/orders/new") view=PhoneOrderPage />
                <Route path=path!("/admin/orders/:id") view=AdminOrderPage />
                <Route path=path!("/admin/messages") view=FailedMessagesPage />
                <Route path=path!("/admin/settings/messages") view=MessageTextsPage />
                <Route path=path!("/admin/kitchen") view=KitchenPage />
                <Route path=path!("/admin/kitchen/slips") view=SlipsPage />
                <Route path=path!("/admin/kitchen/pickups") view=PickupsPage />
                <Route path=path!("/admin/kitchen/deliveries") view=DeliveriesPage />
                <Route path=path!("/admin/figures") view=FiguresPage />
                <Route path=path!("/admin/products") view=AdminProductsPage />
                <Route path=path!("/admin/products/new") view=ProductFormPage />
                <Route path=path!("/admin/products/import") view=SheetPage />
                <Route path=path!("/admin/products/:id") view=ProductFormPage />
                <Route path=path!("/admin/categories") view=CategoriesPage />
                <Route path=path!("/admin/categories/new") view=CategoryFormPage />
                <Route path=path!("/admin/categories/:id") view=CategoryFormPage />
                <Route path=path!("/admin/customers") view=CustomersPage />
                <Route path=path!("/admin/customers/blocked") view=BlockedPage />
                <Route path=path!("/admin/customers/:id") view=CustomerPage />
                <Route path=path!("/admin/customers/:id/erase") view=CustomerErasePage />
                <Route path=path!("/admin/settings") view=SettingsPage />
                <Route path=path!("/admin/settings/shop") view=ShopSettingsPage />
                <Route path=path!("/admin/settings/hours") view=HoursPage />
                <Route path=path!("/admin/settings/rules") view=RulesPage />
                <Route path=path!("/admin/settings/places") view=PlacesPage />
                <Route path=path!("/admin/settings/places/:id") view=PlacePage />
                <Route path=path!("/admin/settings/areas") view=AreasPage />
                <Route path=path!("/admin/settings/areas/:id") view=AreaPage />
                <Route path=path!("/admin/settings/holidays") view=HolidaysPage />
                <Route path=path!("/admin/settings/languages") view=LanguagesPage />
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
