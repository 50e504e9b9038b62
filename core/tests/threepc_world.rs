//! Three-phase commit where no lesson leads: what each set of rules promises in any weather, and
//! what it does not.

mod common;

use common::told::comes_out;
/// Bad weather: messages are lost, doubled and late, the coordinator and two participants crash and
/// come back, one is paused, and the network is torn twice. Then calm.
fn in_bad_weather(system: &str, expect: &str) {
    comes_out(&format!(
        "system threepc clients=3 latency=2..40 end=20000 {system}
seeds 1..300
at 0 loss {{tm, rm1, rm2, rm3}}--{{tm, rm1, rm2, rm3}} 0.15 maybe
at 0 duplication {{tm, rm1, rm2, rm3}}--{{tm, rm1, rm2, rm3}} 0.2 maybe
every 430 20..4000 c1@tm begin(x, a#) maybe
every 570 40..4000 c2@tm begin(y, b#) maybe
every 390 60..4000 c3@rm2 update(x, c#) maybe
at 130 crash tm
at 400 restart tm
at 900 partition {{rm1}} | {{rest}}
at 1600 heal
at 1700 crash rm2
at 2200 restart rm2
at 2300 pause tm 900
at 2900 partition {{rm2, tm}} | {{rest}}
at 3500 crash rm1
at 4200 heal
at 4300 restart rm1
at 4300 loss {{tm, rm1, rm2, rm3}}--{{tm, rm1, rm2, rm3}} 0 maybe
expect end: {expect}"
    ));
}

/// E3PC: nobody decides differently, whatever fails, and when it no longer fails all decide.
#[test]
fn a_quorum_keeps_agreement_in_bad_weather() {
    in_bad_weather("rms=3 rules=e3pc", "ac1(ok) ac2(ok) ac3(ok) ac5(ok)");
    in_bad_weather("rms=5 rules=e3pc collect=50", "ac1(ok) ac2(ok) ac3(ok) ac5(ok)");
}

/// The other two do not, and neither takes a decision back.
#[test]
fn without_a_quorum_there_is_none() {
    in_bad_weather("rms=3 rules=skeen", "ac1(violated, percent>=10) ac2(ok) ac3(ok)");
    in_bad_weather("rms=3 rules=popular", "ac1(violated, percent>=50) ac2(ok)");
}

/// What Skeen proves: as long as all that fails is crashes, survivors agree, and nobody waits for
/// the dead; who comes back asks. The crashes come at every moment of the run.
#[test]
fn crashes_alone_leave_nobody_blocked_and_no_two_apart() {
    for tm_at in (11..90).step_by(5) {
        for rm_at in (20..800).step_by(65) {
            comes_out(&format!(
                "system threepc clients=1 rms=3 rules=skeen gap=3 latency=4..10 end=3000
seeds 1..3
at 0 c1@tm begin(x, 1)
at {tm_at} crash tm
at {rm_at} crash rm1
at 2500 restart {{tm, rm1}}
expect before 2500: locked(x, <1300)
expect end: ac1(ok) ac2(ok) ac3(ok) ac5(ok)"
            ));
        }
    }
}
