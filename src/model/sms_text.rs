//! What a text costs as an SMS. A message whose signs are all in the default alphabet of GSM 03.38
//! holds 160 of them; one other sign makes it UCS-2, which holds 70. A longer text travels in
//! segments that hold 153 or 67 (3GPP TS 23.038 and 23.040), and each segment is paid for.

use serde::{Deserialize, Serialize};

/// The default alphabet. Each sign takes one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
    ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Its extension. Each sign takes two septets, which stay in one segment.
const EXTENSION: &str = "^{}\\[~]|€";

/// How the signs of a message are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// The default alphabet of GSM 03.38.
    Gsm7,
    /// Sixteen bits a sign.
    Ucs2,
}

impl Encoding {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Gsm7 => "GSM-7",
            Encoding::Ucs2 => "UCS-2",
        }
    }

    /// How much one message holds, and one segment of several.
    const fn room(self) -> (u32, u32) {
        match self {
            Encoding::Gsm7 => (160, 153),
            Encoding::Ucs2 => (70, 67),
        }
    }
}

/// How large a text is as an SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsSize {
    /// How it is written.
    pub encoding: Encoding,
    /// How much of the room it takes: septets, or units of sixteen bits.
    pub units: u32,
    /// How many SMS are paid for; none for an empty text.
    pub segments: u32,
}

impl SmsSize {
    /// The size of a text.
    pub fn of(text: &str) -> SmsSize {
        let septets: Option<Vec<u32>> = text.chars().map(septets).collect();
        let (encoding, signs) = match septets {
            Some(signs) => (Encoding::Gsm7, signs),
            None => {
                (Encoding::Ucs2, text.chars().map(|sign| if sign.len_utf16() == 2 { 2 } else { 1 }).collect())
            }
        };
        let units = signs.iter().sum();
        let (alone, each) = encoding.room();
        let segments = match units {
            0 => 0,
            units if units <= alone => 1,
            _ => packed(&signs, each),
        };
        SmsSize { encoding, units, segments }
    }
}

/// How many segments signs of these sizes fill: a sign is never cut in two.
fn packed(signs: &[u32], each: u32) -> u32 {
    let (mut segments, mut filled) = (1, 0);
    for size in signs {
        if filled + size > each {
            segments += 1;
            filled = 0;
        }
        filled += size;
    }
    segments
}

fn septets(sign: char) -> Option<u32> {
    if BASIC.contains(sign) {
        Some(1)
    } else if EXTENSION.contains(sign) {
        Some(2)
    } else {
        None
    }
}

/// Romanian letters and typographic signs as they are written in messages since there are messages.
pub fn plain(text: &str) -> String {
    let fold = |sign| match sign {
        'ă' | 'â' => 'a',
        'Ă' | 'Â' => 'A',
        'î' => 'i',
        'Î' => 'I',
        'ș' | 'ş' => 's',
        'Ș' | 'Ş' => 'S',
        'ț' | 'ţ' => 't',
        'Ț' | 'Ţ' => 'T',
        '„' | '”' | '“' => '"',
        '’' => '\'',
        '–' | '—' => '-',
        '\u{a0}' => ' ',
        other => other,
    };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn size(text: &str) -> (Encoding, u32, u32) {
        let SmsSize { encoding, units, segments } = SmsSize::of(text);
        (encoding, units, segments)
    }

    #[test]
    fn where_a_message_becomes_two() {
        assert_eq!(size(""), (Encoding::Gsm7, 0, 0));
        assert_eq!(size(&"a".repeat(160)), (Encoding::Gsm7, 160, 1));
        assert_eq!(size(&"a".repeat(161)), (Encoding::Gsm7, 161, 2));
        assert_eq!(size(&"a".repeat(306)), (Encoding::Gsm7, 306, 2));
        assert_eq!(size(&"a".repeat(307)), (Encoding::Gsm7, 307, 3));
        assert_eq!(size(&"ă".repeat(70)), (Encoding::Ucs2, 70, 1));
        assert_eq!(size(&"ă".repeat(71)), (Encoding::Ucs2, 71, 2));
        assert_eq!(size(&"ă".repeat(135)), (Encoding::Ucs2, 135, 3));
    }

    #[test]
    fn signs_that_take_the_room_of_two() {
        assert_eq!(size("[a]€"), (Encoding::Gsm7, 7, 1));
        assert_eq!(size(&"€".repeat(80)), (Encoding::Gsm7, 160, 1));
        // 153 is odd: each segment ends with a septet that no such sign fits into.
        assert_eq!(size(&"€".repeat(153)), (Encoding::Gsm7, 306, 3));
        assert_eq!(size("🍞"), (Encoding::Ucs2, 2, 1));
        assert_eq!(size(&"🍞".repeat(67)), (Encoding::Ucs2, 134, 3));
    }

    #[test]
    fn romanian_letters_are_folded() {
        assert_eq!(plain("Țară, în șură: „pâine”"), "Tara, in sura: \"paine\"");
        assert_eq!(SmsSize::of("ă").encoding, Encoding::Ucs2);
    }

    proptest! {
        #[test]
        fn segments_hold_what_they_must(text in strange::text(400)) {
            let SmsSize { encoding, units, segments } = SmsSize::of(&text);
            let (alone, each) = encoding.room();
            prop_assert_eq!(segments == 0, text.is_empty());
            prop_assert!(segments > 1 || units <= alone);
            prop_assert!(segments < 2 || (units > alone && units <= segments * each));
        }

        #[test]
        fn folding_twice_is_folding_once(text in strange::text(60)) {
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
        }
    }
}
