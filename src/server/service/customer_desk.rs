//! The producer's work on customers: finding them, reading what is known, keeping notes.

use super::Shop;
use crate::{
    model::{
        customer::{
            CustomerFigures, CustomerFile, CustomerMemory, CustomerName, CustomerRow, Erasure, MAX_TEXT,
        },
        error::{AppError, Missing},
        field::{self, FieldError},
        ids::{CustomerId, NoteId, OrderId},
        order::Actor,
        page::{Page, Paging},
        phone::Phone,
        session::Customer,
    },
    server::{
        clock::wall,
        service::privacy::PersonalData,
        store::{
            orders::{NO_PHONE, PhoneFigures},
            users::{CustomerRecord, customers::CustomerQuery, notes::MAX_NOTES},
        },
    },
};
use std::collections::{HashMap, HashSet};

impl Shop {
    /// One page of the customers. The order of the list is as old as the job's last look
    /// ([`Shop::count_customers`]); what stands in it is of now.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn customers(
        &self,
        query: &CustomerQuery,
        paging: Paging,
    ) -> Result<Page<CustomerRow>, AppError> {
        let listed = self.store.users.list_customers(query, paging).await?;
        let phones: Vec<Phone> = listed.items.iter().map(|customer| customer.phone.clone()).collect();
        let figures = self.store.orders.figures_of(&phones).await?;
        let blocked = self.blocked_among(&phones).await?;
        Ok(listed.map(|customer| CustomerRow {
            figures: shown(figures_in(&figures, &customer.phone)),
            blocked: blocked.contains(&customer.phone),
            id: customer.id,
            name: customer.name,
            phone: customer.phone,
        }))
    }

    async fn blocked_among(&self, phones: &[Phone]) -> Result<HashSet<Phone>, AppError> {
        let ids: Vec<_> = phones.iter().map(|phone| self.block_id(phone)).collect::<Result<_, _>>()?;
        let blocked = self.store.blocks.among(&ids).await?;
        let hit = phones.iter().zip(&ids).filter(|(_, id)| blocked.contains(id));
        Ok(hit.map(|(phone, _)| phone.clone()).collect())
    }

    /// Who is meant by an id: of a record, or of any order. The number of who was forgotten is
    /// nobody's.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub(super) async fn who(&self, id: &CustomerId) -> Result<CustomerName, AppError> {
        let named = |name, phone| CustomerName { id: id.clone(), name, phone };
        if let Some(known) = self.store.users.customer_by_id(id).await? {
            return Ok(named(known.name, known.phone));
        }
        let order = OrderId::parse(id.as_str()).map_err(|_| AppError::missing(Missing::Customer))?;
        match self.store.orders.by_id(&order).await {
            Ok(stored) if stored.order.customer_phone.as_str() != NO_PHONE => {
                Ok(named(stored.order.customer_name, stored.order.customer_phone))
            }
            Ok(_) | Err(AppError::NotFound { .. }) => Err(AppError::missing(Missing::Customer)),
            Err(error) => Err(error),
        }
    }

    /// All that the producer sees of a customer, with one page of the orders.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn customer_file(&self, id: &CustomerId, paging: Paging) -> Result<CustomerFile, AppError> {
        let CustomerName { id, name, phone } = self.who(id).await?;
        let record = self.store.users.customer(&phone).await?;
        let figures = self.store.orders.figures_of(std::slice::from_ref(&phone)).await?;
        Ok(CustomerFile {
            figures: shown(figures_in(&figures, &phone)),
            orders: self.store.orders.page_of_phone(&phone, paging).await?,
            block: self.block_of(&phone).await?,
            name: record.as_ref().map_or(name, |record| record.name.clone()),
            memory: record.map(memory),
            id,
            phone,
        })
    }

    /// Adds a note about a customer who is remembered.
    ///
    /// # Errors
    /// A field error, [`AppError::NotFound`].
    pub async fn add_note_on(&self, id: &CustomerId, text: &str, by: &str) -> Result<(), AppError> {
        let record = self.record_of(id).await?;
        let wrong = |error| AppError::field("note", error);
        let text = field::optional_text(text, MAX_TEXT).map_err(wrong)?;
        let text = text.ok_or_else(|| wrong(FieldError::Required))?;
        if self.store.users.add_note(&record.id, &text, by).await? {
            return Ok(());
        }
        Err(wrong(FieldError::Range { min: 0, max: i64::from(MAX_NOTES) }))
    }

    /// Removes a note.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the customer is not remembered.
    pub async fn remove_note(&self, id: &CustomerId, note: &NoteId) -> Result<(), AppError> {
        let record = self.record_of(id).await?;
        self.store.users.remove_note(&record.id, note).await
    }

    async fn record_of(&self, id: &CustomerId) -> Result<CustomerRecord, AppError> {
        let known = self.who(id).await?;
        let record = self.store.users.customer(&known.phone).await?;
        record.ok_or(AppError::missing(Missing::Customer))
    }

    /// All that is kept of a customer, for the producer to hand over: the same as the customer gets.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn data_of_customer(&self, id: &CustomerId) -> Result<PersonalData, AppError> {
        let known = self.who(id).await?;
        self.personal_data(&as_customer(known)).await
    }

    /// What the producer is shown before a customer is forgotten.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn erasure(&self, id: &CustomerId) -> Result<Erasure, AppError> {
        let known = self.who(id).await?;
        let blocked = self.block_of(&known.phone).await?.is_some();
        Ok(Erasure { id: id.clone(), kept: self.kept(&as_customer(known)).await?, blocked })
    }

    /// Forgets a customer in the producer's name, by the rule for customers themselves (0020).
    ///
    /// # Errors
    /// [`AppError::NotFound`], a conflict while an order is being worked on.
    pub async fn forget_customer(&self, id: &CustomerId, actor: Actor) -> Result<(), AppError> {
        let known = self.who(id).await?;
        self.forget_number(&known.phone, None, actor).await
    }
}

fn as_customer(known: CustomerName) -> Customer {
    Customer { phone: known.phone, name: known.name }
}

fn memory(record: CustomerRecord) -> CustomerMemory {
    CustomerMemory {
        since: wall(record.created_at),
        kept_until: wall(record.expires_at),
        notes: record.notes,
    }
}

fn figures_in(all: &HashMap<Phone, PhoneFigures>, phone: &Phone) -> PhoneFigures {
    all.get(phone).copied().unwrap_or_default()
}

fn shown(figures: PhoneFigures) -> CustomerFigures {
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    CustomerFigures {
        orders: count(figures.orders),
        spent: figures.spent,
        cancelled: count(figures.cancelled),
        first: figures.first.map(wall),
        last: figures.last.map(wall),
    }
}
