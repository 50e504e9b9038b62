//! The gallery: lessons by family, each family a short course.

mod fetch;
pub mod index;
