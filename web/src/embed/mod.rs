//! The page as a figure in another page: what stands at its foot, and the messages between the
//! two. An embed keeps nothing, asks nothing, and waits to be played.

mod foot;
mod message;
mod port;
mod report;

pub use foot::use_embed_foot;
