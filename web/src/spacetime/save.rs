//! The drawing as a file: an SVG that carries its own styles, light as paper, and needs no page.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Document, Element, HtmlElement, Window};

/// What the styles of the page say of an element, and the picture must say itself.
const STYLES: [&str; 16] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "visibility",
    "display",
    "paint-order",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "letter-spacing",
];
/// What means something on the page only.
const DROPPED: [&str; 10] = [
    "class",
    "role",
    "tabindex",
    "aria-label",
    "aria-hidden",
    "aria-pressed",
    "aria-valuemin",
    "aria-valuemax",
    "aria-valuenow",
    "aria-valuetext",
];

/// Saves the diagram that is on the page, under this name.
pub fn save(name: &str) {
    if let Some(window) = web_sys::window()
        && let Some(document) = window.document()
        && let Some(text) = picture(&window, &document)
    {
        download(&document, &format!("{name}.svg"), &text);
    }
}

/// The text of the file.
fn picture(window: &Window, document: &Document) -> Option<String> {
    let drawn = document.query_selector("svg.sp").ok()??;
    let root = document.document_element()?;
    let theme = root.get_attribute("data-theme").unwrap_or_default();
    // Pictures are printed: they are light. Nothing is painted until this function is left.
    root.set_attribute("data-theme", "light").ok()?;
    let copy = copy(window, &drawn);
    let ground = window.get_computed_style(&drawn).ok()??.get_property_value("background-color");
    root.set_attribute("data-theme", &theme).ok()?;
    let copy = copy?;
    let paper = document.create_element_ns(Some("http://www.w3.org/2000/svg"), "rect").ok()?;
    for (key, value) in [("width", "100%"), ("height", "100%"), ("fill", &*ground.ok()?)] {
        paper.set_attribute(key, value).ok()?;
    }
    copy.insert_before(&paper, copy.first_child().as_ref()).ok()?;
    Some(copy.outer_html().replace("&nbsp;", "\u{a0}"))
}

/// A copy of the drawing in which every element says itself how it looks.
fn copy(window: &Window, drawn: &Element) -> Option<Element> {
    let copy: Element = drawn.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let (from, to) = (drawn.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for place in 0..from.length() {
        let (Some(from), Some(to)) = (element(from.get(place)), element(to.get(place))) else {
            continue;
        };
        if let Ok(Some(style)) = window.get_computed_style(&from) {
            wear(&to, &style);
        }
    }
    DROPPED.iter().for_each(|name| drop(copy.remove_attribute(name)));
    Some(copy)
}

fn element(node: Option<web_sys::Node>) -> Option<Element> {
    node?.dyn_into().ok()
}

fn wear(element: &Element, style: &CssStyleDeclaration) {
    for name in STYLES {
        let value = style.get_property_value(name).unwrap_or_default();
        // Patterns are named by the page's address here, and by themselves in the file.
        let said = element.get_attribute(name).is_some_and(|said| said.starts_with("url("));
        if !said && !value.is_empty() {
            let _ = element.set_attribute(name, &value);
        }
    }
    DROPPED.iter().for_each(|name| drop(element.remove_attribute(name)));
}

/// Gives a text to the reader as a file.
fn download(document: &Document, name: &str, text: &str) {
    let Ok(link) = document.create_element("a") else { return };
    let text = js_sys::encode_uri_component(text);
    let _ = link.set_attribute("href", &format!("data:image/svg+xml;charset=utf-8,{text}"));
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
}
