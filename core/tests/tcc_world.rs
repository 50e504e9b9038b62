//! Try-Confirm-Cancel and sagas where no lesson leads: told as scenarios, so that each reads like
//! one.

mod common;

use common::told::comes_out;
/// Bad weather: messages are lost, doubled and overtaken; everybody crashes, and comes back.
const WEATHER: &str = "latency=5..60 end=20000
seeds 1..100";

fn tcc(settings: &str, expect: &str) {
    comes_out(&format!(
        "system tcc clients=3 available=40 try_timeout=200 retry=150 {settings} {WEATHER}
at 0 loss tm--{{order, stock}} 0.1
at 0 duplication tm--{{order, stock}} 0.3
at 0 reorder tm--{{order, stock}} on
at 0 latency tm->stock 5..300
every 210 100..6000 c1 order(2) via {{tm}} retry=3 timeout=300
every 330 100..6000 c2 order(3) via {{tm}}
every 90 100..6000 c3@stock look()
at 700 crash stock
at 1500 restart stock
at 2000 crash tm
at 2600 restart tm
at 3300 crash order
at 3600 restart order
at 4000 partition {{tm, c1, c2}} | {{order, stock, c3}}
at 5000 heal
expect end: {expect}"
    ));
}

/// What the guards promise: the stock adds up at every step, and once the faults have ended
/// nothing is open, and both services say the same.
#[test]
fn with_its_guards_the_stock_adds_up_in_bad_weather() {
    tcc("", "conserve(ok) oversold(0) property(nothing-open, ok) property(same-outcome, ok)");
    tcc("recovery=400", "conserve(ok) property(nothing-open, ok) property(same-outcome, ok)");
}

/// Each guard is needed: without it some of these runs do not come out.
#[test]
fn without_any_one_guard_it_does_not() {
    let broken = "property(stock-adds-up, violated, percent>=20)";
    tcc("idempotence=off", broken);
    tcc("empty_rollback=off", broken);
    tcc("anti_suspension=off", "property(nothing-open, violated, percent>=20)");
}

/// Reservations that lapse sell what is not there.
#[test]
fn reservations_that_lapse_do_not_hold() {
    tcc("expiry=100", "property(stock-adds-up, violated, percent>=20)");
}

fn saga(settings: &str, expect: &str) {
    comes_out(&format!(
        "system saga clients=3 purse=200 pace=20 retry=150 {settings} {WEATHER}
at 0 loss sec--{{order, pay, ship}} 0.1
at 0 duplication sec--{{order, pay, ship}} 0.3
every 210 100..6000 c1 order(20) via {{sec}} retry=3 timeout=300
every 330 100..6000 c2 order(30) via {{sec}}
every 90 100..6000 c3@pay look()
at 500 set ship.refuses=on
at 700 crash pay
at 1500 restart pay
at 2000 crash sec
at 2600 restart sec
at 3000 set ship.refuses=off
at 3300 crash order
at 3600 restart order
at 4000 partition {{sec, c1, c2}} | {{order, pay, ship, c3}}
at 5000 heal
at 5500 crash sec
at 5700 restart sec
expect end: {expect}"
    ));
}

/// Nobody gains at any step, and in the end the customer has the money or the goods.
#[test]
fn a_saga_ends_whole_or_made_up_for() {
    for recovery in ["backward", "forward"] {
        let settings = format!("recovery={recovery}");
        saga(&settings, "conserve(ok) property(whole-or-made-up-for, ok)");
    }
}

/// It takes services that know what comes twice.
#[test]
fn a_saga_without_idempotence_does_not() {
    saga("idempotence=off", "property(no-gain, violated, percent>=20)");
}
