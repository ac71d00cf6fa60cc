//! What every request passes through.

mod cors;
mod cross_site;
mod faults;
mod food;
mod headers;
mod info;
mod my_data;
mod rate_limit;
mod sender;
