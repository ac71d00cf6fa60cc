//! Faults on demand, for the tests of what a fault leaves behind (docs/decisions/0038). They are in
//! debug builds alone: in a release each of these functions is empty.

#[cfg(debug_assertions)]
use std::sync::LazyLock;

/// The step at which this process ends.
#[cfg(debug_assertions)]
static STEP: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("VATRA_FAILPOINT").ok());

/// How far the clock of this process is ahead of the machine's, in milliseconds.
#[cfg(debug_assertions)]
static AHEAD: LazyLock<i64> = LazyLock::new(|| {
    let seconds = std::env::var("VATRA_CLOCK_AHEAD").ok().and_then(|text| text.parse::<i64>().ok());
    seconds.unwrap_or(0).saturating_mul(1000)
});

/// A step of the work has been reached. When `VATRA_FAILPOINT` names it, the process is killed here,
/// as by `kill -9`: nothing is closed, told or written any more.
#[cfg(debug_assertions)]
pub fn reached(step: &str) {
    if STEP.as_deref() != Some(step) {
        return;
    }
    let me = std::process::id().to_string();
    let _ = std::process::Command::new("kill").args(["-KILL", &me]).status();
    // Not one instruction of this work beyond the step, however late the signal comes.
    loop {
        std::thread::park();
    }
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub const fn reached(_: &str) {}

/// How far the clock is to be wrong: `VATRA_CLOCK_AHEAD`, in seconds.
#[cfg(debug_assertions)]
pub fn clock_ahead() -> i64 {
    *AHEAD
}

/// Nothing.
#[cfg(not(debug_assertions))]
pub const fn clock_ahead() -> i64 {
    0
}
