//! `/api/admin/products`

use crate::{
    model::{
        error::Missing,
        food::FoodForm,
        ids::{CategoryId, ProductId, Slug},
        product::{Product, ProductForm},
        time::Timestamp,
        vat::VatRate,
    },
    server::{
        clock::rfc3339,
        rest::{
            auth::Done,
            body::{FromFields, Json},
            caller::{At, id},
            envelope::{Failure, Success},
            fields::{Fields, Whole, rename},
            food_json::{
                AllergensJson, AllergensRequest, Named, NetContentRequest, NetJson, UnitPriceJson, unit_price,
            },
            list::List,
            money::Decimal,
            producer::Producer,
            products::{ProductsQuery, read},
            refusal::Refusal,
            schema::{Moment, Stock, Version},
        },
        service::catalog::Shown,
        state::AppState,
    },
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, change, delete))
}

/// A product as the producer sees it: both languages, and its version.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminProduct)]
struct ProductJson {
    id: ProductId,
    slug: Slug,
    name: String,
    description: String,
    name_en: Option<String>,
    description_en: Option<String>,
    price: Decimal,
    category_id: CategoryId,
    #[schema(max_items = 5)]
    images: Vec<String>,
    #[schema(value_type = Stock)]
    stock_quantity: u32,
    active: bool,
    featured: bool,
    net_content: Option<NetJson>,
    unit_price_per_measure: Option<UnitPriceJson>,
    ingredients: Option<String>,
    ingredients_en: Option<String>,
    allergens: AllergensJson,
    vat_rate: VatRate,
    #[schema(value_type = Moment)]
    updated_at: String,
    /// Changes with every change; sent back with one, it keeps two people from undoing each other.
    #[schema(value_type = Version)]
    version: i64,
}

impl From<Product> for ProductJson {
    fn from(product: Product) -> ProductJson {
        ProductJson {
            id: product.id,
            slug: product.slug,
            name: product.text.name,
            description: product.text.description,
            name_en: product.text.name_en,
            description_en: product.text.description_en,
            price: Decimal(product.price),
            category_id: product.category_id,
            images: product.images.into_iter().map(|image| image.address).collect(),
            stock_quantity: product.stock,
            active: product.active,
            featured: product.featured,
            net_content: product.food.net.map(NetJson::from),
            unit_price_per_measure: unit_price(product.food.net, product.price),
            ingredients: product.food.ingredients,
            ingredients_en: product.food.ingredients_en,
            allergens: product.food.allergens.into(),
            vat_rate: product.food.vat,
            updated_at: rfc3339(product.updated_at),
            version: product.updated_at.0,
        }
    }
}

/// A product as the producer wants it.
#[derive(ToSchema)]
#[allow(dead_code)] // What the document says of the body; it is read into the form of the product.
struct ProductRequest {
    /// In Romanian.
    #[schema(min_length = 1, max_length = 200, example = "Cozonac")]
    name: String,
    #[schema(max_length = 1000)]
    description: Option<String>,
    #[schema(max_length = 200, example = "Sweet bread")]
    name_en: Option<String>,
    #[schema(max_length = 1000)]
    description_en: Option<String>,
    price: Decimal,
    category_id: CategoryId,
    stock_quantity: Stock,
    /// On sale? Unless given: a new product is, another stays as it is.
    active: Option<bool>,
    /// On the home page? Unless given: a new product is not, another stays as it is.
    featured: Option<bool>,
    /// What one piece holds. For a change, here and below: unless given, it stays as it is; `null`
    /// clears it.
    net_content: Option<NetContentRequest>,
    /// In Romanian, heaviest first; an allergen stands between stars.
    #[schema(max_length = 2000, example = "făină de *grâu*, apă, sare")]
    ingredients: Option<String>,
    #[schema(max_length = 2000, example = "*wheat* flour, water, salt")]
    ingredients_en: Option<String>,
    allergens: Option<AllergensRequest>,
    /// Of a new product: 11 unless given.
    vat_rate: Option<VatRate>,
    /// For a change: the version that was seen. With another one stored, the answer is 409.
    version: Option<Version>,
}

struct Wanted {
    form: ProductForm,
    active: Option<bool>,
    featured: Option<bool>,
    named: Named,
    version: Option<Timestamp>,
}

impl FromFields for Wanted {
    fn from_fields(fields: &mut Fields<'_>) -> Option<Wanted> {
        let number = |number: Option<Whole>| number.map(|Whole(number)| number.to_string());
        let (named, food) = Named::read(fields);
        let form = ProductForm {
            food,
            name: fields.text("name"),
            description: fields.text("description"),
            name_en: fields.text("name_en"),
            description_en: fields.text("description_en"),
            price: fields.optional("price").map(|Decimal(price)| price.decimal()).unwrap_or_default(),
            category_id: fields.text("category_id"),
            stock_quantity: number(fields.optional("stock_quantity")).unwrap_or_default(),
            ..ProductForm::default()
        };
        let (active, featured) = (fields.optional("active"), fields.optional("featured"));
        let version = fields.optional("version").map(|Version(moment)| moment);
        fields.also_of(form.parse().map_err(|error| rename(error, &Named::FIELDS)));
        Some(Wanted { form, active, featured, named, version })
    }
}

/// All products, on sale or not
#[utoipa::path(
    get, path = "/admin/products", tag = "Admin", operation_id = "list_all_products", params(ProductsQuery),
    security(("admin" = [])),
    responses(
        (status = 200, description = "One page.", body = Success<List<ProductJson>>),
        (status = 404, description = "No such category.", body = Failure)
    )
)]
async fn list(producer: Producer, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let (request, l) = (read(query.as_deref().unwrap_or_default())?, producer.caller.locale());
    let page = producer.caller.shop.all_products(&request, l).await?;
    Ok(producer.answer(StatusCode::OK, List::of(page, ProductJson::from)))
}

/// Add a product
#[utoipa::path(
    post, path = "/admin/products", tag = "Admin", operation_id = "create_product",
    security(("admin" = [], "csrf" = [])), request_body = ProductRequest,
    responses(
        (status = 201, description = "The product.", body = Success<ProductJson>),
        (status = 409, description = "A hundred products have this name.", body = Failure)
    )
)]
async fn create(producer: Producer, Json(wanted): Json<Wanted>) -> Result<Response, Refusal> {
    let (active, featured) = (wanted.active.unwrap_or(true), wanted.featured.unwrap_or(false));
    let form = ProductForm { active, featured, ..wanted.form };
    let product = producer.caller.shop.create_product(&form).await?;
    Ok(producer.answer(StatusCode::CREATED, ProductJson::from(product)))
}

/// A product, on sale or not
#[utoipa::path(
    get, path = "/admin/products/{id}", tag = "Admin", operation_id = "show_any_product",
    security(("admin" = [])), params(("id" = ProductId, Path, description = "The product's id.")),
    responses((status = 200, description = "The product.", body = Success<ProductJson>))
)]
async fn show(producer: Producer, At(product): At<String>) -> Result<Response, Refusal> {
    let product = id::<ProductId>(product, Missing::Product)?;
    let product = producer.caller.shop.any_product(product.as_str()).await?;
    Ok(producer.answer(StatusCode::OK, ProductJson::from(product)))
}

/// Change a product
///
/// All fields are replaced; a text that is left out becomes empty. What the body does not name of the
/// facts of food (`net_content`, `ingredients`, `ingredients_en`, `allergens`, `vat_rate`) stays as it
/// is, so that a program that knows nothing of allergens takes none away.
#[utoipa::path(
    put, path = "/admin/products/{id}", tag = "Admin", operation_id = "change_product",
    security(("admin" = [], "csrf" = [])), params(("id" = ProductId, Path, description = "The product's id.")),
    request_body = ProductRequest,
    responses(
        (status = 200, description = "The product.", body = Success<ProductJson>),
        (status = 409, description = "It was changed meanwhile.", body = Failure)
    )
)]
async fn change(
    producer: Producer,
    At(product): At<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Response, Refusal> {
    let product = id::<ProductId>(product, Missing::Product)?;
    let shop = &producer.caller.shop;
    let now = shop.any_product(product.as_str()).await?;
    let (active, featured) = (wanted.active.unwrap_or(now.active), wanted.featured.unwrap_or(now.featured));
    let food = wanted.named.over(FoodForm::of(&now.food), wanted.form.food.clone());
    // The API knows nothing of the warning.
    let low_stock_at = ProductForm::of(&now).low_stock_at;
    let form = ProductForm { active, featured, food, low_stock_at, ..wanted.form };
    let shown = Shown { version: wanted.version, stock: None };
    let changed = shop.edit_product(&product, &form, shown).await?;
    Ok(producer.answer(StatusCode::OK, ProductJson::from(changed)))
}

/// Delete a product
///
/// Orders keep what they hold of it. To stop selling one for a while, set `active` to false.
#[utoipa::path(
    delete, path = "/admin/products/{id}", tag = "Admin", operation_id = "delete_product",
    security(("admin" = [], "csrf" = [])), params(("id" = ProductId, Path, description = "The product's id.")),
    responses((status = 200, description = "Deleted.", body = Success<Done>))
)]
async fn delete(producer: Producer, At(product): At<String>) -> Result<Response, Refusal> {
    let product = id::<ProductId>(product, Missing::Product)?;
    producer.caller.shop.delete_product(&product).await?;
    Ok(producer.answer(StatusCode::OK, Done {}))
}
