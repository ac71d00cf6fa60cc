//! The header of the producer's pages: where to go, and who works here.

use crate::{
    app::{forms::action, i18n::href, ui::layout::OtherLanguage},
    model::{locale::Locale, session::Admin, text},
};
use leptos::prelude::*;
use leptos_meta::Stylesheet;

/// Where the login is ended.
pub const LOG_OUT: &str = "/fn/admin/logout";

/// Changes with the style of these pages, so that no browser keeps an older one (FNV-1a).
const STYLE: u32 = {
    let bytes = include_bytes!("../../../public/desk.css");
    let (mut hash, mut place) = (0x811c_9dc5_u32, 0);
    while place < bytes.len() {
        hash = (hash ^ bytes[place] as u32).wrapping_mul(0x0100_0193);
        place += 1;
    }
    hash
};

/// The parts of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is to be done now.
    Today,
    /// All orders.
    Orders,
    /// What to bake and pack.
    Kitchen,
    /// Products.
    Products,
    /// Categories.
    Categories,
    /// How the shop is doing.
    Figures,
    /// Customers.
    Customers,
    /// What the shop says and does.
    Settings,
}

impl Part {
    const ALL: [Part; 8] = [
        Part::Today,
        Part::Orders,
        Part::Kitchen,
        Part::Products,
        Part::Categories,
        Part::Figures,
        Part::Customers,
        Part::Settings,
    ];

    /// May everybody who works here see it, or owners alone?
    pub const fn for_staff(self) -> bool {
        !matches!(self, Part::Figures | Part::Customers | Part::Settings)
    }

    /// The address of its first page, without the language.
    pub const fn path(self) -> &'static str {
        match self {
            Part::Today => "/admin",
            Part::Orders => "/admin/orders",
            Part::Kitchen => "/admin/kitchen",
            Part::Products => "/admin/products",
            Part::Categories => "/admin/categories",
            Part::Figures => "/admin/figures",
            Part::Customers => "/admin/customers",
            Part::Settings => "/admin/settings",
        }
    }

    /// Its name.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Part::Today => text::desk::today(l),
            Part::Orders => text::desk::orders(l),
            Part::Kitchen => text::desk::kitchen(l),
            Part::Products => text::desk::products(l),
            Part::Categories => text::desk::categories(l),
            Part::Figures => text::desk::figures(l),
            Part::Customers => text::desk::customers(l),
            Part::Settings => text::desk::settings(l),
        }
    }
}

/// The header: the parts of the dashboard for who has logged in.
#[component]
pub fn Top(
    /// The language of the page.
    l: Locale,
    /// Where this is.
    part: Option<Part>,
    /// Who has logged in.
    admin: Option<Admin>,
    /// Is it known that everything is theirs to see, or at least not known that it is not?
    #[prop(default = true)]
    whole: bool,
) -> impl IntoView {
    let whole = admin.as_ref().map_or(whole, |admin| admin.rights.is_owner());
    let links = Part::ALL
        .into_iter()
        .filter(|link| whole || link.for_staff())
        .map(|link| {
            let current = (part == Some(link)).then_some("page");
            view! {
                <a href=href(l, link.path()) aria-current=current>
                    {link.label(l)}
                </a>
            }
        })
        .collect_view();
    let who = admin.map(|admin| {
        view! {
            <a class="desk-user" href=href(l, "/admin/account")>
                <span class="quiet">{text::admins::own_account(l)} ": "</span>
                {admin.username}
            </a>
            <form method="post" action=action(LOG_OUT)>
                <input type="hidden" name="csrf" value=admin.csrf_token />
                <button class="button button-quiet button-small" data-testid="logout">
                    {text::admin::logout(l)}
                </button>
            </form>
        }
    });
    view! {
        // What only the producer's pages need stays out of what customers load.
        <Stylesheet id="desk" href=format!("/desk.css?{STYLE:08x}") />
        <a class="skip" href="#main">
            {text::shop::skip(l)}
        </a>
        <header class="desk-top">
            <div class="wide desk-bar">
                <a class="brand" href=href(l, "/admin/orders")>
                    <img src="/logo.svg" alt="" width="32" height="32" />
                    <span>{text::shop::name(l)}</span>
                </a>
                {part
                    .map(|_| {
                        view! {
                            <nav class="desk-links" aria-label=text::admin::title(l)>
                                {links}
                                <a href=href(l, "/")>{text::admin::shop(l)}</a>
                            </nav>
                        }
                    })}
                <div class="desk-who">
                    <OtherLanguage l />
                    {who}
                </div>
            </div>
        </header>
    }
    .into_any()
}
