//! What the shop tells Prometheus, and what is made of it in `deploy`.

mod deploy;
mod served;
mod text;
