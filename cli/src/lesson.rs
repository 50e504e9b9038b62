//! Plays one scenario.

use std::path::Path;

use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::link::{Address, Subject};
use netsplit_core::scenario::verdict::{run_text, verify};

use crate::library;

/// Plays what is named; says whether its expectations came out.
pub fn run(args: &[String]) -> Result<bool, String> {
    let (mut what, mut variant, mut quiet) = (None, None, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--quiet" => quiet = true,
            "--variant" => variant = args.next(),
            _ => what = Some(arg),
        }
    }
    let scenario = open(what.ok_or("Name a file, a lesson such as raft/caiyang, or a link.")?)?;
    let told = match variant {
        None => scenario.clone(),
        Some(name) => scenario
            .variant(name)
            .ok_or_else(|| format!("{} has no variant {name}.", scenario.name))?,
    };
    if !quiet {
        print!("{}", run_text(&play(told)));
    }
    let report = verify(&scenario);
    println!("{report}");
    Ok(report.passes())
}

/// What a file, a name or a link stands for.
pub fn open(what: &str) -> Result<Scenario, String> {
    if let Some((_, fragment)) = what.split_once('#') {
        return from_link(fragment);
    }
    if Path::new(what).is_file() {
        return library::read(Path::new(what));
    }
    named(what)
}

fn named(name: &str) -> Result<Scenario, String> {
    let lessons = library::lessons()?;
    let missing = || format!("There is no file and no lesson {name}. A lesson: raft/caiyang.");
    library::parse(lessons.get(name).ok_or_else(missing)?, name)
}

fn from_link(fragment: &str) -> Result<Scenario, String> {
    let address = Address::parse(fragment).map_err(|error| format!("This link: {error}."))?;
    match address.subject {
        Subject::Nothing => Err("This link opens the gallery, not a scenario.".into()),
        Subject::Text(text) => library::parse(&text, "link"),
        Subject::BuiltIn(name, lines) => {
            let mut scenario = named(&name)?;
            for line in lines {
                let own = scenario
                    .parse_line(&line)
                    .map_err(|error| format!("The line `{line}` of this link: {error}."))?;
                scenario.lines.extend(own);
            }
            Ok(scenario)
        }
    }
}
