//! What the sender tells of messages that it took.

use super::{
    super::{object_id, verifications::Subject},
    Messages,
};
use crate::{
    model::{
        error::AppError,
        ids::MessageId,
        message::{MessageFailure, MessageState, Report},
    },
    server::{clock::now, store::date},
};
use mongodb::bson::doc;

impl Messages {
    /// Notes a report. One that came before, or that is older than what is known, or is of another try,
    /// changes nothing. Of a code that it tells something new about, says what the code is bound to.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn report(
        &self,
        id: &MessageId,
        sid: &str,
        report: Report,
        failure: Option<MessageFailure>,
    ) -> Result<Option<Subject>, AppError> {
        let (id, at) = (object_id(id.as_str()), date(now()));
        // Its worker has not noted yet that it was taken, or died before that: now it is known.
        let unnoted = doc! { "_id": id, "state": MessageState::Sending.name(), "sid": { "$exists": false } };
        let taken = doc! {
            "$set": { "sid": sid, "state": MessageState::Sent.name(), "sent_at": at, "updated_at": at },
            "$unset": { "sealed": "", "error": "", "detail": "" },
        };
        self.collection.update_one(unnoted, taken).await?;
        let earlier: Vec<&str> = report.earlier().map(Report::name).collect();
        let news = doc! {
            "_id": id,
            "sid": sid,
            "$or": [{ "report": { "$exists": false } }, { "report": { "$in": earlier } }],
        };
        let mut set = doc! { "report": report.name(), "updated_at": at };
        if let Some(failure) = failure {
            set.insert("error", failure.name());
        }
        let update = match failure {
            Some(_) => doc! { "$set": set },
            None => doc! { "$set": set, "$unset": { "error": "" } },
        };
        let noted = self.collection.find_one_and_update(news, update).await?;
        Ok(noted.and_then(|message| message.subject()))
    }
}
