//! What every request passes through.

mod cors;
mod crawlers;
mod cross_site;
mod faults;
mod food;
mod headers;
mod info;
mod installed;
mod kept_pages;
mod languages;
mod my_data;
mod rate_limit;
mod sender;
mod seo;
mod settings;
mod structured;
mod tags;
