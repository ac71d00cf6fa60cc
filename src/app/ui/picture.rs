//! The picture of a product.

use crate::model::image::{Format, Image};
use leptos::prelude::*;
use leptos_meta::Link;

/// How wide a card's picture is shown: two, three or four beside each other.
pub const CARD: &str = "(min-width: 74rem) 17rem, (min-width: 60rem) 23vw, (min-width: 40rem) 31vw, 46vw";
/// How wide a shelf's picture is shown: in a strip on phones, then beside each other.
pub const SHELF: &str = "(min-width: 40rem) 22vw, 9rem";
/// How wide the picture of a product's own page is shown.
pub const PAGE: &str = "(min-width: 74rem) 35rem, (min-width: 48rem) 48vw, 92vw";

/// A picture whose place is kept, in its own colour, before it is there. Those first seen are loaded
/// at once, the others when they come near. The browser takes the best format and the width that
/// fits.
#[component]
pub fn Picture(
    /// Which.
    image: Image,
    /// What it shows; empty where the name stands beside it.
    #[prop(optional, into)]
    alt: String,
    /// Is it seen before scrolling?
    #[prop(optional)]
    first: bool,
    /// How wide it is shown ([`CARD`], [`SHELF`], [`PAGE`], or another value of `sizes`).
    #[prop(default = CARD)]
    sizes: &'static str,
) -> impl IntoView {
    let colour = format!("#{:06x}", image.colour);
    view! {
        <span class="picture-frame">
            <svg aria-hidden="true">
                <rect width="100%" height="100%" fill=colour />
            </svg>
            <Sources image alt class="picture" first sizes />
        </span>
    }
    .into_any()
}

/// The picture alone, without a frame; in a place that has its own.
#[component]
pub fn Sources(
    /// Which.
    image: Image,
    /// What it shows.
    #[prop(optional, into)]
    alt: String,
    /// The class of the `<img>`.
    class: &'static str,
    /// Is it seen before scrolling?
    first: bool,
    /// How wide it is shown.
    sizes: &'static str,
) -> impl IntoView {
    let (loading, priority) = if first { ("eager", "high") } else { ("lazy", "auto") };
    // What is loaded later is laid out by then: the browser knows its width better.
    let sizes = if first { sizes.to_owned() } else { format!("auto, {sizes}") };
    let better = (!image.widths.is_empty()).then(|| {
        let sizes = &sizes;
        let source = |format: Format| {
            let srcset = srcset(&image, format);
            view! { <source type=format.media_type() srcset=srcset sizes=sizes.clone() /> }
        };
        [source(Format::Avif), source(Format::WebP)]
    });
    let srcset = (!image.widths.is_empty()).then(|| srcset(&image, Format::Jpeg));
    let sizes = srcset.is_some().then_some(sizes);
    view! {
        <picture>
            {better}
            <img
                class=class
                src=image.address
                srcset=srcset
                sizes=sizes
                alt=alt
                width=image.width.to_string()
                height=image.height.to_string()
                loading=loading
                fetchpriority=priority
                decoding="async"
            />
        </picture>
    }
    .into_any()
}

/// Asks for the one picture that a page is about in its head, before its place is reached. Browsers
/// that do not read AVIF pass over it (HTML, `link rel=preload` with a type).
#[component]
pub fn Preload(
    /// Which.
    image: Image,
    /// How wide it is shown.
    sizes: &'static str,
) -> impl IntoView {
    let there = !image.widths.is_empty();
    there
        .then(|| {
            view! {
                <Link
                    rel="preload"
                    as_="image"
                    type_=Format::Avif.media_type()
                    imagesrcset=srcset(&image, Format::Avif)
                    imagesizes=sizes
                    fetchpriority="high"
                />
            }
        })
        .into_any()
}

/// Every width of a format with its address.
fn srcset(image: &Image, format: Format) -> String {
    let widths = image.widths_in(format).iter();
    let mut all: Vec<_> = widths.map(|width| format!("{} {width}w", image.variant(*width, format))).collect();
    if format == Format::Jpeg && image.widths.first() != Some(&image.width) {
        all.push(format!("{} {}w", image.address, image.width));
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_names_every_width() {
        let image = Image { widths: vec![320, 480], ..Image::at("/media/a.jpg") };
        assert_eq!(srcset(&image, Format::Avif), "/media/a-320.avif 320w, /media/a-480.avif 480w");
        assert_eq!(srcset(&image, Format::Jpeg), "/media/a-320.jpg 320w, /media/a.jpg 800w");
        let tiny = Image { width: 40, widths: vec![40], ..image };
        assert_eq!(srcset(&tiny, Format::Jpeg), "/media/a-40.jpg 40w");
    }
}
