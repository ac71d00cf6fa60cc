//! The settings of the shop: an overview, and a page for each part.

pub mod area_form;
pub mod areas;
pub mod entries;
pub mod frame;
pub mod holidays;
pub mod hours;
pub mod languages;
pub mod overview;
pub mod place_form;
pub mod places;
pub mod rules;
pub mod shop;
