//! One line of the doctor's report.

use std::fmt::{Display, Formatter, Result};

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// The shop works, but somebody should look at it.
    Doubtful,
    /// The shop does not work, or loses something.
    Wrong,
}

/// What was found, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, in a word or two.
    pub about: &'static str,
    /// How it stands.
    pub verdict: Verdict,
    /// What was found.
    pub found: String,
    /// What to do; nothing when all is well.
    pub remedy: Option<String>,
}

impl Finding {
    /// All is well.
    pub fn good(about: &'static str, found: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Good, found: found.into(), remedy: None }
    }

    /// Somebody should look at it.
    pub fn doubtful(about: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Doubtful, found: found.into(), remedy: Some(remedy.into()) }
    }

    /// It must be mended.
    pub fn wrong(about: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { about, verdict: Verdict::Wrong, found: found.into(), remedy: Some(remedy.into()) }
    }
}

impl Display for Finding {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mark = match self.verdict {
            Verdict::Good => "ok",
            Verdict::Doubtful => "look",
            Verdict::Wrong => "WRONG",
        };
        write!(f, "{mark:<6} {:<12} {}", self.about, self.found)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n{:<20}-> {remedy}", ""),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_to_do_below_it() {
        assert_eq!(Finding::good("disk", "12 GB free").to_string(), "ok     disk         12 GB free");
        let wrong = Finding::wrong("clock", "an hour slow", "Start chrony.").to_string();
        assert_eq!(wrong, "WRONG  clock        an hour slow\n                    -> Start chrony.");
    }
}
