//! What is to be baked, packed and handed out on a day.

use super::Shop;
use crate::{
    model::{
        checkout::DeliveryType,
        day::Day,
        error::{AppError, Missing},
        ids::OrderId,
        kitchen::{BakeList, DayOrders, ProductCount, Slip, Tray},
        locale::Locale,
        order::Order,
    },
    server::{clock::today, qr, store::orders::kitchen::OfDay},
};
use std::collections::HashMap;

/// The day that an address asks for; today when it asks for none.
fn asked(day: &str, today: Day) -> Day {
    Day::parse(day.trim()).unwrap_or(today)
}

/// Orders without a day wait for today, whenever that is: somebody must notice them.
fn of(day: Day, today: Day, delivery: Option<DeliveryType>) -> OfDay {
    OfDay { day, undated: day == today, delivery }
}

impl Shop {
    /// What to bake and pack on a day, by shelf.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn bake_list(&self, day: &str, l: Locale) -> Result<BakeList, AppError> {
        let today = today();
        let day = asked(day, today);
        let wanted = of(day, today, None);
        let trays = self.on_trays(self.store.orders.pieces(wanted).await?, l).await?;
        Ok(BakeList { day, today, trays, orders: self.store.orders.count_of_day(wanted).await? })
    }

    /// Counts by shelf in the order of the shelves, those of products that are gone last.
    async fn on_trays(&self, counts: Vec<ProductCount>, l: Locale) -> Result<Vec<Tray>, AppError> {
        let products = self.store.products.by_ids(counts.iter().map(|count| &count.id)).await?;
        let mut known: HashMap<_, _> =
            products.into_iter().map(|product| (product.id.clone(), product)).collect();
        let shelves = self.all_categories().await?;
        let mut trays: Vec<Tray> = shelves
            .iter()
            .map(|shelf| Tray { shelf: Some(shelf.name(l).to_owned()), products: Vec::new() })
            .collect();
        trays.push(Tray { shelf: None, products: Vec::new() });
        for mut count in counts {
            let product = known.remove(&count.id);
            let place = product.as_ref().and_then(|product| {
                count.name = product.text.name(l).to_owned();
                shelves.iter().position(|shelf| shelf.id == product.category_id)
            });
            if let Some(tray) = trays.get_mut(place.unwrap_or(shelves.len())) {
                tray.products.push(count);
            }
        }
        trays.retain(|tray| !tray.products.is_empty());
        for tray in &mut trays {
            tray.products.sort_by_key(|product| product.name.to_lowercase());
        }
        Ok(trays)
    }

    /// The orders to pack on a day, the oldest first.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn to_pack(&self, day: &str) -> Result<DayOrders<Order>, AppError> {
        self.of_day(day, None).await
    }

    /// The orders that are picked up on a day, by name.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn pickups(&self, day: &str) -> Result<DayOrders<Order>, AppError> {
        let mut found = self.of_day(day, Some(DeliveryType::Pickup)).await?;
        found.orders.sort_by_key(|order| (order.customer_name.to_lowercase(), order.number.clone()));
        Ok(found)
    }

    /// The orders that are brought on a day, by area, town and street.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn deliveries(&self, day: &str) -> Result<DayOrders<Order>, AppError> {
        let mut found = self.of_day(day, Some(DeliveryType::Delivery)).await?;
        found.orders.sort_by_key(|order| {
            let address = order.delivery.address();
            let town = address.map(|address| address.city.to_lowercase());
            (order.place.clone(), town, address.map(|address| address.street.to_lowercase()))
        });
        Ok(found)
    }

    /// One order, whatever its day and its status.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn one_to_pack(&self, id: &str) -> Result<DayOrders<Order>, AppError> {
        let id = OrderId::parse(id).map_err(|_| AppError::missing(Missing::Order))?;
        Ok(DayOrders { day: None, today: today(), orders: vec![self.any_order(&id).await?] })
    }

    /// Slips for these orders; `address` makes the whole address of a path.
    pub fn slips(&self, found: DayOrders<Order>, address: impl Fn(&str) -> String) -> DayOrders<Slip> {
        let slip = |order: Order| {
            let address = address(&format!("/admin/orders/{}", order.id));
            // A shop that does not know its own address cannot send a camera there.
            let code = if address.starts_with('/') { None } else { qr::drawing(&address) };
            Slip { code, address, order }
        };
        let DayOrders { day, today, orders } = found;
        DayOrders { day, today, orders: orders.into_iter().map(slip).collect() }
    }

    async fn of_day(&self, day: &str, delivery: Option<DeliveryType>) -> Result<DayOrders<Order>, AppError> {
        let today = today();
        let day = asked(day, today);
        let orders = self.store.orders.of_day(of(day, today, delivery)).await?;
        Ok(DayOrders { day: Some(day), today, orders })
    }
}
