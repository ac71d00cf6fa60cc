//! Who may do what, for every route of the router; and what attackers send.

mod attacks;
mod matrix;
