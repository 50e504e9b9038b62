//! The list of claims: whole, and in the grammar of `tokens.md`.

use std::collections::BTreeSet;
use std::path::Path;

use netsplit_core::protocols::{self, ALL};
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::claims::{CLAIMS, Claim, odd_token, parse};

fn claims() -> Vec<Claim<'static>> {
    parse(CLAIMS).unwrap_or_else(|line| panic!("claims.tsv:{line}: not seven columns"))
}

#[test]
fn every_row_is_there_once() {
    let claims = claims();
    assert_eq!(claims.len(), 475);
    let ids: BTreeSet<_> = claims.iter().map(|claim| claim.id).collect();
    assert_eq!(ids.len(), claims.len());
    let of = |system| claims.iter().filter(|claim| claim.system == system).count();
    assert_eq!((of("raft"), of("dblock"), of("setnx"), of("setnxpx")), (36, 10, 6, 6));
    assert_eq!(of("lesson"), 35);
}

#[test]
fn expectations_use_defined_tokens() {
    for claim in claims() {
        if let Some(odd) = odd_token(claim.expectation) {
            panic!("{}: `{odd}`", claim.id);
        }
        assert_eq!(claim.is_card(), claim.needs.is_empty(), "{}", claim.id);
    }
}

/// What a row expects can be asked of its scenario: the variants, labels and names are there.
#[test]
fn expectations_fit_their_scenarios() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut fitted = 0;
    let mut odd = String::new();
    for claim in claims() {
        if claim.is_card() || !claim.waits_for(|id| protocols::find(id).is_some()).is_empty() {
            continue;
        }
        let (family, slug) = claim.scenario.split_once('/').expect("family/slug");
        let file = source.join(format!("src/protocols/{family}/lessons/{slug}.txt"));
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let scenario = Scenario::parse(&text, ALL).expect("lessons are right");
        match scenario.parse_expects(claim.expectation) {
            Ok(_) => fitted += 1,
            Err(error) => odd += &format!("{}, {}: {error}\n", claim.id, claim.scenario),
        }
    }
    assert!(odd.is_empty(), "{odd}");
    assert!(fitted > 20, "only {fitted} rows have a scenario");
}

/// A scenario claims rows that there are, and that name it as the one that shows them.
#[test]
fn scenarios_claim_their_own_rows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let claims = claims();
    for entry in ALL {
        let folder = source.join(format!("src/protocols/{}/lessons", entry.id));
        let Ok(files) = std::fs::read_dir(folder) else { continue };
        for file in files {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            let scenario = Scenario::parse(&text, ALL).expect("lessons are right");
            for id in &scenario.claims {
                let row = claims.iter().find(|claim| claim.id == &**id);
                let shows = row.map(|claim| claim.scenario);
                assert_eq!(shows, Some(&*scenario.name), "{id} in {}", path.display());
            }
        }
    }
}
