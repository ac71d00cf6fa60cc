//! What every request passes through.

mod cors;
mod cross_site;
mod faults;
mod headers;
mod rate_limit;
mod sender;
