//! What every request passes through.

mod cors;
mod crawlers;
mod cross_site;
mod faults;
mod headers;
mod installed;
mod rate_limit;
mod sender;
mod seo;
mod structured;
mod tags;
