//! Messages to customers: written with the change they tell of, sent by a worker.

use crate::harness::{TestShop, at_once, phone, within_one_window};
use mongodb::bson::doc;
use vatra::{
    model::{
        cancel_reason::CancelForm,
        error::{AppError, Conflict, Missing},
        field::FieldError,
        ids::MessageId,
        message::{Message, MessageFailure, MessageKind, MessageState, Occasion},
        message_texts::MessageTexts,
        message_times::{HOLD, LEASE, USEFUL},
        order::{Actor, Order},
        phone::Phone,
        product::Product,
        session::Customer,
        status::OrderStatus::{self, Cancelled, Completed, Confirmed, Processing, Ready},
        time::Timestamp,
    },
    server::{clock::now, service::Shop},
};

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

async fn ready() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 500).await;
    (shop, bread)
}

/// A new order that has come so far.
async fn order(shop: &TestShop, bread: &Product, steps: &[OrderStatus]) -> Order {
    let mut order = shop.pending(&[(bread, 2)], &phone()).await;
    for step in steps {
        order = shop.change_status(&order.id, *step, ina(), None).await.unwrap();
    }
    order
}

const TO_READY: &[OrderStatus] = &[Confirmed, Processing, Ready];

/// When a message that was just written is sent.
fn soon() -> Timestamp {
    now().plus_seconds(HOLD + 1)
}

async fn send(shop: &Shop, at: Timestamp) -> usize {
    shop.send_due(|| at).await.unwrap()
}

/// What its customer is told; its code is another thing.
async fn messages(shop: &Shop, order: &Order) -> Vec<Message> {
    let all = shop.store.messages.of_order(&order.id).await.unwrap();
    all.into_iter().filter(|message| message.kind != MessageKind::Code).collect()
}

async fn states(shop: &Shop, order: &Order) -> Vec<(Occasion, MessageState)> {
    let messages = messages(shop, order).await;
    let told = |kind| match kind {
        MessageKind::Told(occasion) => occasion,
        MessageKind::Code => unreachable!("filtered"),
    };
    messages.into_iter().map(|message| (told(message.kind), message.state)).collect()
}

#[tokio::test]
async fn a_customer_is_told_that_an_order_is_ready_and_not_that_it_was_confirmed() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    assert_eq!(states(&shop, &order).await, [(Occasion::Ready, MessageState::Queued)]);
    let before = shop.sms.count();
    assert_eq!(send(&shop, now()).await, 0, "a step taken back at once tells nobody");
    assert_eq!(send(&shop, soon()).await, 1);
    assert_eq!(send(&shop, soon()).await, 0, "once");
    assert_eq!(shop.sms.count(), before + 1);
    let body = shop.sms.last(&order.customer_phone);
    assert!(body.contains(order.number.as_str()) && body.is_ascii(), "{body}");
    let [message] = &messages(&shop, &order).await[..] else { panic!("one message") };
    assert!(message.state == MessageState::Sent && message.sent_at.is_some() && message.body == Some(body));
}

#[tokio::test]
async fn the_code_confirms_by_message_where_the_producer_wants_it() {
    let (shop, bread) = ready().await;
    let mut texts = MessageTexts::default();
    texts.confirmed.on = true;
    texts.confirmed.ro = "Mulțumim, {name}! {number}, {day}, {place}. {shop}".into();
    shop.set_message_texts(texts).await.unwrap();
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let number = phone();
    let confirmed = shop.confirmed(&cart, &number).await;
    send(&shop, soon()).await;
    let said = shop.sms.last(&confirmed.order.customer_phone);
    let expected =
        format!("Multumim, Ana Pop! {}, ziua stabilita, locul stabilit. Vatra", confirmed.order.number);
    assert_eq!(said, expected);

    // Who has proved the number is confirmed at once, and told so as well.
    let customer = shop.customer(Some(&confirmed.token)).await.unwrap();
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let request =
        vatra::server::service::checkout::PlaceOrder { customer, ..crate::harness::request(&cart, &number) };
    let placed = shop.place_order(request).await.unwrap();
    assert_eq!(states(&shop, &placed.order).await, [(Occasion::Confirmed, MessageState::Queued)]);
}

#[tokio::test]
async fn a_step_taken_back_before_the_message_left_is_not_told() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    shop.change_status(&order.id, Completed, ina(), None).await.unwrap();
    let before = shop.sms.count();
    assert_eq!(send(&shop, soon()).await, 0);
    assert_eq!(states(&shop, &order).await, [(Occasion::Ready, MessageState::Withdrawn)]);
    assert_eq!(shop.sms.count(), before);
}

#[tokio::test]
async fn an_order_that_nobody_confirmed_is_cancelled_in_silence() {
    let (shop, bread) = ready().await;
    let by_hand = order(&shop, &bread, &[Cancelled]).await;
    let with_reason = order(&shop, &bread, &[]).await;
    let form = CancelForm { reason: "mistake".into(), tell: true, ..CancelForm::default() };
    shop.cancel_order(&with_reason.id, &form, ina()).await.unwrap();
    let overdue = order(&shop, &bread, &[]).await;
    shop.cancel_overdue(now().plus_seconds(7200)).await.unwrap();
    assert_eq!(shop.any_order(&overdue.id).await.unwrap().status, Cancelled);
    for order in [by_hand, with_reason, overdue] {
        assert_eq!(states(&shop, &order).await, [], "the number may be somebody else's");
    }
}

#[tokio::test]
async fn who_cancels_says_why_and_the_customer_hears_the_friendly_half() {
    let (shop, bread) = ready().await;
    let told = order(&shop, &bread, &[Confirmed]).await;
    let untold = order(&shop, &bread, &[Confirmed, Processing]).await;
    let stock = shop.stock_of(&bread).await;
    let form = |tell| CancelForm { reason: "sold_out".into(), words: "s-a ars cuptorul".into(), tell };
    shop.cancel_order(&told.id, &form(true), ina()).await.unwrap();
    shop.cancel_order(&untold.id, &form(false), ina()).await.unwrap();
    assert_eq!(shop.stock_of(&bread).await, stock + 4);
    assert_eq!(send(&shop, soon()).await, 1);
    let body = shop.sms.last(&told.customer_phone);
    assert!(body.contains("Ne pare rau, nu mai avem destul") && !body.contains("cuptor"), "{body}");
    assert_eq!(states(&shop, &untold).await, []);
    let desk = shop.desk_order(&told.id, vatra::model::locale::Locale::Ro).await.unwrap();
    let desk = serde_json::to_string(&desk.events).unwrap();
    assert!(desk.contains("sold_out") && desk.contains("s-a ars cuptorul"), "{desk}");
    let customers = serde_json::to_string(&desk_free(&shop, &told).await).unwrap();
    assert!(!customers.contains("cuptorul") && !customers.contains("sold_out"), "{customers}");
}

/// The order as its customer gets it.
async fn desk_free(shop: &TestShop, order: &Order) -> Order {
    let customer = Customer { phone: order.customer_phone.clone(), name: "Ana".into() };
    shop.order_for(&order.id, Some(&customer), None).await.unwrap()
}

#[tokio::test]
async fn a_reason_is_required_and_a_step_that_is_not_allowed_changes_nothing() {
    let (shop, bread) = ready().await;
    let done = order(&shop, &bread, &[Confirmed, Processing, Ready, Completed]).await;
    let open = order(&shop, &bread, &[Confirmed]).await;
    let none = CancelForm::default();
    let refused = shop.cancel_order(&open.id, &none, ina()).await.unwrap_err();
    assert_eq!(refused, AppError::field("reason", FieldError::Required));
    let form = CancelForm { reason: "asked".into(), ..none };
    let refused = shop.cancel_order(&done.id, &form, ina()).await.unwrap_err();
    assert!(matches!(refused, AppError::Conflict { conflict: Conflict::Transition { .. } }), "{refused:?}");
    assert_eq!(shop.any_order(&open.id).await.unwrap().status, Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_workers_at_several_instances_send_each_message_once() {
    let (shop, bread) = ready().await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(order(&shop, &bread, TO_READY).await);
    }
    let before = shop.sms.count();
    let instances = [shop.instance(), shop.second_instance().await];
    let at = soon();
    let sent = at_once(6, |number| {
        let shop = instances[number % 2].clone();
        async move { send(&shop, at).await }
    });
    assert_eq!(sent.await.into_iter().sum::<usize>(), 6);
    assert_eq!(shop.sms.count(), before + 6);
    for order in &orders {
        assert_eq!(states(&shop, order).await, [(Occasion::Ready, MessageState::Sent)]);
    }
}

/// A worker that died with a message in its hands; and one that was only slow.
#[tokio::test]
async fn what_a_worker_has_left_is_taken_up_after_its_lease() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    let at = soon();
    let slow = shop.store.messages.claim(at).await.unwrap().expect("claimed").message;
    assert_eq!((slow.state, slow.tries), (MessageState::Sending, 1));
    assert_eq!(send(&shop, at.plus_seconds(LEASE - 1)).await, 0, "it is in somebody's hands");
    assert_eq!(send(&shop, at.plus_seconds(LEASE)).await, 1);
    use vatra::server::store::messages::Outcome;
    let outcome = Outcome::Failed(MessageFailure::Unavailable, None);
    assert_eq!(shop.store.messages.settle(&slow, &outcome).await, Ok(false));
    assert_eq!(states(&shop, &order).await, [(Occasion::Ready, MessageState::Sent)], "too late to say so");
}

#[tokio::test]
async fn a_sender_that_is_away_is_asked_again_and_at_last_given_up() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    shop.sms.set_broken(true);
    let mut at = soon();
    for tries in 1..=4 {
        assert_eq!(send(&shop, at).await, 0);
        let [message] = &messages(&shop, &order).await[..] else { panic!("one message") };
        assert_eq!((message.state, message.tries), (MessageState::Queued, tries));
        assert_eq!(message.failure, Some(MessageFailure::Unavailable));
        assert_eq!(send(&shop, at).await, 0, "not before the pause is over");
        at = at.plus_seconds(1800);
    }
    send(&shop, at).await;
    let [failed] = &messages(&shop, &order).await[..] else { panic!("one message") };
    assert_eq!((failed.state, failed.tries), (MessageState::Failed, 5));
    assert_eq!(send(&shop, at.plus_seconds(36_000)).await, 0, "given up");

    shop.sms.set_broken(false);
    let again = shop.send_again(&failed.id).await.unwrap();
    assert_eq!((again.state, &again.order), (MessageState::Queued, &Some(order.id.clone())));
    let refused = shop.send_again(&failed.id).await.unwrap_err();
    assert_eq!(refused, AppError::Conflict { conflict: Conflict::NotFailed });
    assert_eq!(send(&shop, now()).await, 1, "at once");
    let nobodys = MessageId::parse("507f1f77bcf86cd799439011").unwrap();
    assert_eq!(shop.send_again(&nobodys).await, Err(AppError::missing(Missing::Message)));
}

#[tokio::test]
async fn a_message_that_waited_for_hours_is_of_no_use() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    assert_eq!(send(&shop, soon().plus_seconds(USEFUL)).await, 0);
    let [message] = &messages(&shop, &order).await[..] else { panic!("one message") };
    assert_eq!((message.state, message.failure), (MessageState::Failed, Some(MessageFailure::TooLate)));
}

#[tokio::test]
async fn a_budget_that_is_used_up_holds_the_message_and_not_the_order() {
    let (status, message, sent) = within_one_window(3600, async || {
        let shop = TestShop::open_with(&[("SMS_PER_DAY", "1")]).await;
        let bread = shop.product("Pâine", 1250, 500).await;
        // Its code takes the one SMS of the day.
        let order = order(&shop, &bread, TO_READY).await;
        send(&shop, soon()).await;
        (order.status, messages(&shop, &order).await.remove(0), shop.sms.count())
    })
    .await;
    assert_eq!((status, sent), (Ready, 1));
    assert_eq!((message.state, message.failure), (MessageState::Queued, Some(MessageFailure::Budget)));
}

#[tokio::test]
async fn the_same_is_told_once_however_often_it_comes_true() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    send(&shop, soon()).await;
    // The step is taken back and taken again, as the board's undo does.
    let back = doc! { "status": "processing" };
    shop.set("orders", doc! { "order_number": order.number.as_str() }, back).await;
    shop.change_status(&order.id, Ready, ina(), None).await.unwrap();
    assert_eq!(states(&shop, &order).await, [(Occasion::Ready, MessageState::Sent)]);
}

#[tokio::test]
async fn english_is_written_to_who_ordered_in_english() {
    let (shop, bread) = ready().await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let number = phone();
    let request = crate::harness::request(&cart, &number);
    let l = vatra::model::locale::Locale::En;
    let request = vatra::server::service::checkout::PlaceOrder { locale: l, ..request };
    let order = shop.place_order(request).await.unwrap().order;
    for step in TO_READY {
        shop.change_status(&order.id, *step, ina(), None).await.unwrap();
    }
    send(&shop, soon()).await;
    assert!(shop.sms.last(&order.customer_phone).contains("is ready"));
}

#[tokio::test]
async fn texts_are_kept_and_wrong_ones_change_nothing() {
    let (shop, _) = ready().await;
    assert_eq!(shop.message_texts().await, Ok(MessageTexts::default()));
    let mut texts = MessageTexts { plain: false, ..MessageTexts::default() };
    texts.ready.ro = "  Vino după {number}!\r\n{shop} ".into();
    let kept = shop.set_message_texts(texts.clone()).await.unwrap();
    assert_eq!(kept.ready.ro, "Vino după {number}!\n{shop}");
    assert_eq!(shop.second_instance().await.message_texts().await, Ok(kept.clone()));
    texts.cancelled.en = "{nobody}".into();
    let refused = shop.set_message_texts(texts).await.unwrap_err();
    let wrong = FieldError::Placeholder { name: "{nobody}".into() };
    assert_eq!(refused, AppError::field("cancelled_en", wrong));
    assert_eq!(shop.message_texts().await, Ok(kept));
    // The facts of the shop stand in a document of their own.
    assert!(shop.read_facts().await.is_ok());
}

#[tokio::test]
async fn who_is_forgotten_has_no_messages_and_no_notes() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, TO_READY).await;
    send(&shop, soon()).await;
    shop.add_note(&order.id, "sună la vecina Safta", "ina").await.unwrap();
    let form = CancelForm { reason: "other".into(), words: "Safta a plecat".into(), tell: true };
    shop.cancel_order(&order.id, &form, ina()).await.unwrap();
    let other = self::order(&shop, &bread, TO_READY).await;
    let customer = Customer { phone: order.customer_phone.clone(), name: "Ana".into() };
    let kept = shop.personal_data(&customer).await.unwrap().messages;
    let kinds: Vec<_> = kept.iter().map(|message| message.kind.name()).collect();
    assert_eq!(kinds, ["code", "ready", "cancelled"]);
    shop.forget(&customer, None).await.unwrap();
    assert_eq!(messages(&shop, &order).await, []);
    let document = shop.order_document(&order.id).await.to_string();
    assert!(!document.contains("Safta") && document.contains("other"), "{document}");
    assert_eq!(messages(&shop, &other).await.len(), 1, "nobody else's");
    assert_eq!(send(&shop, soon()).await, 1);
}

#[tokio::test]
async fn a_message_is_written_with_its_step_or_not_at_all() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, &[Confirmed, Processing]).await;
    let outcomes = at_once(4, |_| {
        let (shop, id) = (shop.instance(), order.id.clone());
        async move { shop.change_status(&id, Ready, ina(), None).await.is_ok() }
    });
    assert_eq!(outcomes.await.into_iter().filter(|moved| *moved).count(), 1);
    assert_eq!(states(&shop, &order).await.len(), 1);
}

#[tokio::test]
async fn a_landline_is_not_written_to() {
    let (shop, bread) = ready().await;
    let order = order(&shop, &bread, &[Confirmed, Processing]).await;
    let line = doc! { "customer_phone": "+40264123456" };
    shop.set("orders", doc! { "order_number": order.number.as_str() }, line).await;
    let moved = shop.change_status(&order.id, Ready, ina(), None).await.unwrap();
    assert_eq!(moved.customer_phone, Phone::from_e164("+40264123456").unwrap());
    assert_eq!(states(&shop, &order).await, []);
}
