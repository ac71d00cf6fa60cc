//! Small shared components. Their look is in `style/`.

pub mod alert;
pub mod empty;
pub mod failure;
pub mod field;
pub mod footer;
pub mod icon;
pub mod layout;

pub mod not_found;
pub mod once_loaded;
pub mod own_page;
pub mod pager;
pub mod picture;
pub mod status_badge;
pub mod title;
