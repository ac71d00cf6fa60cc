//! Numbers that the shop takes no orders from over the internet, and sends no codes to (0030).

use super::{Shop, phone};
use crate::{
    model::{
        customer::{Block, BlockedNumber, CustomerName, MAX_TEXT},
        error::{AppError, Conflict},
        field::{self, FieldError, FieldErrors},
        ids::{BlockId, CustomerId},
        page::{Page, Paging},
        phone::Phone,
    },
    server::store::{Store, blocks::NewBlock, transaction::Aborted, users::customers::ListedCustomer},
};
use mongodb::ClientSession;

impl Shop {
    /// What stands for a number in the list of blocks. Without the key nobody can try out whose it is.
    pub(super) fn block_id(&self, phone: &Phone) -> Result<BlockId, AppError> {
        let hash = self.config.session_key.mac(&["blocked number", phone.as_str()]);
        BlockId::parse(&hash).map_err(|_| AppError::Internal)
    }

    /// Refuses a number that is blocked.
    ///
    /// # Errors
    /// A conflict.
    pub(super) async fn check_not_blocked(&self, phone: &Phone) -> Result<(), AppError> {
        match self.block_of(phone).await? {
            Some(_) => Err(self.refusal_of_blocked().await),
            None => Ok(()),
        }
    }

    /// What a blocked number is told: politely, and where to call. Not why, and not by whom.
    pub(super) async fn refusal_of_blocked(&self) -> AppError {
        // That they are blocked can be said without the shop's phone.
        let call = self.facts().await.ok().and_then(|facts| facts.phone.clone());
        AppError::Conflict { conflict: Conflict::Blocked { call } }
    }

    /// The block of a number.
    pub(super) async fn block_of(&self, phone: &Phone) -> Result<Option<Block>, AppError> {
        self.store.blocks.of(&self.block_id(phone)?).await
    }

    /// Blocks the number of a customer, or gives its block another reason.
    ///
    /// # Errors
    /// A field error for the reason, [`AppError::NotFound`].
    pub async fn block_customer(&self, id: &CustomerId, reason: &str, by: &str) -> Result<(), AppError> {
        let known = self.who(id).await?;
        let reason = read_reason(reason).map_err(|error| AppError::field("reason", error))?;
        self.put_block(&known.phone, reason, by).await
    }

    /// Blocks a number as it was typed: of somebody who never became a customer.
    ///
    /// # Errors
    /// Field errors.
    pub async fn block_number(&self, typed: &str, reason: &str, by: &str) -> Result<(), AppError> {
        let mut errors = FieldErrors::default();
        let phone = errors.check("phone", read_phone(typed));
        let reason = errors.check("reason", read_reason(reason));
        let (Some(phone), Some(reason)) = (phone, reason) else { return Err(AppError::Fields { errors }) };
        self.put_block(&phone, reason, by).await
    }

    async fn put_block(&self, phone: &Phone, reason: String, by: &str) -> Result<(), AppError> {
        let customer = self.store.users.customer(phone).await?.map(|record| record.id);
        let block = NewBlock { id: self.block_id(phone)?, reason, by: by.to_owned(), customer };
        self.store.blocks.put(block).await
    }

    /// Lets a number order again.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn unblock(&self, id: &BlockId) -> Result<(), AppError> {
        self.store.blocks.remove(id).await.map(drop)
    }

    /// The same for a number as it was typed: nothing else tells whose a block is when its customer
    /// was forgotten.
    ///
    /// # Errors
    /// A field error.
    pub async fn unblock_number(&self, typed: &str) -> Result<(), AppError> {
        let phone = read_phone(typed).map_err(|error| AppError::field("number", error))?;
        self.unblock(&self.block_id(&phone)?).await
    }

    /// One page of the blocked numbers, those blocked last first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn blocked_numbers(&self, paging: Paging) -> Result<Page<BlockedNumber>, AppError> {
        let blocks = self.store.blocks.list(paging).await?;
        let ids: Vec<CustomerId> = blocks.items.iter().filter_map(|stored| stored.customer.clone()).collect();
        let known = self.store.users.customers_by_id(&ids).await?;
        Ok(blocks.map(|stored| {
            let customer = stored.customer.and_then(|id| known.iter().find(|known| known.id == id));
            BlockedNumber { block: stored.block, customer: customer.map(named) }
        }))
    }
}

/// Refuses within a transaction: the number may have been blocked since it was looked at.
pub(super) async fn check_within(
    store: &Store,
    session: &mut ClientSession,
    id: &BlockId,
    refusal: &AppError,
) -> Result<(), Aborted> {
    if store.blocks.holds(session, id).await? { Err(Aborted::Refused(refusal.clone())) } else { Ok(()) }
}

fn named(known: &ListedCustomer) -> CustomerName {
    CustomerName { id: known.id.clone(), name: known.name.clone(), phone: known.phone.clone() }
}

fn read_phone(typed: &str) -> Result<Phone, FieldError> {
    if typed.trim().is_empty() {
        Err(FieldError::Required)
    } else {
        phone::read(typed).ok_or(FieldError::Phone)
    }
}

fn read_reason(reason: &str) -> Result<String, FieldError> {
    field::optional_text(reason, MAX_TEXT)?.ok_or(FieldError::Required)
}
