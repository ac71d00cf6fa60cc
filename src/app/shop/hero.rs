//! The large picture at the top of the home page.

use crate::{
    app::ui::picture::{Preload, Sources},
    model::image::Image,
};
use leptos::prelude::*;

/// Where it is; the digits are those of its content (`demo/make-pictures`).
const ADDRESS: &str = "/pictures/hero-f3891edf.jpg";
/// The widths in which it can be had.
const WIDTHS: [u16; 4] = [320, 480, 720, 1080];

/// The picture, over the whole width of the window; its place and crop are the style sheet's
/// (`.hero-picture`).
#[component]
pub fn HeroPicture() -> impl IntoView {
    let image = hero();
    view! {
        <Preload image=image.clone() sizes="100vw" />
        <Sources image class="hero-picture" first=true sizes="100vw" />
    }
    .into_any()
}

/// What is known of it.
pub fn hero() -> Image {
    Image { address: ADDRESS.into(), width: 1600, height: 900, colour: 0xd7ba9b, widths: WIDTHS.to_vec() }
}
