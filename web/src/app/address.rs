//! What the page's address asks for: `?lang=zh-CN&embed#/raft/caiyang&t=1530`. Every parameter may
//! stand in the query or behind the fragment, where it counts more.

use netsplit_core::base::Time;
use netsplit_core::scenario::link::{Address, LinkError, Subject};
use web_sys::UrlSearchParams;

use super::prefs;
use crate::session::{Model, Theme};
use crate::text::{self, Trial, number};

/// The lesson of a first visit.
const FIRST: &str = "raft/caiyang";

/// The page's address, read.
pub struct Asked {
    /// What to open, or what is wrong with the link.
    pub subject: Result<Subject, LinkError>,
    /// The parameters behind the fragment.
    pub params: Vec<(String, String)>,
    query: Option<UrlSearchParams>,
}

impl Asked {
    /// Reads the address of the window.
    pub fn now() -> Asked {
        let location = web_sys::window().map(|window| window.location());
        let part = |get: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
            location.as_ref().and_then(|location| get(location).ok()).unwrap_or_default()
        };
        let query = UrlSearchParams::new_with_str(&part(web_sys::Location::search)).ok();
        let hash = part(web_sys::Location::hash);
        // An address that was cut behind its slash means the page itself.
        match Address::parse(if hash == "#/" { "" } else { &hash }) {
            Ok(Address { subject: Subject::Nothing, params }) => {
                Asked { subject: Ok(Subject::BuiltIn(FIRST.into(), Vec::new())), params, query }
            }
            Ok(Address { subject, params }) => Asked { subject: Ok(subject), params, query },
            Err(error) => Asked { subject: Err(error), params: Vec::new(), query },
        }
    }

    /// The value of a parameter.
    pub fn param(&self, key: &str) -> Option<String> {
        let behind = self.params.iter().find(|(known, _)| known == key);
        let behind = behind.map(|(_, value)| value.clone());
        behind.or_else(|| self.query.as_ref().and_then(|query| query.get(key)))
    }

    /// The instant to look at, in virtual milliseconds.
    pub fn at(&self) -> Option<Time> {
        number::decimal(&self.param("t")?, 3).map(Time)
    }

    /// A page as the address, the reader's memory and the browser want it.
    pub fn model(&self) -> Model {
        let embed = self.param("embed").is_some();
        text::set_trial(match self.param("text").as_deref() {
            Some("keys") => Trial::Keys,
            Some("long") => Trial::Long,
            _ => Trial::Off,
        });
        let asked = self.param("lang").and_then(|tag| text::nearest(&tag));
        let kept =
            || if embed { None } else { prefs::get("lang").and_then(|tag| text::nearest(&tag)) };
        let mut model = Model { embed, ..Model::default() };
        model.locale = asked.or_else(kept).or_else(prefs::spoken).unwrap_or(text::LOCALES[0]);
        model.theme = self.theme(embed);
        model.hidden = self.param("hide").map(|list| words(&list)).unwrap_or_default();
        if let Some(speed) = self.param("speed").and_then(|speed| speed_of(&speed)) {
            model.playback.ms_per_s = speed;
        }
        model
    }

    fn theme(&self, embed: bool) -> Theme {
        let kept = || if embed { None } else { prefs::get("theme") };
        match self.param("theme").or_else(kept).as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        }
    }
}

fn words(list: &str) -> Vec<String> {
    list.split([',', ' ']).filter(|word| !word.is_empty()).map(String::from).collect()
}

/// Virtual milliseconds per second of `1/20`, `0.05` or `2`.
fn speed_of(text: &str) -> Option<u32> {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let (over, under) = (number::decimal(over, 6)?, number::decimal(under, 6)?);
    let ratio = (over > 0).then(|| (over * 1000).checked_div(under))??;
    Some(ratio.clamp(1, 1_000_000) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_read() {
        assert_eq!(speed_of("1/20"), Some(50));
        assert_eq!(speed_of("0.2"), Some(200));
        assert_eq!(speed_of("2"), Some(2000));
        assert_eq!(speed_of("5000"), Some(1_000_000));
        assert_eq!(speed_of("0"), None);
        assert_eq!(speed_of("1/0"), None);
        assert_eq!(speed_of("fast"), None);
    }

    #[test]
    fn lists_are_read() {
        assert_eq!(words("panel,tools"), ["panel", "tools"]);
        assert!(words("").is_empty());
    }
}
