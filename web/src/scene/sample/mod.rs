//! Views to look at while working on the scene, and to test it with: moments that no single run
//! shows together.

mod build;
mod caiyang;
mod crowd;
mod faults;
mod locks;

use super::view::View;

/// A sample: its name, and the view, in Chinese or in English.
type Sample = (&'static str, fn(bool) -> View);

/// Every sample, by name.
pub const ALL: &[Sample] = &[
    ("caiyang", caiyang::view),
    ("whole", caiyang::whole),
    ("faults", faults::view),
    ("nine", |chinese| crowd::peers(9, 200, chinese)),
    ("seven", |chinese| crowd::peers(7, 10, chinese)),
    ("three", |chinese| crowd::peers(3, 4, chinese)),
    ("many", |chinese| crowd::peers(64, 120, chinese)),
    ("locks", locks::view),
    ("bridge", faults::bridge),
    ("failover", locks::failover),
];

/// The sample of this name, in Chinese or English.
pub fn named(name: &str, chinese: bool) -> Option<View> {
    ALL.iter().find(|(own, _)| *own == name).map(|(_, view)| view(chinese))
}
