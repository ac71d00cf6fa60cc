//! Which pages are for everybody: found by search engines, fetched ahead, and kept by the service
//! worker for reading without a network. All others show what is one visitor's own.

/// Pages that are always there, by their paths without the language. A new page that is for
/// everybody is added here.
pub const PAGES: [&str; 7] = ["/", "/products", "/contact", "/delivery", "/terms", "/privacy", "/cookies"];

/// Where each product's page is, before its slug.
pub const PRODUCTS: &str = "/products/";

/// What is never for everybody, by how its path begins; robots stay away from it.
pub const OWN: [&str; 7] = ["/cart", "/checkout", "/orders", "/sign-in", "/my-data", "/admin", "/offline"];

/// Is the page of this path (without the language) for everybody?
pub fn is_public(path: &str) -> bool {
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
    PAGES.contains(&path) || path.strip_prefix(PRODUCTS).is_some_and(|slug| !slug.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ones_own_is_not_public() {
        for path in ["/", "/products", "/products/", "/products/paine-de-casa"] {
            assert!(is_public(path), "{path}");
        }
        for path in OWN.into_iter().chain(["", "/orders/1", "/fn/cart/view", "/api/products", "/productsx"]) {
            assert!(!is_public(path), "{path}");
        }
    }
}
