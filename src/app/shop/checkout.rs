//! The checkout: one page, one form.

use super::{
    api::{self, CheckoutDetails},
    checkout_form::{CheckoutForm, Start, Sums},
    facts::{AllergenNote, UnitPrice},
};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale, price, unbroken},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            failure::Failure,
            once_loaded::once_loaded,
            own_page::OwnPage,
            title::Title,
        },
    },
    model::{
        cart::{Cart, LineNotice},
        checkout::CheckoutForm as Typed,
        choices::Closing,
        error::{AppError, Conflict, Shortage},
        field::FieldErrors,
        ids::IdempotencyKey,
        locale::Locale,
        money::Money,
        text,
    },
};
use leptos::prelude::*;

const PLACE: &str = "/fn/checkout/place";

/// The checkout.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let l = locale();
    let details = Resource::new(|| (), |()| api::load_checkout());
    view! {
        <Title text=format!("{} · {}", text::checkout::title(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="wide">
            <h1>{text::checkout::title(l)}</h1>
            {once_loaded(async move {
                match details.await {
                    Ok(details) if details.cart.lines.is_empty() => {
                        view! {
                            <Empty title=text::cart::empty(l).to_owned() hint=text::cart::empty_hint(l).to_owned()>
                                <a class="button" href=href(l, "/products")>
                                    {text::products::see_all(l)}
                                </a>
                            </Empty>
                        }
                            .into_any()
                    }
                    Ok(details) => match details.choices.closed().cloned() {
                        Some(closing) => view! { <Closed l closing /> }.into_any(),
                        None => view! { <Order l details /> }.into_any(),
                    },
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Order(l: Locale, details: CheckoutDetails) -> impl IntoView {
    let lines = details
        .cart
        .lines
        .iter()
        .map(|line| {
            let notice = line.notice.is_some_and(crate::model::cart::LineNotice::blocks);
            view! {
                <li class:line-off=notice>
                    <span>
                        {format!("{}\u{a0}× {}", line.quantity.get(), unbroken(&line.name))}
                        <UnitPrice l cost=line.unit_price net=line.food.net />
                        <AllergenNote l declared=line.food.allergens />
                    </span>
                    <span>{price(l, line.total_price)}</span>
                </li>
            }
        })
        .collect_view();
    let blocked = details.cart.blocked();
    let areas = !details.choices.areas.is_empty();
    let start = start(l, details);
    let Sums { fee, total, .. } = start.sums;
    // Shown where there is one; the browser shows it when one is chosen.
    let sums = areas.then(|| {
        view! {
            <p class="sum" data-fee-line="" hidden=fee == Money::ZERO>
                <span>{text::checkout::delivery_fee(l)}</span>
                <span data-sum="fee" data-testid="checkout-fee">
                    {price(l, fee)}
                </span>
            </p>
        }
    });
    view! {
        <div class="checkout">
            // The summary is read before the button, and stands beside the fields where there is room.
            <CheckoutForm start>
                <aside class="summary" aria-labelledby="summary">
                    <h2 id="summary">{text::checkout::summary(l)}</h2>
                    <ul class="sums">{lines}</ul>
                    {sums}
                    <p class="total">
                        <span>{text::cart::total(l)}</span>
                        <strong data-sum="total" data-testid="checkout-total">
                            {price(l, total)}
                        </strong>
                    </p>
                    {blocked.then(|| view! { <p class="notice">{text::cart::blocked(l)}</p> })}
                    <p>
                        <a href=href(l, "/cart")>{text::checkout::back(l)}</a>
                    </p>
                </aside>
            </CheckoutForm>
        </div>
    }
    .into_any()
}

/// What the form starts with: what was typed when it was refused, else what is known.
fn start(l: Locale, details: CheckoutDetails) -> Start {
    let refused = FormReplay::of(PLACE);
    let (typed, errors, message) = match &refused {
        Some(refused) => (
            Typed::read(|field| refused.value(field)),
            field_errors(refused.error()),
            Some(sentence(refused, l)),
        ),
        None => (known(&details), FieldErrors::default(), None),
    };
    let typed_key = refused.as_ref().map(|refused| refused.value("key"));
    let key = typed_key.filter(|key| IdempotencyKey::parse(key).is_ok()).unwrap_or(details.key);
    let proved = details.customer.map(|customer| customer.phone.masked());
    let shortages = match refused.as_ref().map(FormReplay::error) {
        Some(AppError::Stock { shortages }) => shortages.clone(),
        Some(_) => Vec::new(),
        None => shortages(&details.cart),
    };
    let short = || AppError::Stock { shortages: shortages.clone() }.message(l);
    let message = message.or_else(|| (!shortages.is_empty()).then(short));
    let (action, fresh, worth) = (action(PLACE), refused.is_none(), details.cart.total);
    let (pickup, choices) = (details.pickup, details.choices);
    let fee = choices.fee(&typed, worth);
    let total = worth.plus(fee).unwrap_or(worth);
    let more = refused.as_ref().is_some_and(|refused| below_minimum(refused.error()));
    let sums = Sums { worth, fee, total };
    Start { l, action, typed, errors, message, shortages, more, fresh, key, sums, proved, pickup, choices }
}

/// What of the cart cannot be had as it is.
fn shortages(cart: &Cart) -> Vec<Shortage> {
    let short = cart.lines.iter().filter_map(|line| {
        let available = match line.notice? {
            LineNotice::Short { left } => left,
            LineNotice::SoldOut | LineNotice::Gone => 0,
            LineNotice::PriceChanged { .. } => return None,
        };
        Some(Shortage { product_id: line.product_id.clone(), name: line.name.clone(), available })
    });
    short.collect()
}

fn known(details: &CheckoutDetails) -> Typed {
    match &details.customer {
        Some(customer) => {
            Typed { name: customer.name.clone(), phone: customer.phone.to_string(), ..Typed::default() }
        }
        None => Typed::default(),
    }
}

fn field_errors(error: &AppError) -> FieldErrors {
    match error {
        AppError::Fields { errors } => errors.clone(),
        _ => FieldErrors::default(),
    }
}

fn sentence(refused: &FormReplay, l: Locale) -> String {
    match refused.error() {
        AppError::Conflict { conflict: Conflict::TotalChanged { total } } => {
            text::checkout::total_now(l, price(l, *total))
        }
        AppError::Conflict { conflict: Conflict::BelowMinimum { minimum, missing } } => {
            text::checkout::below_minimum(l, price(l, *minimum), price(l, *missing))
        }
        error => error.message(l),
    }
}

const fn below_minimum(error: &AppError) -> bool {
    matches!(error, AppError::Conflict { conflict: Conflict::BelowMinimum { .. } })
}

/// Why there is no form, and until when.
#[component]
fn Closed(l: Locale, closing: Closing) -> impl IntoView {
    let sentence = AppError::Conflict { conflict: Conflict::ShopClosed { until: closing.until } }.message(l);
    view! {
        <Alert tone=Tone::Note>
            <p data-testid="closed">{sentence}</p>
            {closing.text.map(|words| view! { <p>{words.get(l).to_owned()}</p> })}
        </Alert>
        <p>{text::checkout::closed_keep(l)}</p>
        <p class="row">
            <a class="button" href=href(l, "/products")>
                {text::products::see_all(l)}
            </a>
            <a class="button button-quiet" href=href(l, "/contact")>
                {text::footer::contact(l)}
            </a>
        </p>
    }
    .into_any()
}
