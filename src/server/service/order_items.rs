//! Changing what is in an order: stock, lines, total and what is kept of it change together.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict, Shortage},
        field::{FieldError, FieldErrors},
        ids::{OrderId, ProductId},
        money::Money,
        order::{Actor, LineItem, Order},
        order_items::{ItemsDraft, ItemsForm},
        order_record::{DeskOrder, ItemsChange, LineChange},
        quantity::Quantity,
        time::Timestamp,
    },
    server::{
        clock::now,
        failpoint::reached,
        store::{Store, orders::NewItems, transaction::Aborted},
    },
};
use mongodb::ClientSession;
use std::sync::Arc;

/// What is to become of an order, seen as it was.
struct Plan {
    seen: Order,
    /// Each line as it is, and how many it is to have; `None` takes it out.
    lines: Vec<(LineItem, Option<Quantity>)>,
    /// A product that is not in it yet.
    add: Option<(ProductId, Quantity)>,
    by: Actor,
}

impl Shop {
    /// Gives lines of an order other quantities, takes lines out, adds a product. More pieces are
    /// taken off the shelf as at the checkout, fewer go back on it. Lines keep the price of the
    /// moment of ordering; a product that is added has the price of now.
    ///
    /// # Errors
    /// Field errors, [`AppError::Stock`] with what is left, [`Conflict::Stale`] when the order changed
    /// since the form showed it, [`Conflict::NotEditable`].
    pub async fn change_items(&self, id: &OrderId, form: &ItemsForm, by: Actor) -> Result<Order, AppError> {
        let draft = form.parse()?;
        let (order, record) = self.store.orders.with_record(id).await?;
        if order.updated_at != draft.version {
            return Err(stale());
        }
        if !DeskOrder::editable(order.status) {
            return Err(AppError::Conflict { conflict: Conflict::NotEditable });
        }
        if record.changes.len() >= ItemsChange::MOST as usize {
            return Err(AppError::field("quantities", FieldError::TooMany { max: ItemsChange::MOST }));
        }
        let plan = plan(order, draft, by)?;
        if plan.changes_nothing() {
            return Ok(plan.seen);
        }
        let _turn = self.shelves.turn(plan.shelves()).await;
        let (store, plan) = (self.store.clone(), Arc::new(plan));
        self.store
            .transaction(move |session| {
                let (store, plan) = (store.clone(), Arc::clone(&plan));
                Box::pin(async move { carry_out(&store, session, &plan).await })
            })
            .await?;
        Ok(self.store.orders.by_id(id).await?.order)
    }
}

impl Plan {
    fn changes_nothing(&self) -> bool {
        self.add.is_none() && self.lines.iter().all(|(line, to)| Some(line.quantity) == *to)
    }

    fn shelves(&self) -> impl Iterator<Item = &ProductId> {
        let changed = self.lines.iter().filter(|(line, to)| Some(line.quantity) != *to);
        changed.map(|(line, _)| &line.product_id).chain(self.add.iter().map(|(product, _)| product))
    }
}

fn stale() -> AppError {
    AppError::Conflict { conflict: Conflict::Stale }
}

/// What the form asks for, held against the order.
fn plan(seen: Order, draft: ItemsDraft, by: Actor) -> Result<Plan, AppError> {
    let ItemsDraft { mut quantities, add, .. } = draft;
    let mut errors = FieldErrors::default();
    let mut lines: Vec<(LineItem, Option<Quantity>)> = Vec::new();
    for line in &seen.items {
        let to = quantities.remove(&line.product_id).unwrap_or(Some(line.quantity));
        lines.push((line.clone(), to));
    }
    if !quantities.is_empty() {
        errors.add("quantities", FieldError::Choice);
    }
    let add = add.filter(|(product, more)| {
        let Some((_, to)) = lines.iter_mut().find(|(line, _)| line.product_id == *product) else {
            return true;
        };
        // A product that is in the order already is no new line.
        let sum = i64::from(*more) + to.map_or(0, i64::from);
        match Quantity::new(sum) {
            Ok(sum) => *to = Some(sum),
            Err(_) => {
                errors.add("add_quantity", FieldError::Range { min: 1, max: i64::from(Quantity::MAX) });
            }
        }
        false
    });
    let left = lines.iter().filter(|(_, to)| to.is_some()).count() + usize::from(add.is_some());
    match left {
        0 => errors.add("quantities", FieldError::Required),
        1..=100 => {}
        _ => errors.add("add", FieldError::TooMany { max: 100 }),
    }
    if errors.is_empty() { Ok(Plan { seen, lines, add, by }) } else { Err(AppError::Fields { errors }) }
}

async fn carry_out(store: &Store, session: &mut ClientSession, plan: &Plan) -> Result<(), Aborted> {
    let (mut items, mut changes, mut shortages) = (Vec::new(), Vec::new(), Vec::new());
    for (line, to) in &plan.lines {
        let (had, wanted) = (line.quantity.get(), to.map_or(0, Quantity::get));
        let product = &line.product_id;
        if let Ok(more) = Quantity::new(i64::from(wanted) - i64::from(had)) {
            if !store.products.take_more(session, product, more).await? {
                let left = store.products.if_there(session, product).await?.map_or(0, |left| left.stock);
                shortages.push(shortage(product, &line.product_name, left));
            }
        } else if let Ok(fewer) = Quantity::new(i64::from(had) - i64::from(wanted)) {
            store.products.give_back(session, product, fewer).await?;
        }
        if had != wanted {
            changes.push(change(line, had, wanted));
        }
        if let Some(quantity) = to {
            items.push(of(line.clone(), *quantity)?);
        }
    }
    if let Some((product, quantity)) = &plan.add {
        match take_new(store, session, product, *quantity, plan.seen.locale).await? {
            Ok(line) => {
                changes.push(change(&line, 0, quantity.get()));
                items.push(line);
            }
            Err(short) => shortages.push(short),
        }
    }
    if !shortages.is_empty() {
        return Err(AppError::Stock { shortages }.into());
    }
    reached("items.stock_moved");
    let total = sum(&items, plan.seen.delivery_fee)?;
    // Later than the version that it replaces, also within one millisecond.
    let at = now().max(Timestamp(plan.seen.updated_at.0 + 1));
    let (by, total_from) = (plan.by.clone(), plan.seen.total);
    let change = ItemsChange { by, at, lines: changes, total_from, total_to: total };
    let new = NewItems { seen: &plan.seen, items: &items, total, change: &change };
    if store.orders.replace_items(session, &new).await? { Ok(()) } else { Err(stale().into()) }
}

/// Takes a product off the shelf at its price of now; what is left of it when there is not enough.
pub(super) async fn take_new(
    store: &Store,
    session: &mut ClientSession,
    product: &ProductId,
    quantity: Quantity,
    l: crate::model::locale::Locale,
) -> Result<Result<LineItem, Shortage>, Aborted> {
    let Some(found) = store.products.if_there(session, product).await? else {
        return Err(AppError::missing(crate::model::error::Missing::Product).into());
    };
    let name = found.name(l).to_owned();
    if !store.products.take_stock(session, product, quantity, found.price).await? {
        return Ok(Err(shortage(product, &name, if found.active { found.stock } else { 0 })));
    }
    let line = LineItem {
        product_id: product.clone(),
        product_name: name,
        quantity,
        unit_price: found.price,
        total_price: Money::ZERO,
        food: found.food.of_line(),
    };
    Ok(Ok(of(line, quantity)?))
}

/// The sum of lines and fee.
pub(super) fn sum(items: &[LineItem], fee: Money) -> Result<Money, AppError> {
    let total = items.iter().try_fold(fee, |sum, line| sum.plus(line.total_price));
    total.ok_or_else(|| AppError::field("quantities", FieldError::Money))
}

fn of(line: LineItem, quantity: Quantity) -> Result<LineItem, AppError> {
    let total_price = line.unit_price.times(quantity.get());
    let total_price = total_price.ok_or_else(|| AppError::field("quantities", FieldError::Money))?;
    Ok(LineItem { quantity, total_price, ..line })
}

fn change(line: &LineItem, from: u32, to: u32) -> LineChange {
    LineChange { product_id: line.product_id.clone(), product_name: line.product_name.clone(), from, to }
}

fn shortage(product: &ProductId, name: &str, available: u32) -> Shortage {
    Shortage { product_id: product.clone(), name: name.to_owned(), available }
}
