//! Small words for `$jsonSchema` validators. The database refuses what the types should never
//! let through: a second lock, and the only one for other hands.

use mongodb::bson::{Bson, Document, doc};

/// A document with exactly these fields; all but those named in `optional` must be there.
pub fn document(fields: Document, optional: &[&str]) -> Document {
    let mut all = doc! { "_id": {} };
    all.extend(fields);
    doc! { "$jsonSchema": object(all, &[&["_id"], optional].concat()) }
}

/// An embedded document, as [`document`].
pub fn object(fields: Document, optional: &[&str]) -> Document {
    let required: Vec<Bson> = fields
        .keys()
        .filter(|name| !optional.contains(&name.as_str()))
        .map(|name| Bson::from(name.as_str()))
        .collect();
    let mut schema = doc! { "bsonType": "object", "properties": fields, "additionalProperties": false };
    // An empty list is an error in JSON Schema draft 4.
    if !required.is_empty() {
        schema.insert("required", required);
    }
    schema
}

/// A text of `min` to `max` characters.
pub fn text(min: i32, max: i32) -> Document {
    doc! { "bsonType": "string", "minLength": min, "maxLength": max }
}

/// One of these texts.
pub fn one_of(values: &[&str]) -> Document {
    doc! { "bsonType": "string", "enum": values.iter().map(|value| Bson::from(*value)).collect::<Vec<_>>() }
}

/// A whole number from `min` up.
pub fn whole(min: i64) -> Document {
    doc! { "bsonType": ["int", "long"], "minimum": min }
}

/// A whole number of either sign.
pub fn integer() -> Document {
    doc! { "bsonType": ["int", "long"] }
}

/// An array of at most `max` items.
pub fn list(items: Document, max: i32) -> Document {
    doc! { "bsonType": "array", "items": items, "maxItems": max }
}

/// A moment.
pub fn date() -> Document {
    doc! { "bsonType": "date" }
}

/// Yes or no.
pub fn flag() -> Document {
    doc! { "bsonType": "bool" }
}

/// An ObjectId.
pub fn id() -> Document {
    doc! { "bsonType": "objectId" }
}
