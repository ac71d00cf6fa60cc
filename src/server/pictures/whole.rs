//! Is a file all there? The decoders are lenient: one fills the missing rest of a JPEG with grey,
//! the other believes the sizes that a WebP claims before it looks.

/// Does a JPEG have its end? Its first scan is found by going from segment to segment, because a
/// preview within the metadata has an end of its own. Within a scan the two bytes of the end
/// cannot occur (ITU-T T.81, B.1.1.5); what follows it does not matter.
pub(super) fn jpeg(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xDA;
    const END: [u8; 2] = [0xFF, 0xD9];
    let mut at = 2;
    loop {
        match bytes.get(at..at + 4) {
            Some([0xFF, START_OF_SCAN, ..]) => return bytes[at..].windows(2).any(|pair| pair == END),
            // Fill bytes, and markers that stand alone.
            Some([0xFF, 0xFF, ..]) => at += 1,
            Some([0xFF, 0x01 | 0xD0..=0xD7, ..]) => at += 2,
            Some([0xFF, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            // Bytes between segments, which decoders skip as well.
            Some(_) => at += 1,
            None => return false,
        }
    }
}

/// Are all chunks of a WebP within the file? (RIFF: four letters, the length in four bytes, the
/// content, a filling byte after an odd length.)
pub(super) fn webp(bytes: &[u8]) -> bool {
    let Some(end) = length(bytes, 4).and_then(|length| length.checked_add(8)) else { return false };
    let mut at = 12;
    while at + 8 <= end {
        let Some(next) = length(bytes, at + 4).and_then(|length| length.checked_add(at + 8)) else {
            return false;
        };
        if next > bytes.len() {
            return false;
        }
        at = next + next % 2;
    }
    true
}

/// Width and height of every lossy frame of a WebP. Each has its own in its header (RFC 6386, 9.1),
/// and the decoder takes memory for that before it compares it with the picture's.
pub(super) fn webp_frames(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    bytes.windows(18).filter_map(lossy_size)
}

fn length(bytes: &[u8], at: usize) -> Option<usize> {
    let field: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(field)).ok()
}

/// The size of a lossy frame whose chunk begins here.
fn lossy_size(chunk: &[u8]) -> Option<(u32, u32)> {
    let size = |at: usize| u32::from(u16::from_le_bytes([chunk[at], chunk[at + 1]]) & 0x3FFF);
    (chunk.starts_with(b"VP8 ") && chunk[11..14] == [0x9D, 0x01, 0x2A]).then(|| (size(14), size(16)))
}
