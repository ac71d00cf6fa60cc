//! What every request passes through.

mod cors;
mod crawlers;
mod cross_site;
mod customers;
mod desk_files;
mod errors;
mod events;
mod faults;
mod figures;
mod food;
mod headers;
mod info;
mod installed;
mod kept_pages;
mod kitchen;
mod languages;
mod logs;
mod my_data;
mod order_desk;
mod rate_limit;
mod sender;
mod seo;
mod settings;
mod sms_reports;
mod structured;
mod tags;
