//! What attackers send, through the JSON API and through the forms alike.

mod bodies;
mod files;
mod markup;
mod odd_texts;
mod operators;
mod payloads;
mod quantities;
mod redirects;
mod survival;
mod tampering;
mod targets;
mod world;
