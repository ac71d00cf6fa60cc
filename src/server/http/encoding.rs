//! How the bytes of a page may travel.

use axum::body::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, header};
use std::io::Write;

/// The encodings in which pages are kept. Zstandard is not among them: every browser that reads it
/// reads Brotli, which is smaller, and it would bring a library in C (docs/decisions/0017).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// For old programs.
    Gzip,
    /// For browsers.
    Brotli,
}

/// Made once for many answers, yet while somebody waits: about a millisecond.
const BROTLI_QUALITY: u32 = 5;
/// A window of 256 KB holds any page.
const BROTLI_WINDOW: u32 = 18;

impl Encoding {
    /// All, the best last.
    pub const ALL: [Encoding; 3] = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli];

    /// The best that the sender of these headers reads.
    pub fn of(headers: &HeaderMap) -> Encoding {
        let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        let accepted = lists.flat_map(|list| list.split(',')).filter_map(accepted);
        let known = accepted.filter_map(|given| {
            Encoding::ALL
                .into_iter()
                .find(|one| one.name().is_some_and(|name| name.eq_ignore_ascii_case(given)))
        });
        known.max_by_key(|encoding| *encoding as u8).unwrap_or(Encoding::Identity)
    }

    /// Its name (IANA, HTTP Content Coding Registry); none for what is not encoded.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Identity => None,
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
        }
    }

    /// These bytes, encoded.
    pub fn encode(self, bytes: &Bytes) -> Bytes {
        let mut encoded = Vec::with_capacity(bytes.len() / 4);
        // Writing into memory does not fail.
        let _ = match self {
            Encoding::Identity => return bytes.clone(),
            Encoding::Gzip => {
                let mut writer = GzEncoder::new(&mut encoded, Compression::new(6));
                writer.write_all(bytes).and_then(|()| writer.try_finish())
            }
            Encoding::Brotli => {
                let mut writer =
                    brotli::CompressorWriter::new(&mut encoded, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
                writer.write_all(bytes).and_then(|()| writer.flush())
            }
        };
        encoded.into()
    }
}

/// The name in an entry like `br;q=0.5`; none for one that is refused (`q=0`).
fn accepted(entry: &str) -> Option<&str> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next()?;
    let refused = parts
        .filter_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")))
        .any(|weight| weight.starts_with('0') && weight.bytes().all(|sign| matches!(sign, b'0' | b'.')));
    (!refused).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use std::io::Read;

    fn of(accepted: &str) -> Encoding {
        let header = (header::ACCEPT_ENCODING, HeaderValue::from_str(accepted).unwrap());
        Encoding::of(&HeaderMap::from_iter([header]))
    }

    #[test]
    fn the_best_that_is_read() {
        assert_eq!(of("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(of("GZIP;q=0.5, deflate"), Encoding::Gzip);
        assert_eq!(of("br;q=0, gzip; q=1"), Encoding::Gzip);
        assert_eq!(of("br;q=0.000,gzip;q=0"), Encoding::Identity);
        assert_eq!(of("*, zstd, brotli"), Encoding::Identity);
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn what_is_encoded_reads_back() {
        let text = Bytes::from("pâine de casă ".repeat(5000));
        let brotli = Encoding::Brotli.encode(&text);
        let mut read = Vec::new();
        brotli::Decompressor::new(&brotli[..], 4096).read_to_end(&mut read).unwrap();
        assert!(read == text && brotli.len() < text.len() / 50);
        let gzip = Encoding::Gzip.encode(&text);
        let mut read = Vec::new();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut read).unwrap();
        assert!(read == text && gzip.len() < text.len() / 50);
    }
}
