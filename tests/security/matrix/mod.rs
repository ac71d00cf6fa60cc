//! Every route and server function, asked by everybody: visitors, other customers, the order's own
//! customer, the producer with and without a CSRF token, ended sessions and forged tokens. The
//! tables are held against the router's own lists, so a new route without a row fails.

mod audit;
mod edge;
mod functions;
mod pages;
mod people;
mod rest;
pub mod routes;
mod run;
mod scene;
mod table;
mod traces;
