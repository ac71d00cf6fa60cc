//! A short sound, made here: two notes of a bell that die away.

use super::later;
use std::cell::RefCell;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Milliseconds between the notes, and until the last one is over.
const SECOND: i32 = 170;
const OVER: i32 = 900;
/// The notes, in hertz: E and A.
const NOTES: [f32; 2] = [659.26, 880.0];

/// Browsers make no sound before somebody has touched the page: this is called when that happens.
pub fn unlock() {
    let context = CONTEXT.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = AudioContext::new().ok();
        }
        kept.clone()
    });
    if let Some(context) = context.filter(|context| context.state() == AudioContextState::Suspended) {
        let _ = context.resume();
    }
}

/// Rings.
pub fn ring() {
    unlock();
    note(NOTES[0]);
    later::after(SECOND, || note(NOTES[1]));
}

fn note(pitch: f32) {
    let Some(context) = CONTEXT.with_borrow(Clone::clone) else { return };
    let made = context.create_oscillator().and_then(|tone| Ok((tone, context.create_gain()?)));
    let Ok((tone, volume)) = made else { return };
    tone.set_type(OscillatorType::Triangle);
    tone.frequency().set_value(pitch);
    volume.gain().set_value(0.25);
    let _ = volume.gain().set_target_at_time(0.000_1, context.current_time(), 0.14);
    let _ = tone.connect_with_audio_node(&volume);
    let _ = volume.connect_with_audio_node(&context.destination());
    let _ = tone.start();
    later::after(OVER, move || {
        let _ = tone.stop();
    });
}
