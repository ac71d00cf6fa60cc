//! What every request passes through.

mod cors;
mod cross_site;
mod faults;
mod headers;
mod kept_pages;
mod rate_limit;
mod sender;
