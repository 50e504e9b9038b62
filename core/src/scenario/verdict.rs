//! Running a scenario's expectations: every variant, every seed, every token.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use super::ast::{Aggregate, Arg, Compare, Expect, Moment, Scenario, Token};
use super::names::Names;
use super::print_parts;
use crate::base::{Str, Time, sort};
use crate::check::evidence::Evidence;
use crate::check::tokens::{self, Verdict};
use crate::check::trace_text::trace_text;
use crate::protocol::When;
use crate::run::{Run, play};

/// How many events before a failure are shown.
const EVENTS_SHOWN: u32 = 12;

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its name.
    pub scenario: Str,
    /// How many runs were played: variants times seeds.
    pub runs: u32,
    /// How many tokens were looked at.
    pub checked: u32,
    /// What did not come out.
    pub failures: Vec<Failure>,
}

/// Something that did not come out.
#[derive(Clone, Debug)]
pub struct Failure {
    /// In which variant; `None` for the story as told.
    pub variant: Option<Str>,
    /// Under which seed.
    pub seed: u64,
    /// What was expected: moment and token as they are written.
    pub expected: String,
    /// What came out, and who or what is at fault.
    pub measured: Verdict,
    /// The last events before it, as text; empty where an earlier failure shows them.
    pub trace: String,
}

impl Report {
    /// Whether everything came out as expected.
    pub fn passes(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Runs `scenario` and its variants, and looks at every expectation. Of each run it expects
/// besides that no line was idle that did not say `maybe`, that no limit was met, and that no
/// property broke that must always hold, but those that the run's expectations name as violated.
pub fn verify(scenario: &Scenario) -> Report {
    let mut report =
        Report { scenario: scenario.name.clone(), runs: 0, checked: 0, failures: Vec::new() };
    let mut story = scenario.clone();
    story.expects.retain(|expect| expect.variant.is_none());
    verify_runs(&story, None, &mut report);
    for variant in &scenario.variants {
        match scenario.variant(&variant.name) {
            Some(run) => verify_runs(&run, Some(&variant.name), &mut report),
            None => report.failures.push(Failure {
                variant: Some(variant.name.clone()),
                seed: scenario.seed,
                expected: "the variant runs".into(),
                measured: fails("it cannot be told of this system"),
                trace: String::new(),
            }),
        }
    }
    report
}

fn fails(why: &str) -> Verdict {
    Verdict::Fails { measured: why.into(), why: String::new() }
}

/// A statistic over the seeds that is being collected.
struct Statistic<'a> {
    moment: Moment,
    token: &'a Token,
    aggregate: Aggregate,
    compare: Compare,
    expected: u64,
    /// The counts of the runs; 0 and 1 for shares.
    counts: Vec<u64>,
}

fn verify_runs(scenario: &Scenario, variant: Option<&Str>, report: &mut Report) {
    let (first, last) = scenario.seeds.unwrap_or((scenario.seed, scenario.seed));
    let names = Names::of(&scenario.system);
    let mut statistics: Vec<Statistic> = scenario.expects.iter().flat_map(statistics_of).collect();
    let before = report.failures.len();
    for seed in first..=last {
        let run = play(Scenario { seed, seeds: None, ..scenario.clone() });
        let evidence = Evidence::of(&run);
        report.runs += 1;
        for statistic in &mut statistics {
            statistic.collect(&evidence);
        }
        // One failing seed shows what is wrong; a thousand would hide it.
        if report.failures.len() == before {
            let mut failures = plain_failures(scenario, &run, &evidence, &names);
            for failure in &mut failures {
                (failure.variant, failure.seed) = (variant.cloned(), seed);
            }
            report.failures.append(&mut failures);
        }
    }
    let n_tokens = scenario.expects.iter().map(|expect| expect.tokens.len() as u32).sum::<u32>();
    report.checked += n_tokens;
    for statistic in &statistics {
        if let Some(measured) = statistic.falls_short() {
            let token = print_parts::token(statistic.token, &names);
            report.failures.push(Failure {
                variant: variant.cloned(),
                seed: first,
                expected: format!("{}: {token}", print_parts::moment(statistic.moment)),
                measured,
                trace: String::new(),
            });
        }
    }
}

fn aggregate_of(token: &Token) -> Option<(Aggregate, Compare, u64)> {
    token.args.iter().find_map(|arg| match arg {
        Arg::Aggregate(aggregate, compare, expected) => Some((*aggregate, *compare, *expected)),
        _ => None,
    })
}

fn statistics_of(expect: &Expect) -> impl Iterator<Item = Statistic<'_>> {
    expect.tokens.iter().filter_map(|token| {
        let (aggregate, compare, expected) = aggregate_of(token)?;
        let (moment, counts) = (expect.moment, Vec::new());
        Some(Statistic { moment, token, aggregate, compare, expected, counts })
    })
}

impl Statistic<'_> {
    fn collect(&mut self, evidence: &Evidence) {
        let count = match self.aggregate {
            Aggregate::Percent => {
                Some(tokens::evaluate(evidence, self.token, self.moment).holds().into())
            }
            _ => tokens::count(evidence, self.token, self.moment),
        };
        self.counts.extend(count);
    }

    /// What was measured, when it is not what was expected.
    fn falls_short(&self) -> Option<Verdict> {
        let mut counts = self.counts.clone();
        sort(&mut counts);
        let n = counts.len() as u64;
        let Some(last) = counts.last() else {
            let why = "no run gave a count".into();
            return Some(Verdict::NotDecided { measured: String::new(), why });
        };
        let measured = match self.aggregate {
            Aggregate::Median => counts[(counts.len() - 1) / 2],
            Aggregate::Min => counts[0],
            Aggregate::Max => *last,
            Aggregate::Percent => counts.iter().sum::<u64>() * 100 / n,
        };
        let text = format!("{measured}, over {n} runs");
        (!self.compare.holds(measured, self.expected)).then(|| fails(&text))
    }
}

/// What does not come out in one run, statistics apart.
fn plain_failures(
    scenario: &Scenario,
    run: &Run,
    evidence: &Evidence,
    names: &Names,
) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut shown = None;
    let mut fail = |expected: String, measured: Verdict, until: u32| {
        // Several failures at one moment need its story once.
        let known = shown.replace(until) == Some(until);
        let from = if known { until } else { until.saturating_sub(EVENTS_SHOWN) };
        let trace = trace_text(evidence, from..until);
        failures.push(Failure { variant: None, seed: 0, expected, measured, trace });
    };
    for expect in &scenario.expects {
        let until = events_until(evidence, expect.moment);
        for token in expect.tokens.iter().filter(|token| aggregate_of(token).is_none()) {
            let verdict = tokens::evaluate(evidence, token, expect.moment);
            if !verdict.holds() {
                let token = print_parts::token(token, names);
                fail(format!("{}: {token}", print_parts::moment(expect.moment)), verdict, until);
            }
        }
    }
    let n_events = evidence.trace.events.len() as u32;
    let idle = Token { name: "idle", args: Vec::from([Arg::Number(Compare::Equal, 0)]) };
    let verdict = tokens::evaluate(evidence, &idle, Moment::End);
    let expects_idle = scenario.expects.iter().flat_map(|e| &e.tokens).any(|t| t.name == "idle");
    if !verdict.holds() && !expects_idle {
        fail("end: idle(0)".into(), verdict, n_events);
    }
    if let Some(limit) = run.head().stopped() {
        fail("no limit is met".into(), fails(&format!("{limit:?}")), n_events);
    }
    for (event, id) in unexpected_breaks(scenario, evidence) {
        let at = evidence.trace.events[event as usize].at;
        fail(format!("property({id}, ok)"), fails(&format!("violated at {at}")), event + 1);
    }
    failures
}

fn events_until(evidence: &Evidence, moment: Moment) -> u32 {
    let at = match moment {
        Moment::End => Time::NEVER,
        Moment::At(at) | Moment::By(at) | Moment::Within(_, at) => at,
        Moment::Before(at) => Time(at.0.saturating_sub(1)),
    };
    evidence.trace.events_until(at) as u32
}

/// The properties that must always hold and broke, though no expectation names them. One that is
/// named excuses itself and no other: what else breaks with it is to be told too.
fn unexpected_breaks(scenario: &Scenario, evidence: &Evidence) -> Vec<(u32, &'static str)> {
    let properties = (evidence.cast.entry.properties)();
    let broken = evidence.trace.broken.iter().map(|&(event, place)| (event, properties[place]));
    let always = broken.filter(|(_, property)| property.when == When::Always);
    let unnamed = always.filter(|(_, property)| !is_named(scenario, property.id));
    unnamed.map(|(event, property)| (event, property.id)).collect()
}

/// Whether an expectation says that `property` breaks.
fn is_named(scenario: &Scenario, property: &str) -> bool {
    let mut tokens = scenario.expects.iter().flat_map(|expect| &expect.tokens);
    tokens.any(|token| {
        let has =
            |word: &str| token.args.iter().any(|arg| matches!(arg, Arg::Word(w) if &**w == word));
        token.name == "property" && has(property) && has("violated")
    })
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Report { scenario, runs, checked, failures } = self;
        let ok = if failures.is_empty() { "ok" } else { "FAILS" };
        writeln!(f, "{scenario}: {ok} ({checked} tokens, {runs} runs)")?;
        failures.iter().try_for_each(|failure| writeln!(f, "{failure}"))
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let variant = self.variant.as_deref().map_or(String::new(), |name| format!("{name}, "));
        writeln!(f, "  {variant}seed {}", self.seed)?;
        writeln!(f, "    expected  {}", self.expected)?;
        let (measured, why) = match &self.measured {
            Verdict::Holds { measured } => (measured.clone(), ""),
            Verdict::Fails { measured, why } => (measured.clone(), &**why),
            Verdict::NotDecided { measured, why } => (format!("not decided {measured}"), &**why),
        };
        writeln!(f, "    measured  {}", measured.trim())?;
        if !why.is_empty() {
            writeln!(f, "    because   {why}")?;
        }
        self.trace.lines().try_for_each(|line| writeln!(f, "      {line}"))
    }
}

/// The whole recording of `run` as text.
pub fn run_text(run: &Run) -> String {
    let evidence = Evidence::of(run);
    trace_text(&evidence, 0..evidence.trace.events.len() as u32)
}
