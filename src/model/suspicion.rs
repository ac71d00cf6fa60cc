//! How far a visitor who asks for a code is trusted, by what became of the codes asked for before
//! (docs/decisions/0040). Nobody has to solve a puzzle: who is suspicious waits, and the longer the more
//! codes were asked for and not entered.

use serde::{Deserialize, Serialize};

/// So many codes may be open or lost for an address within an hour before anybody waits: some are on their
/// way, and neighbours share an address.
const FREE_OF_ADDRESS: u32 = 5;

/// Each so many more of an address double the wait.
const STEP_OF_ADDRESS: u32 = 3;

/// The same for a network: that of a mobile carrier serves many customers at once.
const FREE_OF_NETWORK: u32 = 20;

/// Each so many more of a network double the wait.
const STEP_OF_NETWORK: u32 = 5;

/// Below so many codes an hour nothing is said of how many are entered.
const FEW: u32 = 30;

/// Nobody waits longer, in seconds.
const LONGEST: u32 = 900;

/// Codes asked for against codes entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// How many were sent.
    pub asked: u32,
    /// How many came back.
    pub entered: u32,
}

impl Conversion {
    /// Does less than one of four come back? Who orders enters the code; a machine that plays with numbers
    /// does not.
    pub const fn is_poor(self) -> bool {
        self.asked >= FEW && self.entered.saturating_mul(4) < self.asked
    }
}

/// What is known of who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suspicion {
    /// Codes of this hour that their address asked for and nobody entered.
    pub of_address: u32,
    /// The same for the network of the address.
    pub of_network: u32,
    /// All codes of this hour.
    pub conversion: Conversion,
    /// Has the number ordered before?
    pub known: bool,
}

impl Suspicion {
    /// Is this a stranger, while machines are at work?
    pub const fn is_doubtful(self) -> bool {
        self.conversion.is_poor() && !self.known
    }

    /// How many seconds must have passed since the last time that the address asked, where `first` is the
    /// shortest wait of all.
    pub fn wait(self, first: u32) -> u32 {
        let address = (self.of_address + 1).saturating_sub(FREE_OF_ADDRESS).div_ceil(STEP_OF_ADDRESS);
        let network = self.of_network.saturating_sub(FREE_OF_NETWORK).div_ceil(STEP_OF_NETWORK);
        let level = address.max(network).max(u32::from(self.is_doubtful()));
        match level {
            0 => 0,
            level => first.saturating_mul(2_u32.saturating_pow(level - 1)).min(LONGEST.max(first)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POOR: Conversion = Conversion { asked: 40, entered: 9 };

    #[test]
    fn who_orders_never_waits() {
        for of_address in 0..FREE_OF_ADDRESS {
            let conversion = Conversion { asked: 100, entered: 70 };
            assert_eq!(Suspicion { of_address, of_network: 20, conversion, known: false }.wait(10), 0);
        }
    }

    #[test]
    fn the_wait_doubles_with_codes_that_are_not_entered() {
        let address = |of_address| Suspicion { of_address, ..Suspicion::default() }.wait(10);
        assert_eq!([4, 5, 7, 8, 10, 11, 14, 17, 40].map(address), [0, 10, 10, 20, 20, 40, 80, 160, 900]);
        let network = |of_network| Suspicion { of_network, ..Suspicion::default() }.wait(10);
        assert_eq!([20, 21, 25, 26, 31].map(network), [0, 10, 10, 20, 40]);
    }

    #[test]
    fn while_machines_are_at_work_strangers_wait_and_customers_do_not() {
        let stranger = Suspicion { conversion: POOR, ..Suspicion::default() };
        assert_eq!((stranger.wait(10), stranger.is_doubtful()), (10, true));
        assert_eq!(Suspicion { known: true, ..stranger }.wait(10), 0);
    }

    #[test]
    fn a_few_codes_say_nothing() {
        assert!(!Conversion { asked: 29, entered: 0 }.is_poor());
        assert!(Conversion { asked: 30, entered: 7 }.is_poor());
        assert!(!Conversion { asked: 30, entered: 8 }.is_poor());
    }

    proptest! {
        #[test]
        fn more_codes_never_shorten_the_wait(
            of_address in 0..60u32, of_network in 0..200u32, asked in 0..500u32, entered in 0..500u32,
            known: bool, first in 0..600u32,
        ) {
            let before = Suspicion { of_address, of_network, conversion: Conversion { asked, entered }, known };
            let worse = [
                Suspicion { of_address: of_address + 1, ..before },
                Suspicion { of_network: of_network + 1, ..before },
            ];
            let better = Suspicion { known: true, ..before };
            let wait = before.wait(first);
            prop_assert!(wait <= LONGEST.max(first));
            prop_assert!(worse.iter().all(|worse| worse.wait(first) >= wait));
            prop_assert!(better.wait(first) <= wait);
        }
    }
}
