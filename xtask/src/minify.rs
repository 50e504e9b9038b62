//! Makes a release build's scripts and styles small: comments and room go, the styles become one
//! file, and each file's name tells what it holds now.

use crate::files::{read, read_bytes, remove, rename, write};
use crate::split::hash;
use crate::{Outcome, setup, shell};
use std::path::{Path, PathBuf};

/// What boot.js, the glue of wasm-bindgen and the styles are minified by. embed.js and the examples
/// are read by people.
pub fn run(staging: &Path) -> Outcome {
    let page = staging.join("index.html");
    let mut html = read(&page)?;
    let scripts = ["data-js=\"./", "src=\"./"].map(|before| named(&html, before));
    let scripts: Vec<String> = scripts.into_iter().flatten().collect();
    for script in &scripts {
        let format: &[&str] = if script == "boot.js" { &[] } else { &["--format=esm"] };
        shrink(&staging.join(script), format)?;
    }
    html = with_one_style(staging, html)?;
    for script in scripts.iter().filter(|script| *script != "boot.js") {
        html = renamed(staging, html, script)?;
    }
    write(&page, &html)
}

/// What stands behind each of these up to the next quote.
fn named(html: &str, before: &str) -> Option<String> {
    let (_, rest) = html.split_once(before)?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

/// All styles in one file, in their order.
fn with_one_style(staging: &Path, html: String) -> Outcome<String> {
    const BEFORE: &str = "<link rel=\"stylesheet\" href=\"./";
    const BEHIND: &str = "\"/>";
    let mut parts = html.split(BEFORE);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    let (mut style, mut place) = (String::new(), None);
    for part in parts {
        let (name, rest) = part.split_once(BEHIND).unwrap_or((part, ""));
        let path = staging.join(name);
        style += &read(&path)?;
        remove(&path)?;
        place.get_or_insert(kept.len());
        kept += rest.trim_start();
    }
    let Some(place) = place else { return Ok(kept) };
    let path = staging.join("style.css");
    write(&path, &style)?;
    shrink(&path, &[])?;
    let name = format!("style-{:08x}.css", hash(read(&path)?.as_bytes()));
    rename(&path, &staging.join(&name))?;
    kept.insert_str(place, &format!("{BEFORE}{name}{BEHIND}\n"));
    Ok(kept)
}

/// The page with the glue and its wasm called after what they hold now, so that no browser's cache
/// joins those of two builds.
fn renamed(staging: &Path, html: String, script: &str) -> Outcome<String> {
    let stem = script.trim_end_matches(".js");
    let (glue, wasm) = (staging.join(script), staging.join(format!("{stem}_bg.wasm")));
    let mut bytes = read_bytes(&glue)?;
    bytes.extend(read_bytes(&wasm)?);
    let (crate_name, _) = stem.rsplit_once('-').unwrap_or((stem, ""));
    let new = format!("{crate_name}-{:08x}", hash(&bytes));
    rename(&glue, &staging.join(format!("{new}.js")))?;
    rename(&wasm, &staging.join(format!("{new}_bg.wasm")))?;
    Ok(html.replace(stem, &new))
}

/// Leaves the file as it is where esbuild is not set up.
fn shrink(file: &Path, how: &[&str]) -> Outcome {
    let Some(mut esbuild) = setup::node::esbuild() else { return Ok(()) };
    let smaller = PathBuf::from(format!("{}.smaller", file.display()));
    esbuild.arg(file).args(["--minify", "--log-level=error"]).args(how);
    let mut to = std::ffi::OsString::from("--outfile=");
    to.push(&smaller);
    shell::run(esbuild.arg(to))?;
    rename(&smaller, file)
}
