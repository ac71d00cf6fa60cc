//! The pictures of products: which may come in, how many a product has, and when a kept file goes.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::ProductId,
        product::Product,
    },
    server::pictures::{PictureName, PictureStore, reencode},
};
use std::{collections::BTreeMap, io, sync::Arc};
use tokio::sync::{Mutex, Semaphore};

/// How many pictures are read at once: one may take some hundred MB while it is.
const AT_ONCE: usize = 1;

/// What the rules of this file work with.
#[derive(Clone)]
pub(super) struct Media {
    store: Arc<dyn PictureStore>,
    turns: Arc<Semaphore>,
    /// Held while files and products change together: two products can have the same file, which
    /// must not be removed for the one while it is given to the other.
    shelf: Arc<Mutex<()>>,
}

impl Media {
    pub(super) fn new(store: Arc<dyn PictureStore>) -> Media {
        Media { store, turns: Arc::new(Semaphore::new(AT_ONCE)), shelf: Arc::default() }
    }

    /// The picture to keep, made off the threads that serve requests.
    async fn read(&self, file: Vec<u8>) -> Result<Vec<u8>, AppError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| AppError::Internal)?;
        let work = move || {
            // The turn ends with the work, also when nobody waits for the answer any more.
            let _turn = turn;
            reencode(&file)
        };
        let read = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
            tracing::error!(%error, "reading a picture panicked");
            Err(FieldError::Picture)
        });
        read.map_err(|error| AppError::field("image", error))
    }
}

impl Shop {
    /// How many more pictures a product may have, at least one.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or a field error when it has the most already.
    pub async fn room_for_pictures(&self, id: &ProductId) -> Result<usize, AppError> {
        let product = self.store.products.by_id(id).await?;
        match Product::MAX_IMAGES.saturating_sub(product.images.len()) {
            0 => Err(too_many()),
            room => Ok(room),
        }
    }

    /// Reads uploaded files and adds what they show at the end of a product's pictures: all of
    /// them, or none. A picture that the product has already stays where it is. Gives the
    /// addresses of all its pictures.
    ///
    /// # Errors
    /// [`AppError::NotFound`], a field error of `image` for a file that is no picture or too
    /// large, of `images` when they would be too many.
    pub async fn add_pictures(&self, id: &ProductId, files: Vec<Vec<u8>>) -> Result<Vec<String>, AppError> {
        if files.len() > self.room_for_pictures(id).await? {
            return Err(too_many());
        }
        let mut pictures = BTreeMap::new();
        let mut names = Vec::new();
        for file in files {
            let picture = self.media.read(file).await?;
            let name = PictureName::of(&picture);
            if pictures.insert(name.clone(), picture).is_none() {
                names.push(name);
            }
        }
        let (shop, id) = (self.clone(), id.clone());
        // A task of its own: it ends in order also when the sender of the request is gone.
        let work = async move { shop.keep_pictures(&id, names, &pictures).await };
        tokio::spawn(work).await.map_err(|_| AppError::Internal)?
    }

    async fn keep_pictures(
        &self,
        id: &ProductId,
        mut names: Vec<PictureName>,
        pictures: &BTreeMap<PictureName, Vec<u8>>,
    ) -> Result<Vec<String>, AppError> {
        let _turn = self.media.shelf.lock().await;
        let product = self.store.products.by_id(id).await?;
        names.retain(|name| !product.images.contains(&name.address()));
        if names.is_empty() {
            return Ok(product.images);
        }
        let kept = self.put_and_add(id, &names, pictures).await;
        if kept.is_err() {
            self.remove_unused(&names).await;
        }
        kept
    }

    /// First the files, then the product: no product ever names a file that is not there.
    async fn put_and_add(
        &self,
        id: &ProductId,
        names: &[PictureName],
        pictures: &BTreeMap<PictureName, Vec<u8>>,
    ) -> Result<Vec<String>, AppError> {
        for name in names {
            let picture = pictures.get(name).ok_or(AppError::Internal)?;
            self.media.store.put(name, picture).await.map_err(failed)?;
        }
        let addresses: Vec<String> = names.iter().map(PictureName::address).collect();
        match self.store.products.add_images(id, &addresses).await? {
            Some(product) => Ok(product.images),
            // Missing, or full meanwhile: reading it tells which.
            None => self.store.products.by_id(id).await.and(Err(too_many())),
        }
    }

    /// Takes a picture off a product, by the last part of its address. Its file goes when no
    /// product has it any more. Gives the addresses of the rest.
    ///
    /// # Errors
    /// [`AppError::NotFound`], for a product or a picture of it that does not exist.
    pub async fn remove_picture(&self, id: &ProductId, name: &str) -> Result<Vec<String>, AppError> {
        let (shop, id, name) = (self.clone(), id.clone(), name.to_owned());
        let work = async move {
            let _turn = shop.media.shelf.lock().await;
            let product = shop.store.products.by_id(&id).await?;
            let last = |address: &&String| address.rsplit('/').next() == Some(&name);
            let address = product.images.iter().find(last).ok_or(AppError::missing(Missing::Picture))?;
            let rest = shop.store.products.remove_image(&id, address).await?.images;
            shop.remove_unused(PictureName::from_address(address).as_slice()).await;
            Ok(rest)
        };
        tokio::spawn(work).await.map_err(|_| AppError::Internal)?
    }

    /// Removes the files of a product that was deleted.
    pub(super) async fn forget_pictures(&self, addresses: &[String]) {
        let names: Vec<PictureName> =
            addresses.iter().filter_map(|address| PictureName::from_address(address)).collect();
        let _turn = self.media.shelf.lock().await;
        self.remove_unused(&names).await;
    }

    /// Removes those of these files that no product has. A file that stays by a failure harms
    /// nobody, so this does not fail. Only while the shelf is held.
    async fn remove_unused(&self, names: &[PictureName]) {
        for name in names {
            let removed = match self.store.products.any_with_image(&name.address()).await {
                Ok(false) => self.media.store.delete(name).await.map_err(failed),
                Ok(true) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = removed {
                tracing::warn!(%error, name = name.as_str(), "an unused picture stays");
            }
        }
    }

    /// A kept picture: a JPEG.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn picture(&self, name: &PictureName) -> Result<Vec<u8>, AppError> {
        let found = self.media.store.get(name).await.map_err(failed)?;
        found.ok_or(AppError::missing(Missing::Picture))
    }
}

fn too_many() -> AppError {
    let max = i64::try_from(Product::MAX_IMAGES).unwrap_or(i64::MAX);
    AppError::field("images", FieldError::Range { min: 0, max })
}

fn failed(error: io::Error) -> AppError {
    tracing::error!(%error, "the store of pictures failed");
    AppError::Internal
}
