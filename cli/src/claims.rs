//! Which rows of the claims list are shown by a scenario that passes.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use netsplit_core::protocols;
use netsplit_core::scenario::claims::{CLAIMS, Claim, parse};
use netsplit_core::scenario::verdict::verify;

use crate::library;

/// What is so of a row.
enum Row {
    /// Its scenario names it, runs, and every token of the row holds.
    Covered,
    /// These systems are not built yet.
    Waits(Vec<String>),
    /// Nothing shows it, though everything that it needs is built.
    Missing(String),
    /// Its scenario runs, and a token does not hold.
    Fails(String),
}

/// Prints the count per system; of those named in `args`, or of all that are built. Says whether
/// no covered row fails.
pub fn run(args: &[String]) -> Result<bool, String> {
    let claims = parse(CLAIMS).map_err(|line| format!("core/claims.tsv:{line}: not a row."))?;
    let lessons = library::lessons()?;
    let rows = judge(&claims, &lessons);
    let mut systems: BTreeMap<&str, Vec<(&Claim, &Row)>> = BTreeMap::new();
    for (claim, row) in claims.iter().zip(&rows) {
        systems.entry(claim.system).or_default().push((claim, row));
    }
    let mut fine = true;
    for (system, rows) in &systems {
        let wanted = args.iter().any(|arg| arg.eq_ignore_ascii_case(system));
        if wanted || args.is_empty() && !rows.iter().all(|(_, row)| matches!(row, Row::Waits(_))) {
            fine &= report(system, rows);
        }
    }
    let covered = rows.iter().filter(|row| matches!(row, Row::Covered)).count();
    println!("ALL {covered}/{}", rows.len());
    Ok(fine)
}

fn report(system: &str, rows: &[(&Claim, &Row)]) -> bool {
    let covered = rows.iter().filter(|(_, row)| matches!(row, Row::Covered)).count();
    println!("{} {covered}/{}", system.to_uppercase(), rows.len());
    let mut fine = true;
    let mut waiting: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (claim, row) in rows {
        match row {
            Row::Covered => {}
            Row::Waits(systems) => waiting.entry(systems.join(", ")).or_default().push(claim.id),
            Row::Missing(why) => println!("   {} missing: {why}", claim.id),
            Row::Fails(why) => {
                fine = false;
                println!("   {} FAILS in {}:\n{why}", claim.id, claim.scenario);
            }
        }
    }
    for (systems, ids) in waiting {
        println!("   waiting for {systems}: {}", ids.join(" "));
    }
    fine
}

/// Judges every row, on all cores.
fn judge(claims: &[Claim], lessons: &BTreeMap<String, String>) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let judged = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(claim) = claims.get(place) else { break };
                    let row = judge_one(claim, lessons);
                    if let Ok(mut judged) = judged.lock() {
                        judged.insert(place, row);
                    }
                }
            });
        }
    });
    judged.into_inner().map(|judged| judged.into_values().collect()).unwrap_or_default()
}

fn judge_one(claim: &Claim, lessons: &BTreeMap<String, String>) -> Row {
    let waits = claim.waits_for(|system| protocols::find(system).is_some());
    if !waits.is_empty() {
        return Row::Waits(waits.into_iter().map(str::to_uppercase).collect());
    }
    if claim.is_card() {
        return match lessons.values().any(|text| names(text, claim.id)) {
            true => Row::Covered,
            false => Row::Missing("no card names it".into()),
        };
    }
    let Some(text) = lessons.get(claim.scenario) else {
        return Row::Missing(format!("there is no {}", claim.scenario));
    };
    if !names(text, claim.id) {
        return Row::Missing(format!("{} does not name it", claim.scenario));
    }
    let scenario = match library::parse(text, claim.scenario) {
        Ok(scenario) => scenario,
        Err(why) => return Row::Fails(why),
    };
    let mut asked = scenario.clone();
    match scenario.parse_expects(claim.expectation) {
        // The lesson's own expectations go along: they name the properties that break.
        Ok(expects) => asked.expects.extend(expects),
        Err(error) => return Row::Fails(format!("      {}: {error}", claim.expectation)),
    }
    let report = verify(&asked);
    if report.passes() { Row::Covered } else { Row::Fails(report.to_string()) }
}

/// Whether a lesson says that it shows a row.
fn names(text: &str, id: &str) -> bool {
    let rows = text.lines().filter_map(|line| line.strip_prefix("claims "));
    rows.flat_map(str::split_whitespace).any(|row| row == id)
}
