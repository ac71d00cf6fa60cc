//! The pictures of products: which may come in, how many a product has, and when a kept file goes.

use super::{
    Shop,
    catalog::same,
    patience::{FILES, within},
};
use crate::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::ProductId,
        image::Image,
        product::Product,
    },
    server::{
        error::of_pictures,
        pictures::{self, Kept, PictureName, PictureStore},
    },
};
use std::{collections::BTreeMap, io, sync::Arc, time::Duration};
use tokio::sync::{Mutex, Notify, OwnedSemaphorePermit, Semaphore};
use tracing::Instrument;

/// How many pictures are read or encoded at once: one may take some hundred MB while it is.
const AT_ONCE: usize = 1;

/// How many uploads are read at once: each holds up to 16 MB. (The others' senders are not read from
/// meanwhile, so they wait, too.)
const UPLOADS: usize = 4;
/// How long an upload waits for its turn, and after how many seconds it is to be tried again.
const TURN: Duration = Duration::from_secs(20);
const AGAIN: u32 = 5;

/// What the rules of this file work with.
#[derive(Clone)]
pub(super) struct Media {
    pub(super) store: Arc<dyn PictureStore>,
    turns: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    /// Held while files and products change together: two products can have the same file, which
    /// must not be removed for the one while it is given to the other.
    pub(super) shelf: Arc<Mutex<()>>,
    /// Told when there is a picture whose variants are to be made.
    pub(super) uploaded: Arc<Notify>,
}

impl Media {
    pub(super) fn new(store: Arc<dyn PictureStore>) -> Media {
        Media {
            store,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            uploads: Arc::new(Semaphore::new(UPLOADS)),
            shelf: Arc::default(),
            uploaded: Arc::default(),
        }
    }

    /// The picture to keep, made off the threads that serve requests.
    async fn read(&self, file: Vec<u8>) -> Result<Kept, AppError> {
        let read = self.in_turn(move || Ok(pictures::read(&file))).await;
        read.unwrap_or(Err(FieldError::Picture)).map_err(|error| AppError::field("image", error))
    }

    /// Work on a picture, off the threads that serve requests; nothing when it failed or panicked.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> Option<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let work = move || {
            // The turn ends with the work, also when nobody waits for the answer any more.
            let _turn = turn;
            work()
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(done)) => Some(done),
            Ok(Err(error)) => {
                tracing::warn!(%error, "work on a picture failed");
                None
            }
            Err(error) => {
                tracing::error!(%error, "work on a picture panicked");
                None
            }
        }
    }
}

impl Shop {
    /// The turn of an upload, until it is dropped.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the others take too long.
    pub async fn turn_to_upload(&self) -> Result<OwnedSemaphorePermit, AppError> {
        let turn = tokio::time::timeout(TURN, Arc::clone(&self.media.uploads).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(AppError::Busy { retry_after: AGAIN })
    }

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
        let mut images = Vec::new();
        for file in files {
            let Kept { jpeg, width, height, colour } = self.media.read(file).await?;
            let address = PictureName::of(&jpeg).address();
            if pictures.insert(address.clone(), jpeg).is_none() {
                images.push(Image { address, width, height, colour, widths: Vec::new() });
            }
        }
        let (shop, id) = (self.clone(), id.clone());
        // A task of its own: it ends in order also when the sender of the request is gone.
        let work = async move {
            let kept = shop.keep_pictures(&id, images, &pictures).await;
            shop.media.uploaded.notify_one();
            kept
        };
        // It holds the shelf, for which others wait.
        tokio::spawn(within(FILES, "an upload", work).in_current_span())
            .await
            .map_err(|_| AppError::Internal)?
    }

    async fn keep_pictures(
        &self,
        id: &ProductId,
        mut images: Vec<Image>,
        pictures: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<String>, AppError> {
        let _turn = self.media.shelf.lock().await;
        let product = self.store.products.by_id(id).await?;
        images.retain(|image| !product.images.iter().any(|has| has.address == image.address));
        if images.is_empty() {
            return Ok(product.image_addresses());
        }
        let kept = self.put_and_add(id, &mut images, pictures).await;
        if kept.is_err() {
            self.remove_unused(&images).await;
        }
        kept
    }

    /// First the files, then the product: no product ever names a file that is not there.
    async fn put_and_add(
        &self,
        id: &ProductId,
        images: &mut [Image],
        pictures: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Vec<String>, AppError> {
        for image in images.iter_mut() {
            let name = PictureName::from_address(&image.address).ok_or(AppError::Internal)?;
            let picture = pictures.get(&image.address).ok_or(AppError::Internal)?;
            self.media.store.put(&name, picture).await.map_err(of_pictures)?;
            // Another product may have it, with its variants.
            if let Some(same) = self.store.products.image(&image.address).await? {
                *image = same;
            }
        }
        let Some(product) = self.store.products.add_images(id, images).await? else {
            return self.refused_pictures(id, images).await;
        };
        for image in images.iter() {
            self.keep_again(image, pictures).await?;
        }
        Ok(product.image_addresses())
    }

    /// Another instance that saw the picture on no product may have removed its files while this one
    /// gave it to one: what looked before, it removes before this; what looks later puts back.
    async fn keep_again(&self, image: &Image, pictures: &BTreeMap<String, Vec<u8>>) -> Result<(), AppError> {
        let address = &image.address;
        if let (Some(name), Some(picture)) = (PictureName::from_address(address), pictures.get(address)) {
            self.media.store.put(&name, picture).await.map_err(of_pictures)?;
        }
        for width in image.widths.iter().copied() {
            for format in image.formats(width) {
                let Some(name) = PictureName::from_address(&image.variant(width, format)) else { continue };
                if self.media.store.get(&name).await.map_err(of_pictures)?.is_none() {
                    return self.store.products.unfinish_image(address).await;
                }
            }
        }
        Ok(())
    }

    /// Why nothing was added: the product is missing, it has these pictures by now, or no room.
    async fn refused_pictures(&self, id: &ProductId, images: &[Image]) -> Result<Vec<String>, AppError> {
        let addresses = self.store.products.by_id(id).await?.image_addresses();
        let all = images.iter().all(|image| addresses.contains(&image.address));
        if all { Ok(addresses) } else { Err(too_many()) }
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
            let last = |image: &&Image| image.address.rsplit('/').next() == Some(&name);
            let image = product.images.iter().find(last).ok_or(AppError::missing(Missing::Picture))?;
            let rest = shop.store.products.remove_image(&id, &image.address).await?.image_addresses();
            shop.remove_unused(std::slice::from_ref(image)).await;
            Ok(rest)
        };
        tokio::spawn(within(FILES, "a picture to remove", work).in_current_span())
            .await
            .map_err(|_| AppError::Internal)?
    }

    /// Puts a product's pictures in another order, by the last parts of their addresses with commas
    /// between, if they still stand in the one that was shown.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`Conflict::Stale`](crate::model::error::Conflict::Stale), or a field
    /// error when the two do not name the same pictures.
    pub async fn order_pictures(&self, id: &ProductId, shown: &str, order: &str) -> Result<(), AppError> {
        let product = self.store.products.by_id(id).await?;
        let named = |name: &str| {
            let mut all = product.images.iter().map(|image| &image.address);
            let found = all.find(|address| address.rsplit('/').next() == Some(name));
            // One that is gone by now is no picture of its; the order shown is then not that of now.
            found.cloned().unwrap_or_else(|| name.to_owned())
        };
        let addresses = |names: &str| names.split(',').map(named).collect::<Vec<_>>();
        let (shown, order) = (addresses(shown), addresses(order));
        if !same(&shown, &order) {
            return Err(AppError::field("order", FieldError::Choice));
        }
        let (store, id) = (self.store.clone(), id.clone());
        self.store
            .transaction(move |session| {
                let (store, id, shown, order) = (store.clone(), id.clone(), shown.clone(), order.clone());
                Box::pin(async move { store.products.reorder_images(session, &id, &shown, &order).await })
            })
            .await
    }

    /// Removes the files of a product that was deleted.
    pub(super) async fn forget_pictures(&self, images: &[Image]) {
        let _turn = self.media.shelf.lock().await;
        self.remove_unused(images).await;
    }

    /// Removes the files of those of these pictures that no product has. A file that stays by a
    /// failure harms nobody, so this does not fail. Only while the shelf is held.
    pub(super) async fn remove_unused(&self, images: &[Image]) {
        for image in images {
            if let Err(error) = self.remove_files(image).await {
                tracing::warn!(%error, address = image.address, "an unused picture stays");
            }
        }
    }

    async fn remove_files(&self, image: &Image) -> Result<(), AppError> {
        if self.store.products.image(&image.address).await?.is_some() {
            return Ok(());
        }
        let mut removed = Vec::new();
        for name in PictureName::all(image) {
            if let Some(file) = self.media.store.get(&name).await.map_err(of_pictures)? {
                self.media.store.delete(&name).await.map_err(of_pictures)?;
                removed.push((name, file));
            }
        }
        // Another instance may have given it to a product meanwhile (see `keep_again`).
        if self.store.products.image(&image.address).await?.is_some() {
            for (name, file) in &removed {
                self.media.store.put(name, file).await.map_err(of_pictures)?;
            }
        }
        Ok(())
    }

    /// A file of a kept picture, of the format that its name says.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn picture(&self, name: &PictureName) -> Result<Vec<u8>, AppError> {
        let found = self.media.store.get(name).await.map_err(of_pictures)?;
        found.ok_or(AppError::missing(Missing::Picture))
    }
}

fn too_many() -> AppError {
    let max = i64::try_from(Product::MAX_IMAGES).unwrap_or(i64::MAX);
    AppError::field("images", FieldError::Range { min: 0, max })
}
