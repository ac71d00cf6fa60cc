//! The variants of pictures are made after the upload, by a job. What is unfinished stands in the
//! database, so a server that was stopped goes on where it was.

use super::{
    Shop,
    patience::{FILES, STEP, within},
};
use crate::{
    model::{error::AppError, fault::Job, image::Image},
    server::{
        error::of_pictures,
        pictures::{PictureName, Source, widths},
    },
};
use std::{collections::HashSet, sync::Arc, time::Duration};

/// How often the job looks by itself: for what another instance was given and did not finish.
const EVERY: Duration = Duration::from_secs(60);

/// A picture's files, made and not yet kept.
struct Made {
    image: Image,
    files: Vec<(PictureName, Vec<u8>)>,
}

impl Shop {
    /// Makes what is missing; says how many pictures are finished by that. Several instances may do
    /// it at once: the files are the same.
    ///
    /// # Errors
    /// [`AppError::Database`], or [`AppError::Internal`] when a file cannot be kept.
    pub async fn make_variants(&self) -> Result<usize, AppError> {
        self.make_variants_but(&mut HashSet::new()).await
    }

    /// A picture that cannot be read joins `hopeless`, and is not tried again.
    async fn make_variants_but(&self, hopeless: &mut HashSet<String>) -> Result<usize, AppError> {
        let mut finished = 0;
        let unfinished = self.store.products.unfinished_images();
        for image in within(STEP, "unfinished pictures", unfinished).await? {
            if hopeless.contains(&image.address) {
                continue;
            }
            match self.variants_of(&image).await? {
                Some(made) => finished += usize::from(self.keep_variants(made).await?),
                None => {
                    tracing::warn!(address = image.address, "a kept picture cannot be read");
                    hopeless.insert(image.address);
                }
            }
        }
        Ok(finished)
    }

    /// Runs the job until the process ends.
    pub async fn watch_pictures(self) {
        let mut hopeless = HashSet::new();
        loop {
            match self.job_ended(Job::Pictures, self.make_variants_but(&mut hopeless).await) {
                Ok(0) => {}
                Ok(pictures) => tracing::info!(pictures, "the variants of pictures are made"),
                Err(error) => tracing::warn!(%error, "the variants of pictures could not be made"),
            }
            // Either way it is time to look again.
            let _ = tokio::time::timeout(EVERY, self.media.uploaded.notified()).await;
        }
    }

    /// All files of a picture; none when it cannot be read. A picture that is not ours has none and
    /// is finished as it is.
    async fn variants_of(&self, image: &Image) -> Result<Option<Made>, AppError> {
        let Some(name) = PictureName::from_address(&image.address) else {
            return Ok(Some(Made { image: image.clone(), files: Vec::new() }));
        };
        let kept = async { self.media.store.get(&name).await.map_err(of_pictures) };
        let Some(jpeg) = within(FILES, "a kept picture", kept).await? else { return Ok(None) };
        let Some(source) = self.media.in_turn(move || Source::read(&jpeg)).await else { return Ok(None) };
        let Ok((width, height)) = source.size() else { return Ok(None) };
        let image = Image {
            address: image.address.clone(),
            width,
            height,
            colour: source.colour(),
            widths: widths(width),
        };
        let source = Arc::new(source);
        let mut files = Vec::new();
        for width in image.widths.clone() {
            // A turn for each: somebody who uploads meanwhile waits for one width, not for all.
            let (source, formats) = (Arc::clone(&source), image.formats(width));
            let Some(variants) = self.media.in_turn(move || source.variants(width, &formats)).await else {
                return Ok(None);
            };
            let named = variants.into_iter().filter_map(|(format, bytes)| {
                let name = PictureName::from_address(&image.variant(width, format))?;
                Some((name, bytes))
            });
            files.extend(named);
        }
        Ok(Some(Made { image, files }))
    }

    /// First the files, then the products; says whether any product has the picture still. In a
    /// task of its own, so that it ends in order.
    async fn keep_variants(&self, made: Made) -> Result<bool, AppError> {
        let shop = self.clone();
        let work = async move {
            let _turn = shop.media.shelf.lock().await;
            let Made { image, files } = made;
            if shop.store.products.image(&image.address).await?.is_none() {
                return Ok(false);
            }
            for (name, bytes) in &files {
                shop.media.store.put(name, bytes).await.map_err(of_pictures)?;
            }
            let shown = shop.store.products.finish_image(&image).await?;
            if !shown {
                // Another instance took it off meanwhile.
                shop.remove_unused(&[image]).await;
            }
            Ok(shown)
        };
        // It holds the shelf, for which uploads wait.
        tokio::spawn(within(FILES, "variants of a picture", work)).await.map_err(|_| AppError::Internal)?
    }
}
