//! Faults, on real processes: what is killed, frozen, cut off or full loses no order that the shop has
//! acknowledged, and afterwards all adds up (docs/decisions/0038).

// The steps at which a server is killed, and clocks that are wrong, are in debug builds alone.
#[cfg(debug_assertions)]
mod clocks;
mod database;
mod disk;
mod instances;
mod jobs;
#[cfg(debug_assertions)]
mod killed;
mod load;
mod network;
mod oversell;
mod scene;
mod start;
mod stop;
