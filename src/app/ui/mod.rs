//! Small shared components.
