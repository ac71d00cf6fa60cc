//! What stands around every page of the shop.

use crate::{
    app::{
        i18n::{href, languages, locale},
        shop::{api::count_cart, cart_button::CartButton, cart_drawer::CartDrawer},
        ui::{
            footer::Footer,
            icon::{Icon, IconImage},
            once_loaded::once_loaded,
        },
    },
    model::{locale::Locale, text},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

/// Header, the page, footer, and the navigation of phones.
#[component]
pub fn ShopLayout() -> impl IntoView {
    let l = locale();
    let count = Resource::new(|| (), |()| async { count_cart().await.unwrap_or(0) });
    view! {
        <a class="skip" href="#main">
            {text::shop::skip(l)}
        </a>
        <header class="top">
            <div class="wide top-row">
                <a class="brand" href=href(l, "/")>
                    <img src="/logo.svg" alt="" width="36" height="36" />
                    <span>{text::shop::name(l)}</span>
                </a>
                <nav class="top-links" aria-label=text::shop::menu(l)>
                    <TopLink l path="/products" label=text::shop::products(l) />
                    <TopLink l path="/orders" label=text::shop::my_orders(l) />
                    <TopLink l path="/contact" label=text::footer::contact(l) />
                </nav>
                {languages().several().then(|| view! { <OtherLanguage l /> })}
                {once_loaded(async move {
                    view! { <CartButton l count=count.await /> }
                })}
            </div>
        </header>
        <main id="main" tabindex="-1">
            <Outlet />
        </main>
        <Footer l />
        <nav class="tabs" aria-label=text::shop::menu(l)>
            <Tab l path="/" icon=Icon::Home label=text::shop::home(l) />
            <Tab l path="/products" icon=Icon::Bread label=text::shop::products(l) />
            <Tab l path="/cart" icon=Icon::Cart label=text::shop::cart(l)>
                {once_loaded(async move {
                    let count = count.await;
                    view! {
                        <span class="count" class:none=count == 0 aria-hidden="true" data-cart-count="">
                            {count}
                        </span>
                    }
                })}
            </Tab>
            <Tab l path="/orders" icon=Icon::Orders label=text::shop::orders(l) />
        </nav>
        <CartDrawer l />
    }
    .into_any()
}

/// Is this page, or one below it, shown now? Said to screen readers and to the style.
fn current(path: &str) -> Option<&'static str> {
    let here = use_location().pathname.get_untracked();
    let below = here.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    (here == path || (path != "/" && below)).then_some("page")
}

#[component]
fn TopLink(l: Locale, path: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <a href=href(l, path) aria-current=current(path)>
            {label}
        </a>
    }
    .into_any()
}

#[component]
fn Tab(
    l: Locale,
    path: &'static str,
    icon: Icon,
    label: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <a href=href(l, path) aria-current=current(path)>
            <IconImage icon />
            <span>{label}</span>
            {children.map(|children| children())}
        </a>
    }
    .into_any()
}

/// The same page in the other language.
#[component]
pub fn OtherLanguage(
    /// The language of this page.
    l: Locale,
) -> impl IntoView {
    let other = match l {
        Locale::Ro => Locale::En,
        Locale::En => Locale::Ro,
    };
    let place = use_location();
    let (path, search) = (place.pathname.get_untracked(), place.search.get_untracked());
    let address =
        if search.is_empty() { href(other, &path) } else { format!("{}?{search}", href(other, &path)) };
    view! {
        <a class="language" href=address hreflang=other.tag() lang=other.tag()>
            {text::shop::other_language(l)}
        </a>
    }
    .into_any()
}
