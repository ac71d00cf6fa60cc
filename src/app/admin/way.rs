//! Where a form of the producer's leads when it is done.

use crate::{
    app::forms::escape,
    model::{ids::OrderId, locale::Locale},
};

/// The path of a page of the producer's without its language, or `None` for any other address, so
/// that no form can be made to lead elsewhere.
pub fn inside(address: &str) -> Option<&str> {
    let path = Locale::ALL.iter().find_map(|l| address.strip_prefix('/')?.strip_prefix(l.tag()))?;
    let rest = path.strip_prefix("/admin")?;
    let whole_segment = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    let plain = rest.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (whole_segment && plain && !climbs(rest)).then_some(path)
}

/// Does it go up again? A browser takes `%2e` for a dot (URL Standard, "double-dot URL path segment").
fn climbs(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.to_ascii_lowercase().replace("%2e", ".").contains("..")
}

/// The page to come back to after logging in: the one that was asked for, else what is to be done.
pub fn after_login(asked: &str) -> &str {
    inside(asked).filter(|path| !path.starts_with("/admin/login")).unwrap_or("/admin")
}

/// The same page at one of its rows; the list `home` when the page is not one of the producer's.
pub fn at_row(asked: &str, home: &str, row: &str) -> String {
    let page = inside(asked).unwrap_or(home);
    format!("{}#{row}", page.split('#').next().unwrap_or(home))
}

/// What the board is told in its address, besides its filters.
const TOLD: [&str; 3] = ["moved", "refused", "to"];

/// The board with the filters of this page, telling which orders were moved and which were not.
pub fn told<'a>(asked: &str, judged: impl Iterator<Item = (&'a OrderId, bool)>, to: &str) -> String {
    let (moved, refused): (Vec<_>, Vec<_>) = judged.partition(|(_, taken)| *taken);
    let list = |orders: Vec<(&OrderId, bool)>| {
        orders.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(".")
    };
    let page = board(asked);
    let parts = [("moved", list(moved)), ("refused", list(refused)), ("to", to.to_owned())];
    let told: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    format!("{page}{}{}", if page.contains('?') { '&' } else { '?' }, told.join("&"))
}

/// The board with the filters of this page, and without what was told on it.
pub fn board(asked: &str) -> String {
    let page = inside(asked).unwrap_or("/admin");
    let page = page.split('#').next().unwrap_or_default();
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    if path != "/admin" {
        return "/admin".to_owned();
    }
    let stays = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !TOLD.contains(&name)
    };
    let query: Vec<&str> = query.split('&').filter(stays).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// The orders whose boxes are ticked (`ticket::pick`); what is none is left out.
pub fn ticked<'a>(boxes: impl Iterator<Item = &'a String>) -> Vec<OrderId> {
    boxes.filter_map(|name| OrderId::parse(name.strip_prefix('o')?).ok()).collect()
}

/// The orders of such a list; what is none is left out.
pub fn ids(list: &str) -> Vec<OrderId> {
    list.split('.').filter_map(|id| OrderId::parse(id).ok()).collect()
}

/// The same page, saying that something was saved.
pub fn saved(page: &str) -> String {
    let page = page.split('#').next().unwrap_or_default();
    match page.split_once('?') {
        None => format!("{page}?saved=1"),
        Some((_, query)) if query.split('&').any(|pair| pair == "saved=1") => page.to_owned(),
        Some(_) => format!("{page}&saved=1"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::i18n::href, model::strange};
    use proptest::prelude::*;
    use url::Url;

    /// Where a browser goes that stands on the login page and is sent to this address.
    fn followed(address: &str) -> Url {
        Url::parse("https://shop.example/ro/admin/login?next=x").unwrap().join(address).unwrap()
    }

    /// A page of the producer's in this language, whatever the browser makes of dots and slashes.
    fn is_inside(address: &str) -> bool {
        let url = followed(address);
        let path = url.path().to_owned();
        url.origin().ascii_serialization() == "https://shop.example"
            && (path == "/ro/admin" || path.starts_with("/ro/admin/"))
    }

    #[test]
    fn only_pages_of_the_producer() {
        assert_eq!(inside("/ro/admin"), Some("/admin"));
        assert_eq!(inside("/en/admin/orders?q=a%20b&page=2"), Some("/admin/orders?q=a%20b&page=2"));
        for elsewhere in [
            "",
            "/",
            "/ro",
            "/admin/orders",
            "/ro/administrator",
            "/de/admin",
            "//evil.example/ro/admin",
            "https://evil.example/ro/admin",
            "/ro/admin/../checkout",
            "/ro/admin/%2e%2E/checkout",
            "/ro/admin/.%2e/checkout",
            "/ro/admin\\evil",
            "/ro/admin/a b",
            "/ro/admin/a\r\nb",
        ] {
            assert_eq!(inside(elsewhere), None, "{elsewhere:?}");
        }
    }

    #[test]
    fn back_after_logging_in() {
        assert_eq!(after_login("/ro/admin/products/new"), "/admin/products/new");
        assert_eq!(after_login("/ro/admin/login?x=1"), "/admin");
        assert_eq!(after_login("//evil.example"), "/admin");
    }

    #[test]
    fn back_to_a_row() {
        assert_eq!(
            at_row("/ro/admin/products?page=2#x", "/admin/products", "p1"),
            "/admin/products?page=2#p1"
        );
        assert_eq!(at_row("junk", "/admin/products", "p1"), "/admin/products#p1");
    }

    #[test]
    fn back_to_the_board_with_what_became_of_it() {
        let id = OrderId::parse("65a1b2c3d4e5f60718293000").unwrap();
        let other = OrderId::parse("65a1b2c3d4e5f60718293001").unwrap();
        let judged = || [(&id, true), (&other, false)].into_iter();
        let parts = "moved=65a1b2c3d4e5f60718293000&refused=65a1b2c3d4e5f60718293001&to=ready";
        assert_eq!(told("/ro/admin", judged(), "ready"), format!("/admin?{parts}"));
        let again = format!("/en/admin?day=2026-11-26&{parts}&q=ana");
        assert_eq!(told(&again, judged(), "ready"), format!("/admin?day=2026-11-26&q=ana&{parts}"));
        for elsewhere in ["//evil.example", "/ro/admin/orders?q=x", "/ro/checkout"] {
            assert_eq!(board(elsewhere), "/admin");
        }
        assert_eq!(ids("65a1b2c3d4e5f60718293000.x..65a1b2c3d4e5f60718293001"), [id, other]);
    }

    #[test]
    fn a_page_says_once_that_it_was_saved() {
        assert_eq!(saved("/ro/admin/products#x"), "/ro/admin/products?saved=1");
        assert_eq!(saved("/ro/admin/products?page=2"), "/ro/admin/products?page=2&saved=1");
        assert_eq!(saved("/ro/admin/products?saved=1&q=a"), "/ro/admin/products?saved=1&q=a");
    }

    proptest! {
        #[test]
        fn nobody_is_led_off_the_pages_of_the_producer(
            asked in strange::nearly("(https?:)?/{0,2}(ro|en)/admin(/(\\.|%2[eE]|[a-z/]){0,12})?([?#][a-z/.:]{0,8})?"),
            row in "[0-9a-f]{24}",
        ) {
            let to = href(Locale::Ro, after_login(&asked));
            prop_assert!(is_inside(&to), "{:?} leads to {}", asked, followed(&to));
            let to = href(Locale::Ro, &told(&asked, std::iter::empty(), "ready"));
            prop_assert!(is_inside(&to), "{:?} leads to {}", asked, followed(&to));
            let to = href(Locale::Ro, &at_row(&asked, "/admin/products", &row));
            prop_assert!(is_inside(&to), "{:?} leads to {}", asked, followed(&to));
            prop_assert!(followed(&to).fragment() == Some(&row), "{:?} leads to {}", asked, to);
        }

        #[test]
        fn what_comes_back_is_a_part_of_what_was_asked(asked in strange::text(30)) {
            prop_assert!(inside(&asked).is_none_or(|path| asked.ends_with(path) && path.starts_with("/admin")));
        }
    }
}
