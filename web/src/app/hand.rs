//! What a tool does to the thing that it is used on.

use netsplit_core::base::{Id, Span};
use netsplit_core::kernel::Phase;
use netsplit_core::kernel::action::{
    Action as Intervention, Handling, LinkSet, Selector, Target, Which,
};
use netsplit_core::run::Run;

use crate::session::{Model, Thing, Tool};

/// How far the clock tool moves a wall clock.
const JUMP: Span = Span::ms(100);

/// The intervention, if the tool has one for this thing.
pub fn work(model: &Model, tool: Tool, thing: &Thing) -> Option<Intervention> {
    let run = model.run()?;
    match (tool, thing) {
        (Tool::Crash, Thing::Node(id)) => Some(crash(run, *id)),
        (Tool::Pause, Thing::Node(id)) => pause(run, *id),
        (Tool::Clock, Thing::Node(id)) if run.world().cast().is_role(*id) => {
            Some(Intervention::Jump(Target::Node(*id), true, JUMP))
        }
        (Tool::Drop, Thing::Message(number)) => handle(run, Handling::Drop, *number),
        (Tool::Cut, Thing::Link(a, b)) => Some(link(run, *a, *b)),
        _ => None,
    }
}

fn crash(run: &Run, id: Id) -> Intervention {
    let who = vec![Target::Node(id)];
    match run.world().person(id).phase {
        Phase::Up | Phase::Paused => Intervention::Crash(who),
        Phase::Down | Phase::New => Intervention::Restart(who),
    }
}

fn pause(run: &Run, id: Id) -> Option<Intervention> {
    let who = vec![Target::Node(id)];
    match run.world().person(id).phase {
        Phase::Up => Some(Intervention::Pause(who, None)),
        Phase::Paused => Some(Intervention::Resume(who)),
        Phase::Down | Phase::New => None,
    }
}

/// Cuts a link both ways or, where it is cut, repairs it.
fn link(run: &Run, a: Id, b: Id) -> Intervention {
    let links = LinkSet { from: vec![Target::Node(a)], to: vec![Target::Node(b)], both_ways: true };
    let net = run.world().net();
    if net.is_cut((a, b)) || net.is_cut((b, a)) {
        Intervention::Heal(Some(links))
    } else {
        Intervention::Cut(links)
    }
}

/// Handles one message that is in flight or held.
fn handle(run: &Run, handling: Handling, number: u32) -> Option<Intervention> {
    let world = run.world();
    let all = || world.flights().chain(world.held());
    let flight = all().find(|flight| flight.id == number)?;
    let before = all().filter(|other| {
        (other.from, other.to, other.packet.kind())
            == (flight.from, flight.to, flight.packet.kind())
            && other.id < number
    });
    let links = LinkSet {
        from: vec![Target::Node(flight.from)],
        to: vec![Target::Node(flight.to)],
        both_ways: false,
    };
    let which = Which::Flying(before.count() as u32 + 1);
    let selector = Selector { links, kind: Some(flight.packet.kind()), which };
    Some(Intervention::Handle(handling, selector))
}
