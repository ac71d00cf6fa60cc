//! The history of an order: which can have come about by the table of transitions.

use super::status::OrderStatus;

/// Can an order have gone this way? Each step is one of the table, or takes the one before it back
/// (docs/decisions/0024), which cannot be taken back itself.
pub fn is_path(steps: &[OrderStatus]) -> bool {
    (1..steps.len()).all(|at| {
        let (from, to) = (steps[at - 1], steps[at]);
        let taken_back = at > 1 && steps[at - 2] == to && from.may_go_back_to(to);
        from.may_become(to) || taken_back
    })
}

#[cfg(test)]
mod tests {
    use super::{
        OrderStatus::{Cancelled, Completed, Confirmed, Pending, Processing, Ready},
        *,
    };
    use crate::model::status::TRANSITIONS;

    #[test]
    fn a_history_follows_the_table() {
        assert!(is_path(&[]) && is_path(&[Pending]));
        assert!(is_path(&[Pending, Confirmed, Processing, Ready, Completed]));
        assert!(is_path(&[Confirmed, Cancelled]));
        assert!(!is_path(&[Pending, Processing]));
        assert!(!is_path(&[Pending, Cancelled, Confirmed]));
        assert!(!is_path(&[Pending, Pending]));
    }

    #[test]
    fn a_step_is_taken_back_where_it_was_made_and_only_once() {
        assert!(is_path(&[Confirmed, Processing, Confirmed, Processing, Ready]));
        assert!(is_path(&[Confirmed, Processing, Ready, Processing]));
        assert!(!is_path(&[Confirmed, Processing, Ready, Processing, Confirmed]), "two steps back");
        assert!(!is_path(&[Processing, Confirmed]), "nothing was made that could be taken back");
        assert!(!is_path(&[Pending, Confirmed, Pending]) && !is_path(&[Ready, Cancelled, Ready]));
    }

    #[test]
    fn every_transition_is_a_path() {
        assert!(TRANSITIONS.iter().all(|(from, to)| is_path(&[*from, *to])));
    }
}
