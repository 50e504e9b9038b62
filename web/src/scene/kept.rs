//! What a picture remembers of the one before, so that nothing on it jumps.

use super::lanes::Lanes;
use super::layout::Layout;
use super::names::Names;
use super::view::View;

/// What is remembered from one view to the next.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Kept {
    /// Which messages travel side by side.
    pub lanes: Lanes,
    /// What says what it is.
    pub names: Names,
}

impl Kept {
    /// Takes in the next view, which is laid out as before; `calm` as in [`super::Look`].
    pub fn keep(&mut self, view: &View, layout: &Layout, calm: bool) {
        self.lanes.keep(view);
        self.names.keep(view, layout, &self.lanes, calm);
    }
}
