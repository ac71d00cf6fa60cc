//! Changing one part of the settings, while others change other parts.

use super::{Shop, checked};
use crate::{
    model::{
        day::Day,
        error::{AppError, Conflict},
        field::FieldErrors,
        settings::{Section, Settings},
        shop_facts::ShopFacts,
    },
    server::{
        clock::{now, wall},
        secrets,
    },
};
use std::sync::Arc;

/// How often it is tried again when somebody else writes at the same moment.
const TRIES: usize = 10;

impl Shop {
    /// The settings as the database has them now, with a mark for each part.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn settings(&self) -> Result<Settings, AppError> {
        let facts = self.read_facts().await?;
        let marks = Section::ALL.into_iter().map(|section| (section, mark(&facts, section))).collect();
        Ok(Settings { facts: ShopFacts::clone(&facts), marks, today: Day::of(wall(now())) })
    }

    /// Changes a part, if it still is as it was seen.
    ///
    /// # Errors
    /// What the change refuses; field errors; [`Conflict::Stale`].
    pub(super) async fn change(
        &self,
        section: Section,
        seen: &str,
        change: impl Fn(&mut ShopFacts, &mut FieldErrors) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        for _ in 0..TRIES {
            let (before, written) = self.store.settings.written_facts().await?.unzip();
            let mut facts = before.unwrap_or_default();
            if !secrets::same(&mark(&facts, section), seen) {
                return Err(AppError::Conflict { conflict: Conflict::Stale });
            }
            let mut errors = FieldErrors::default();
            change(&mut facts, &mut errors)?;
            let facts = match (errors.is_empty(), checked(facts)) {
                (true, Ok(facts)) => Arc::new(facts),
                (_, Err(AppError::Fields { errors: more })) => {
                    for (field, all) in more.0 {
                        errors.0.entry(field).or_insert(all);
                    }
                    return Err(AppError::Fields { errors: as_fields(errors) });
                }
                (_, Err(error)) => return Err(error),
                (false, Ok(_)) => return Err(AppError::Fields { errors: as_fields(errors) }),
            };
            if self.store.settings.replace_written(&facts, written).await? {
                self.facts.keep(&facts);
                return Ok(());
            }
        }
        Err(AppError::Conflict { conflict: Conflict::Stale })
    }
}

/// By which a part is known again.
fn mark(facts: &ShopFacts, section: Section) -> String {
    let part = match section {
        Section::Hours => serde_json::to_string(&facts.hours),
        Section::Places => serde_json::to_string(&facts.places),
        Section::Areas => serde_json::to_string(&facts.areas),
        Section::Rules => serde_json::to_string(&facts.rules),
        Section::Holidays => serde_json::to_string(&facts.holidays),
        Section::Closed => serde_json::to_string(&facts.closed),
        Section::Languages => serde_json::to_string(&facts.languages),
        Section::Shop => serde_json::to_string(&ShopFacts {
            hours: None,
            places: Vec::new(),
            areas: Vec::new(),
            rules: None,
            holidays: Vec::new(),
            closed: None,
            languages: None,
            ..facts.clone()
        }),
    };
    secrets::token_hash(&part.unwrap_or_default())
}

/// The names that the fields have in forms: `address.street` is `address_street`.
fn as_fields(errors: FieldErrors) -> FieldErrors {
    FieldErrors(errors.0.into_iter().map(|(field, errors)| (field.replace('.', "_"), errors)).collect())
}
