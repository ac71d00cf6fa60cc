//! The producer's pages.
