//! Fetching small files from beside the page.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file did not come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// There is no such file.
    Unknown,
    /// The network, or the server, failed.
    Failed,
}

/// The text of a file below `site/`.
pub async fn text(path: &str) -> Result<String, Missing> {
    let window = web_sys::window().ok_or(Missing::Failed)?;
    let asked = window.fetch_with_str(&format!("site/{path}"));
    let answer = JsFuture::from(asked).await.map_err(|_| Missing::Failed)?;
    let answer: Response = answer.dyn_into().map_err(|_| Missing::Failed)?;
    if !answer.ok() {
        return Err(if answer.status() == 404 { Missing::Unknown } else { Missing::Failed });
    }
    let text = answer.text().map_err(|_| Missing::Failed)?;
    let text = JsFuture::from(text).await.map_err(|_| Missing::Failed)?;
    text.as_string().ok_or(Missing::Failed)
}
