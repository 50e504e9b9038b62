//! What the command line asks for.

use std::fs;
use std::path::Path;

use netsplit_core::explore::{Bounds, Mode, PROPERTIES, Request, Wanted, applying};
use netsplit_core::protocols::{ALL, find};
use netsplit_core::scenario::Scenario;

use crate::{lesson, library};

/// The runs of a search at random when nothing is said.
const SEEDS: (u64, u64) = (0, 10_000);
/// What is added to a system when nothing else is said.
const DEFAULTS: [(&str, &str); 2] = [("clients", "clients=2"), ("end", "end=6000")];

/// What is asked for, as texts that threads can read for themselves.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The scenario.
    pub text: String,
    pub property: String,
    pub bounds: Bounds,
    pub seeds: (u64, u64),
    pub threads: usize,
    pub exhaustive: bool,
    /// Where what was found goes, besides the report.
    pub out: Option<String>,
}

impl Asked {
    pub fn parse(args: &[String]) -> Result<Asked, String> {
        let (mut what, mut property, mut bounds) = (Vec::new(), None, String::new());
        let (mut seeds, mut threads, mut out) = (SEEDS, None, None);
        let mut exhaustive = false;
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg} wants a value."));
            match arg.as_str() {
                "--property" => property = Some(value()?.clone()),
                "--bounds" => bounds = format!("{bounds} {}", value()?),
                "--exhaustive" => exhaustive = true,
                "--seeds" => seeds = range(value()?)?,
                "--threads" => threads = value()?.parse().ok(),
                "--out" => out = Some(value()?.clone()),
                _ if arg.starts_with("--") => return Err(format!("There is no option {arg}.")),
                _ => what.push(arg.as_str()),
            }
        }
        let text = text(&what.join(" "))?;
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Asked {
            property: property.ok_or_else(|| which_property(&text))?,
            bounds: Bounds::parse(&bounds).map_err(|refusal| refusal.to_string())?,
            seeds,
            exhaustive,
            threads: threads.unwrap_or_else(cores).max(1),
            out,
            text,
        })
    }

    /// The request, for the thread that asks.
    pub fn request(&self, mode: Mode) -> Result<Request, String> {
        let scenario = library::parse(&self.text, "scenario")?;
        let wanted = Wanted::named(&self.property, &scenario).map_err(|refusal| {
            let ids: Vec<_> = PROPERTIES.iter().map(|property| property.id).collect();
            format!("{refusal} The properties: {}.", ids.join(", "))
        })?;
        Ok(Request { scenario, wanted, bounds: self.bounds.clone(), mode })
    }
}

impl Asked {
    /// What a report says it is about.
    pub fn subject(&self, request: &Request) -> String {
        let Asked { text, property, bounds, .. } = self;
        format!("{text}property {property}: {}\nbounds {bounds}", request.wanted)
    }

    /// Writes what was found where it was asked for.
    pub fn keep(&self, found: Option<&str>) -> Result<(), String> {
        match (found, &self.out) {
            (Some(text), Some(path)) => {
                fs::write(path, text).map_err(|error| format!("{path}: {error}."))
            }
            _ => Ok(()),
        }
    }
}

fn which_property(text: &str) -> String {
    let mut sentence = String::from("Say --property, one of these that say something here:\n");
    if let Ok(scenario) = Scenario::parse(text, ALL) {
        for property in applying(&scenario) {
            sentence += &format!("  {:<14}{}\n", property.id, property.en);
        }
    }
    sentence + "or a token that is to fail, such as \"lin(ok)\", or \"reach TOKEN\"."
}

/// A system with settings, or a file, a lesson, a link.
fn text(what: &str) -> Result<String, String> {
    let id = what.split(' ').next().unwrap_or_default();
    if find(id).is_none() {
        if Path::new(what).is_file() {
            return fs::read_to_string(what).map_err(|error| format!("{what}: {error}."));
        }
        return lesson::open(what).map(|scenario| scenario.to_string());
    }
    let mut text = format!("system {what}");
    for (key, default) in DEFAULTS {
        let has_own = key == "clients" && has_clients(id);
        if !what.contains(&format!(" {key}=")) && !has_own {
            text += &format!(" {default}");
        }
    }
    Ok(text + "\n")
}

/// Whether clients are roles of the system.
fn has_clients(id: &str) -> bool {
    let knob = |knob: &&netsplit_core::knob::Knob| knob.name == "clients";
    find(id).is_some_and(|entry| entry.knobs.iter().any(|k| knob(&k)))
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let ends = text.split_once("..").and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    ends.ok_or(format!("--seeds takes a range such as 0..1000, not {text}."))
}
