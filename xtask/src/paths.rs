//! Where things lie.

use std::path::PathBuf;

/// The top of the repository.
pub fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies in the workspace").to_owned()
}

/// What Trunk builds and a host serves.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// What `cargo xtask assets` writes for Trunk to copy.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// What cargo builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The tools that set-up installs.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}
