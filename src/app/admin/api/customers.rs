//! The producer's work on customers. An id stands for the number, which never stands in an address.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        customer::{BlockedNumber, CustomerFile, CustomerRow, Erasure},
        error::AppError,
        ids::{BlockId, CustomerId, NoteId},
        page::Page,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Customers on one page of the list, and blocked numbers on one page of theirs.
pub const PER_PAGE: u32 = 25;
/// Orders on the page of a customer.
pub const ORDERS_PER_PAGE: u32 = 10;

/// One page of the customers.
#[server(prefix = "/fn", endpoint = "admin/customers/list", input = GetUrl)]
pub async fn load_customers(
    #[server(default)] q: String,
    #[server(default)] sort: String,
    #[server(default)] page: String,
) -> Result<Signed<Page<CustomerRow>>, AppError> {
    use crate::{
        model::{customer::CustomerSort, page::Paging},
        server::{context::Here, store::users::customers::CustomerQuery},
    };
    let here = Here::get()?;
    let admin = here.owner().await?.admin;
    let query = CustomerQuery { search: q, sort: CustomerSort::named(&sort) };
    let data = here.shop.customers(&query, Paging::new(page.parse().unwrap_or(1), PER_PAGE)).await?;
    Ok(Signed { admin, data })
}

/// A customer, with one page of the orders.
#[server(prefix = "/fn", endpoint = "admin/customers/view", input = GetUrl)]
pub async fn load_customer(
    id: String,
    #[server(default)] page: String,
) -> Result<Signed<CustomerFile>, AppError> {
    use crate::model::{error::Missing, page::Paging};
    let here = crate::server::context::Here::get()?;
    let admin = here.owner().await?.admin;
    let id = CustomerId::parse(&id).map_err(|_| AppError::missing(Missing::Customer))?;
    let paging = Paging::new(page.parse().unwrap_or(1), ORDERS_PER_PAGE);
    Ok(Signed { admin, data: here.shop.customer_file(&id, paging).await? })
}

/// What would become of a customer's data.
#[server(prefix = "/fn", endpoint = "admin/customers/erasure", input = GetUrl)]
pub async fn load_erasure(id: String) -> Result<Signed<Erasure>, AppError> {
    use crate::model::error::Missing;
    let here = crate::server::context::Here::get()?;
    let admin = here.owner().await?.admin;
    let id = CustomerId::parse(&id).map_err(|_| AppError::missing(Missing::Customer))?;
    Ok(Signed { admin, data: here.shop.erasure(&id).await? })
}

/// One page of the blocked numbers.
#[server(prefix = "/fn", endpoint = "admin/customers/blocked", input = GetUrl)]
pub async fn load_blocked(#[server(default)] page: String) -> Result<Signed<Page<BlockedNumber>>, AppError> {
    use crate::model::page::Paging;
    let here = crate::server::context::Here::get()?;
    let admin = here.owner().await?.admin;
    let data = here.shop.blocked_numbers(Paging::new(page.parse().unwrap_or(1), PER_PAGE)).await?;
    Ok(Signed { admin, data })
}

/// Adds a note.
#[server(prefix = "/fn", endpoint = "admin/customers/note")]
pub async fn add_note(
    customer: CustomerId,
    #[server(default)] note: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let by = here.owner_form(&csrf).await?.admin.username;
    here.shop.add_note_on(&customer, &note, &by).await?;
    Ok(here.next(&format!("/admin/customers/{customer}?saved=note")))
}

/// Removes a note.
#[server(prefix = "/fn", endpoint = "admin/customers/note/remove")]
pub async fn remove_note(
    customer: CustomerId,
    note: NoteId,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.remove_note(&customer, &note).await?;
    Ok(here.next(&format!("/admin/customers/{customer}?saved=note-removed")))
}

/// Blocks the number of a customer.
#[server(prefix = "/fn", endpoint = "admin/customers/block")]
pub async fn block_customer(
    customer: CustomerId,
    #[server(default)] reason: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let by = here.owner_form(&csrf).await?.admin.username;
    here.shop.block_customer(&customer, &reason, &by).await?;
    Ok(here.next(&format!("/admin/customers/{customer}?saved=blocked")))
}

/// Blocks a number that was typed.
#[server(prefix = "/fn", endpoint = "admin/customers/block-number")]
pub async fn block_number(
    #[server(default)] phone: String,
    #[server(default)] reason: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let by = here.owner_form(&csrf).await?.admin.username;
    here.shop.block_number(&phone, &reason, &by).await?;
    Ok(here.next("/admin/customers/blocked?saved=blocked"))
}

/// Lets a number order again, and goes back to its customer or to the list of blocked numbers.
#[server(prefix = "/fn", endpoint = "admin/customers/unblock")]
pub async fn unblock(
    block: BlockId,
    #[server(default)] customer: Option<CustomerId>,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.unblock(&block).await?;
    let page = customer.map_or_else(|| "blocked".to_owned(), |customer| customer.to_string());
    Ok(here.next(&format!("/admin/customers/{page}?saved=unblocked")))
}

/// Lets a number that was typed order again: nothing else tells which block is whose when the
/// customer was forgotten.
#[server(prefix = "/fn", endpoint = "admin/customers/unblock-number")]
pub async fn unblock_number(
    #[server(default)] number: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.unblock_number(&number).await?;
    Ok(here.next("/admin/customers/blocked?saved=unblocked"))
}

/// Forgets a customer.
#[server(prefix = "/fn", endpoint = "admin/customers/erase")]
pub async fn erase_customer(customer: CustomerId, #[server(default)] csrf: String) -> Result<Next, AppError> {
    use crate::model::order::Actor;
    let here = crate::server::context::Here::get()?;
    let actor = Actor::Admin(here.owner_form(&csrf).await?.admin.username);
    here.shop.forget_customer(&customer, actor).await?;
    Ok(here.next("/admin/customers?saved=erased"))
}
