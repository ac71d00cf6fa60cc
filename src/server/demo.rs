//! Demonstration data: the catalogue of a bakery and farm, and an admin.

use super::{config::ConfigError, secrets, service::Shop};
use crate::model::{
    allergen::{Allergens, Declaration},
    category::CategoryForm,
    error::AppError,
    food::FoodForm,
    ids::CategoryId,
    image::Image,
    product::ProductForm,
};
use serde::Deserialize;
use std::{collections::HashMap, fs, io::Write, os::unix::fs::OpenOptionsExt};

/// Texts and pictures by the project itself.
const CATALOGUE: &str = include_str!("../../demo/catalogue.json");
const PICTURES: &str = include_str!("../../demo/pictures.json");

/// What the shop says of itself.
const FACTS: &str = include_str!("../../demo/shop.toml");

const USERNAME: &str = "admin";

#[derive(Deserialize)]
struct Catalogue {
    categories: Vec<DemoCategory>,
    products: Vec<DemoProduct>,
}

#[derive(Deserialize)]
struct Texts {
    name: String,
    description: String,
}

#[derive(Deserialize)]
struct DemoCategory {
    slug: String,
    name: String,
    description: String,
    en: Texts,
}

#[derive(Deserialize)]
struct DemoProduct {
    name: String,
    description: String,
    en: Texts,
    category: String,
    price: String,
    stock: u32,
    featured: bool,
    picture: String,
    food: DemoFood,
}

#[derive(Deserialize)]
struct DemoFood {
    amount: String,
    unit: String,
    ingredients: String,
    ingredients_en: String,
    contains: Allergens,
    may_contain: Allergens,
    vat: u8,
}

/// How to log in to the demonstration.
pub struct Login {
    /// The user name.
    pub username: String,
    /// Made for this installation, or taken from `VATRA_ADMIN_PASSWORD`.
    pub password: String,
}

/// Fills an empty database, makes the admin if there is none, and says how to log in.
///
/// # Errors
/// A sentence for the terminal.
pub async fn prepare(shop: &Shop) -> Result<Option<Login>, ConfigError> {
    if shop.store.products.count().await.map_err(failed)? == 0 {
        let products = load(shop).await?;
        println!("The database was empty: {products} demonstration products are on the shelves.");
    }
    let path = shop.config.data_dir.join("secrets").join("demo-admin");
    let given = std::env::var("VATRA_ADMIN_PASSWORD").ok().filter(|password| !password.is_empty());
    let kept = fs::read_to_string(&path).ok();
    if !shop.store.users.any_admin().await.map_err(failed)? {
        let password = given.unwrap_or_else(|| secrets::token()[..16].to_owned());
        shop.create_admin(USERNAME, &password).await?;
        keep(&path, &password)?;
        return Ok(Some(Login { username: USERNAME.into(), password }));
    }
    if let Some(password) = given.filter(|password| kept.as_ref() != Some(password))
        && kept.is_some()
    {
        shop.change_password(USERNAME, &password).await?;
        keep(&path, &password)?;
        return Ok(Some(Login { username: USERNAME.into(), password }));
    }
    Ok(kept.map(|password| Login { username: USERNAME.into(), password }))
}

/// `vatra seed`: loads the demonstration catalogue; refuses where there are orders or products.
///
/// # Errors
/// A sentence for the terminal.
pub async fn seed(shop: &Shop) -> Result<usize, ConfigError> {
    if shop.store.orders.any().await.map_err(failed)? {
        return Err(ConfigError(
            "This database has orders: demonstration data does not belong in it.".into(),
        ));
    }
    if shop.store.products.count().await.map_err(failed)? > 0 {
        return Err(ConfigError("This database has products already.".into()));
    }
    load(shop).await
}

async fn load(shop: &Shop) -> Result<usize, ConfigError> {
    let catalogue: Catalogue = serde_json::from_str(CATALOGUE)
        .map_err(|error| ConfigError(format!("demo/catalogue.json cannot be read: {error}")))?;
    // Made once and kept in the repository: `demo/make-pictures`.
    let pictures: HashMap<String, Image> = serde_json::from_str(PICTURES)
        .map_err(|error| ConfigError(format!("demo/pictures.json cannot be read: {error}")))?;
    let mut ids: HashMap<String, CategoryId> = HashMap::new();
    for (place, category) in (1..).zip(&catalogue.categories) {
        let made = shop.create_category(&category.form(place)).await.map_err(failed)?;
        ids.insert(category.slug.clone(), made.id);
    }
    for product in &catalogue.products {
        let id = ids
            .get(&product.category)
            .ok_or_else(|| ConfigError(format!("demo/catalogue.json: {} is in no category", product.name)))?;
        let draft = product.form(id).parse().map_err(failed)?;
        let picture = pictures.get(product.picture.trim_end_matches(".svg")).cloned();
        let picture = picture.unwrap_or_else(|| Image::at(format!("/pictures/{}", product.picture)));
        shop.add_product(draft, vec![picture]).await.map_err(failed)?;
    }
    let facts = super::settings::read(FACTS, false)
        .map_err(|error| ConfigError(format!("demo/shop.toml cannot be read: {error}")))?;
    if shop.store.settings.facts().await.map_err(failed)?.is_none() {
        shop.set_facts(facts).await.map_err(failed)?;
    }
    Ok(catalogue.products.len())
}

impl DemoCategory {
    fn form(&self, place: i32) -> CategoryForm {
        CategoryForm {
            name: self.name.clone(),
            description: self.description.clone(),
            name_en: self.en.name.clone(),
            description_en: self.en.description.clone(),
            display_order: place.to_string(),
            active: true,
        }
    }
}

impl DemoProduct {
    fn form(&self, category: &CategoryId) -> ProductForm {
        ProductForm {
            name: self.name.clone(),
            description: self.description.clone(),
            name_en: self.en.name.clone(),
            description_en: self.en.description.clone(),
            price: self.price.clone(),
            category_id: category.to_string(),
            stock_quantity: self.stock.to_string(),
            active: true,
            featured: self.featured,
            food: self.food.form(),
            ..ProductForm::default()
        }
    }
}

impl DemoFood {
    fn form(&self) -> FoodForm {
        FoodForm {
            net_amount: self.amount.clone(),
            net_unit: self.unit.clone(),
            ingredients: self.ingredients.clone(),
            ingredients_en: self.ingredients_en.clone(),
            vat_rate: self.vat.to_string(),
            ..FoodForm::default()
        }
        .declaring(Some(Declaration::new(self.contains, self.may_contain)))
    }
}

fn failed(error: AppError) -> ConfigError {
    ConfigError(format!("The demonstration data could not be loaded: {error}"))
}

fn keep(path: &std::path::Path, password: &str) -> Result<(), ConfigError> {
    let write = || {
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir)?;
        }
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(password.as_bytes())
    };
    write().map_err(|error| ConfigError(format!("{} cannot be written: {error}.", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::food::emphasised;

    #[test]
    fn everything_is_said_of_every_demonstration_product() {
        let catalogue: Catalogue = serde_json::from_str(CATALOGUE).unwrap();
        let id = CategoryId::parse("507f1f77bcf86cd799439011").unwrap();
        for product in &catalogue.products {
            let facts = product.form(&id).parse().unwrap().food;
            let contains = facts.allergens.unwrap().contains;
            assert!(facts.net.is_some() && facts.vat.percent() == 11, "{}", product.name);
            for ingredients in [&facts.ingredients, &facts.ingredients_en] {
                let marked =
                    emphasised(ingredients.as_deref().unwrap()).into_iter().any(|(_, marked)| marked);
                assert_eq!(marked, !contains.is_empty(), "{}: {ingredients:?}", product.name);
            }
        }
    }
}
