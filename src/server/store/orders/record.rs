//! What the desk keeps of an order: notes, changes of what is in it, why it was cancelled.

use super::{NAME, Orders, document::LineDoc};
use crate::{
    model::{
        cancel_reason::CancelReason,
        error::{AppError, Missing},
        ids::{OrderId, ProductId},
        money::Money,
        order::{Actor, LineItem, Order},
        order_record::{Cancelled, ItemsChange, LineChange, Note, Record},
        status::OrderStatus,
        time::Timestamp,
    },
    server::store::{corrupt, date, moment, object_id, schema, transaction::Aborted},
};
use mongodb::{
    ClientSession,
    bson::{Bson, DateTime, Document, doc, oid::ObjectId, serialize_to_bson},
};
use serde::{Deserialize, Serialize};

/// The desk's part of an order's document.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct DeskDoc {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    notes: Vec<NoteDoc>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    changes: Vec<ChangeDoc>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cancelled: Option<CancelledDoc>,
}

#[derive(Clone, Serialize, Deserialize)]
struct NoteDoc {
    by: String,
    at: DateTime,
    text: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct ChangeDoc {
    by: Actor,
    at: DateTime,
    lines: Vec<LineChangeDoc>,
    total_from: i64,
    total_to: i64,
}

#[derive(Clone, Serialize, Deserialize)]
struct LineChangeDoc {
    product_id: ObjectId,
    product_name: String,
    from: i64,
    to: i64,
}

#[derive(Clone, Serialize, Deserialize)]
struct CancelledDoc {
    reason: CancelReason,
    told: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    words: Option<String>,
}

pub(super) fn validator() -> Document {
    let note = schema::object(
        doc! { "by": schema::text(1, 100), "at": schema::date(), "text": schema::text(1, 1000) },
        &[],
    );
    let line = schema::object(
        doc! {
            "product_id": schema::id(),
            "product_name": schema::text(1, 200),
            "from": schema::whole(0),
            "to": schema::whole(0),
        },
        &[],
    );
    let change = schema::object(
        doc! {
            "by": { "bsonType": "object" },
            "at": schema::date(),
            "lines": schema::list(line, 200),
            "total_from": schema::whole(0),
            "total_to": schema::whole(0),
        },
        &[],
    );
    let cancelled = schema::object(
        doc! {
            "reason": schema::one_of(&CancelReason::ALL.map(CancelReason::name)),
            "told": schema::flag(),
            "words": schema::text(1, 500),
        },
        &["words"],
    );
    let most = |most: u32| i32::try_from(most).unwrap_or(i32::MAX);
    schema::object(
        doc! {
            "notes": schema::list(note, most(Note::MOST)),
            "changes": schema::list(change, most(ItemsChange::MOST)),
            "cancelled": cancelled,
        },
        &["notes", "changes", "cancelled"],
    )
}

/// New lines in the place of an order's old ones.
pub struct NewItems<'a> {
    /// The order that was looked at.
    pub seen: &'a Order,
    /// Its lines from now on.
    pub items: &'a [LineItem],
    /// Its total from now on.
    pub total: Money,
    /// What is kept of the change; its moment is also the order's version from now on.
    pub change: &'a ItemsChange,
}

impl Orders {
    /// The order as stored, with what the desk keeps of it.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn with_record(&self, id: &OrderId) -> Result<(Order, Record), AppError> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).await?;
        let document = found.ok_or(AppError::missing(Missing::Order))?;
        let record = document.record()?;
        Ok((document.into_model()?.order, record))
    }

    /// Adds a note. The order's version stays: whoever is changing the order need not begin again.
    /// Says whether there was room for it, and an order.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add_note(&self, id: &OrderId, note: &Note) -> Result<bool, AppError> {
        let full = format!("desk.notes.{}", Note::MOST - 1);
        let filter = doc! { "_id": object_id(id.as_str()), full: { "$exists": false } };
        let update = doc! { "$push": { "desk.notes": bson(&NoteDoc::of(note))? } };
        Ok(self.collection.update_one(filter, update).await?.matched_count == 1)
    }

    /// Puts new lines in the place of the old ones, if the order still is as it was seen; says whether
    /// it did.
    ///
    /// # Errors
    /// The database's.
    pub async fn replace_items(
        &self,
        session: &mut ClientSession,
        new: &NewItems<'_>,
    ) -> Result<bool, Aborted> {
        let full = format!("desk.changes.{}", ItemsChange::MOST - 1);
        let filter = doc! {
            "_id": object_id(new.seen.id.as_str()),
            "updated_at": date(new.seen.updated_at),
            "status": new.seen.status.name(),
            full: { "$exists": false },
        };
        let items: Vec<LineDoc> = new.items.iter().cloned().map(LineDoc::of).collect();
        let update = doc! {
            "$set": {
                "items": bson(&items)?,
                "total_amount": new.total.bani(),
                "updated_at": date(new.change.at),
            },
            "$push": { "desk.changes": bson(&ChangeDoc::of(new.change))? },
        };
        Ok(self.collection.update_one(filter, update).session(session).await?.matched_count == 1)
    }

    /// Notes why an order was cancelled, in the transaction that cancels it.
    ///
    /// # Errors
    /// The database's.
    pub async fn keep_reason(
        &self,
        session: &mut ClientSession,
        id: &OrderId,
        why: &Cancelled,
    ) -> Result<(), Aborted> {
        let why = CancelledDoc { reason: why.reason, told: why.told, words: why.words.clone() };
        let filter = doc! { "_id": object_id(id.as_str()) };
        self.collection
            .update_one(filter, doc! { "$set": { "desk.cancelled": bson(&why)? } })
            .session(session)
            .await?;
        Ok(())
    }

    /// Where an order stands; `None` when there is none.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn status_of(&self, id: &OrderId) -> Result<Option<OrderStatus>, AppError> {
        let documents = self.collection.clone_with_type::<Document>();
        let found = documents.find_one(doc! { "_id": object_id(id.as_str()) });
        let found = found.projection(doc! { "status": 1 }).await?;
        Ok(found.and_then(|document| OrderStatus::from_name(document.get_str("status").ok()?)))
    }
}

impl DeskDoc {
    /// With what was noted when the order was typed in.
    pub(super) fn with(note: Option<&Note>) -> DeskDoc {
        DeskDoc { notes: note.map(NoteDoc::of).into_iter().collect(), ..DeskDoc::default() }
    }

    /// Without what tells of the customer. Who changed what in it is not about the customer.
    pub(super) fn anonymised(self) -> DeskDoc {
        let cancelled = self.cancelled.map(|why| CancelledDoc { words: None, ..why });
        DeskDoc { notes: Vec::new(), cancelled, ..self }
    }

    pub(super) fn record(&self, steps: Vec<Timestamp>) -> Result<Record, AppError> {
        let changes = self.changes.iter().cloned().map(ChangeDoc::into_model).collect::<Option<_>>();
        Ok(Record {
            notes: self.notes.iter().cloned().map(NoteDoc::into_model).collect(),
            changes: changes.ok_or_else(|| AppError::from(corrupt(NAME)))?,
            cancelled: self.cancelled.clone().map(CancelledDoc::into_model),
            steps,
        })
    }
}

impl NoteDoc {
    fn of(note: &Note) -> NoteDoc {
        NoteDoc { by: note.by.clone(), at: date(note.at), text: note.text.clone() }
    }

    fn into_model(self) -> Note {
        Note { by: self.by, at: moment(self.at), text: self.text }
    }
}

impl ChangeDoc {
    fn of(change: &ItemsChange) -> ChangeDoc {
        let line = |line: &LineChange| LineChangeDoc {
            product_id: object_id(line.product_id.as_str()),
            product_name: line.product_name.clone(),
            from: i64::from(line.from),
            to: i64::from(line.to),
        };
        ChangeDoc {
            by: change.by.clone(),
            at: date(change.at),
            lines: change.lines.iter().map(line).collect(),
            total_from: change.total_from.bani(),
            total_to: change.total_to.bani(),
        }
    }

    fn into_model(self) -> Option<ItemsChange> {
        let line = |line: LineChangeDoc| {
            Some(LineChange {
                product_id: ProductId::parse(&line.product_id.to_hex()).ok()?,
                product_name: line.product_name,
                from: u32::try_from(line.from).ok()?,
                to: u32::try_from(line.to).ok()?,
            })
        };
        Some(ItemsChange {
            by: self.by,
            at: moment(self.at),
            lines: self.lines.into_iter().map(line).collect::<Option<_>>()?,
            total_from: Money::from_bani(self.total_from).ok()?,
            total_to: Money::from_bani(self.total_to).ok()?,
        })
    }
}

impl CancelledDoc {
    fn into_model(self) -> Cancelled {
        Cancelled { reason: self.reason, told: self.told, words: self.words }
    }
}

fn bson<T: Serialize>(value: &T) -> Result<Bson, AppError> {
    Ok(serialize_to_bson(value).map_err(mongodb::error::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mongodb::bson::deserialize_from_bson;

    #[test]
    fn a_document_of_before_has_no_record() {
        let desk: DeskDoc = deserialize_from_bson(Bson::Document(doc! {})).unwrap();
        let record = desk.record(vec![]).unwrap();
        assert_eq!(record, Record::default());
    }
}
