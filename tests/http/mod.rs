//! What every request passes through.

mod cors;
mod cross_site;
mod faults;
mod food;
mod headers;
mod rate_limit;
mod sender;
