//! Rate limits count in fixed windows of time.

use vatra::server::clock::now;

/// Does the work again when a window of this length ended meanwhile: then nothing was proven.
pub async fn within_one_window<T>(seconds: i64, mut work: impl AsyncFnMut() -> T) -> T {
    loop {
        let window = now().0 / 1000 / seconds;
        let outcome = work().await;
        if window == now().0 / 1000 / seconds {
            return outcome;
        }
    }
}
