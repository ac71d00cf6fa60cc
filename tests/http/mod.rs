//! What every request passes through.

mod cors;
mod cross_site;
mod rate_limit;
mod sender;
