//! The header of the producer's pages: where to go, and who works here.

use crate::{
    app::{
        forms::action,
        i18n::href,
        ui::{
            icon::{Icon, IconImage},
            layout::OtherLanguage,
        },
    },
    model::{locale::Locale, session::Admin, text},
};
use leptos::prelude::*;
use leptos_meta::Stylesheet;

/// Where the login is ended.
pub const LOG_OUT: &str = "/fn/admin/logout";

/// Where pages listen to what happens (`server/http/events.rs`).
const EVENTS: &str = "/admin/events";

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

/// What is used most, floury hands and all: in reach of the thumb.
const NEAR: [Part; 4] = [Part::Today, Part::Orders, Part::Kitchen, Part::Products];
/// The others; phones have them behind one button.
const FAR: [Part; 4] = [Part::Categories, Part::Figures, Part::Customers, Part::Settings];

impl Part {
    const fn icon(self) -> Icon {
        match self {
            Part::Today => Icon::Home,
            Part::Orders => Icon::Orders,
            Part::Kitchen => Icon::Oven,
            _ => Icon::Bread,
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
    let inside = admin.is_some();
    let whole = admin.as_ref().map_or(whole, |admin| admin.rights.is_owner());
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
                <a class="brand" href=href(l, Part::Today.path())>
                    <img src="/logo.svg" alt="" width="32" height="32" />
                    <span>{text::shop::name(l)}</span>
                </a>
                {inside.then(|| view! { <Feed l /> })}
                <div class="desk-who">
                    <OtherLanguage l />
                    {who}
                </div>
            </div>
        </header>
        {part.map(|part| view! { <Parts l part whole /> })}
        <Said l />
    }
    .into_any()
}

/// Where to go: a strip below the header, on phones a bar at the bottom.
#[component]
fn Parts(l: Locale, part: Part, whole: bool) -> impl IntoView {
    let seen = move |parts: [Part; 4]| parts.into_iter().filter(move |part| whole || part.for_staff());
    let link = move |other: Part, icon: bool| {
        view! {
            <a href=href(l, other.path()) aria-current=(part == other).then_some("page")>
                {icon.then(|| view! { <IconImage icon=other.icon() /> })}
                <span>{other.label(l)}</span>
            </a>
        }
    };
    let far = move || seen(FAR).map(|other| link(other, false)).collect_view();
    let shop = move || view! { <a href=href(l, "/")>{text::admin::shop(l)}</a> };
    view! {
        <nav class="desk-parts" aria-label=text::admin::title(l)>
            <div class="wide desk-parts-row">
                {seen(NEAR).map(|other| link(other, true)).collect_view()}
                <div class="desk-far">{far()} {shop()}</div>
                <details class="desk-more" data-current=FAR.contains(&part).then_some("")>
                    <summary>
                        <IconImage icon=Icon::More />
                        <span>{text::board::more(l)}</span>
                    </summary>
                    <div class="desk-more-list">{far()} {shop()}</div>
                </details>
            </div>
        </nav>
    }
    .into_any()
}

/// How it stands with the connection that tells of new orders; shown by JavaScript.
#[component]
fn Feed(l: Locale) -> impl IntoView {
    view! {
        <p
            id="desk-feed"
            class="feed"
            role="status"
            data-feed=EVENTS
            data-word-live=text::board::feed_live(l)
            data-word-again=text::board::feed_again(l)
            data-word-asking=text::board::feed_asking(l)
            data-word-out=text::board::feed_out(l)
            hidden
        >
            <span class="feed-dot" aria-hidden="true"></span>
            <span class="quiet">{text::board::feed(l)}</span>
            <span id="desk-feed-word" data-testid="feed"></span>
        </p>
    }
}

/// What JavaScript says aloud, and that something could not be sent. It stands beside the page, which
/// is put in anew.
#[component]
fn Said(l: Locale) -> impl IntoView {
    view! {
        <p
            id="desk-said"
            class="quiet"
            role="status"
            data-arrived=text::board::arrived(l, "{}")
            data-arrived-many=text::board::arrived_many(l, "{}")
        ></p>
        <p id="desk-trouble" class="desk-trouble" role="alert" data-sentence=text::board::not_sent(l) hidden></p>
    }
}
