//! The scene looked at from outside: what a view becomes, at the sizes that the page has.

use netsplit_core::base::{Id, Time};

use super::geometry::{Point, Rect, pt};
use super::kept::Kept;
use super::lanes::Lanes;
use super::layout::{Layout, Place, Space, layout};
use super::mark::{Anchor, Draw, Key, Mark, Thing};
use super::motion::Change;
use super::names::State;
use super::print::print;
use super::stroke::cutting;
use super::text::{mono_width, sans_width};
use super::view::FlightView;
use super::view::Port;
use super::{Look, Picture, View, picture, sample};

const WIDE: Space = Space { w: 1064.0, h: 664.0, foot: 52.0 };
const SPACES: [(&str, Space); 11] = [
    ("wide", WIDE),
    ("mid", Space { w: 720.0, h: 532.0, foot: 52.0 }),
    ("embed", Space { w: 720.0, h: 372.0, foot: 0.0 }),
    ("phone", Space { w: 390.0, h: 372.0, foot: 0.0 }),
    ("short", Space { w: 720.0, h: 252.0, foot: 0.0 }),
    ("low", Space { w: 390.0, h: 361.0, foot: 0.0 }),
    ("narrow", Space { w: 360.0, h: 219.0, foot: 0.0 }),
    ("handy", Space { w: 375.0, h: 229.0, foot: 0.0 }),
    ("figure", Space { w: 720.0, h: 312.0, foot: 0.0 }),
    ("pane", Space { w: 533.0, h: 267.0, foot: 0.0 }),
    ("low pane", Space { w: 360.0, h: 202.0, foot: 0.0 }),
];

fn view(name: &str) -> View {
    sample::named(name, false).expect("a sample of this name")
}

fn drawn(view: &View, space: Space, look: Look) -> (Layout, Picture) {
    let layout = layout(view, space);
    let mut kept = Kept::default();
    kept.keep(view, &layout, look.calm);
    let picture = picture(view, &layout, &kept, &look);
    (layout, picture)
}

fn mark(picture: &Picture, key: Key) -> Option<&Mark> {
    picture.marks.iter().find(|mark| mark.key == key)
}

/// The classes of a mark's primitives.
fn classes(mark: &Mark) -> Vec<&str> {
    let mut classes = Vec::new();
    for draw in &mark.body {
        let (Draw::Box { class, .. }
        | Draw::Disc { class, .. }
        | Draw::Path { class, .. }
        | Draw::Sweep { class, .. }
        | Draw::Text { class, .. }
        | Draw::Icon { class, .. }) = draw
        else {
            continue;
        };
        classes.push(class.as_ref());
    }
    classes
}

/// The words of a mark.
fn words(mark: &Mark) -> Vec<&str> {
    let mut words = Vec::new();
    for draw in &mark.body {
        if let Draw::Text { text, .. } = draw {
            words.push(text.as_str());
        }
    }
    words
}

/// The size of a text's type and whether it is monospaced, as stage.css has it.
fn face(class: &str, letter: &str) -> (f64, bool) {
    let has = |name: &str| class.split(' ').any(|own| own == name);
    let small = if matches!(letter, "M" | "E") { 1 } else { usize::from(letter == "S") * 2 };
    match () {
        () if has("m12") || has("pl") => (12.0, true),
        () if has("cn") => (if has("small") { 9.5 } else { 12.0 }, true),
        () if has("idx") => (10.0, true),
        () if has("ringnum") => (8.0, true),
        () if has("nm") => ([17.0, 15.0, 14.0][small], false),
        () if has("role") => ([13.0, 12.0, 11.5][small], false),
        () if has("sheetn") => (17.0, false),
        () if has("timername") => (11.0, false),
        () if has("small") || has("flag") || has("pw") => (11.5, false),
        () if has("sheett") => (12.5, false),
        () if has("note") => (11.5, false),
        () => (11.0, true),
    }
}

/// Every piece of text on the stage at `at`: what it is, and the room that its letters take.
fn spelt(picture: &Picture, layout: &Layout, at: Time) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    for mark in &picture.marks {
        let moved = picture.frame(at).find_map(|(key, _, change)| match change {
            Change::Place(place) if key == mark.key => Some(place),
            _ => None,
        });
        let place = moved.unwrap_or(mark.at);
        for draw in &mark.body {
            let Draw::Text { at, anchor, class, text } = draw else { continue };
            if class.contains("quiet") {
                continue;
            }
            let (size, mono) = face(class, layout.size.letter);
            let w = if mono { mono_width(text, size) } else { sans_width(text, size) };
            let left = match anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => w / 2.0,
                Anchor::End => w,
            };
            let y = place.y + at.y - 0.74 * size;
            let rect = Rect { x: place.x + at.x - left, y, w, h: 0.92 * size };
            found.push((format!("{:?} {text:?}", mark.key), rect));
        }
    }
    found
}

fn words_lie_apart(what: &str, view: &View, space: Space, calm: bool) {
    let (layout, picture) = drawn(view, space, Look { calm, named: None });
    for ms in 0..20 {
        let at = Time(view.at.0 - 10_000 + ms * 1000);
        let mut words = spelt(&picture, &layout, at);
        // What has not been sent yet, or has arrived, is not on the stage then.
        let away = |flight: &&FlightView| !flight.held && (at < flight.sent || flight.due < at);
        for flight in view.flights.iter().filter(away) {
            let own = format!("{:?} ", Key::Name(flight.number));
            words.retain(|(text, _)| !text.starts_with(&own));
        }
        for (i, (text, rect)) in words.iter().enumerate() {
            assert!(
                rect.grown(-0.1).inside(Rect { x: 0.0, y: 0.0, w: space.w, h: space.h }),
                "{what}: {text} leaves the stage: {rect:?}"
            );
            for (other, ground) in &words[i + 1..] {
                assert!(!rect.overlaps(*ground), "{what}: {text} {rect:?} on {other} {ground:?}");
            }
        }
    }
}

#[test]
fn no_two_words_lie_on_each_other() {
    for (name, make) in sample::ALL {
        for (size, space) in SPACES {
            for chinese in [false, true] {
                for calm in [false, true] {
                    let what = format!("{name} {size} chinese {chinese} calm {calm}");
                    words_lie_apart(&what, &make(chinese), space, calm);
                }
            }
        }
    }
}

#[test]
fn however_messages_cross_their_words_lie_apart() {
    let mut seed = 7u64;
    let mut draw = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    for (name, n) in [("whole", 5), ("caiyang", 5), ("seven", 7), ("faults", 6)] {
        let mut view = view(name);
        let shape = view.flights[0].clone();
        for round in 0..12 {
            view.flights = (0..8)
                .map(|number| {
                    let from = draw(n) as u16;
                    let to = (from + 1 + draw(n - 1) as u16) % n as u16;
                    let sent = Time(1_522_000 + draw(8_000));
                    let due = Time(1_531_000 + draw(9_000));
                    let held = name == "faults" && draw(4) == 0;
                    let (from, to) = (Id(from), Id(to));
                    FlightView { number, from, to, sent, due, held, ..shape.clone() }
                })
                .collect();
            for (size, space) in SPACES {
                words_lie_apart(&format!("{name} {size} round {round}"), &view, space, false);
            }
        }
    }
}

#[test]
fn words_keep_their_place_while_other_messages_come_and_go() {
    let mut view = view("caiyang");
    let layout = layout(&view, WIDE);
    let mut kept = Kept::default();
    kept.keep(&view, &layout, false);
    let of = |kept: &Kept, number| kept.names.of(State::Flying, number).cloned();
    let before = [41, 42].map(|number| of(&kept, number));
    assert!(before.iter().any(Option::is_some), "something says what it is");
    view.flights.remove(0);
    view.flights.push(FlightView { number: 50, ..view.flights[0].clone() });
    kept.keep(&view, &layout, false);
    assert_eq!([41, 42].map(|number| of(&kept, number)), before);
}

/// With `SCENE_FIGURES=folder`, writes every sample at every size as SVG, to be looked at.
#[test]
fn figures() {
    let Ok(folder) = std::env::var("SCENE_FIGURES") else { return };
    for (name, _) in sample::ALL {
        for (size, space) in SPACES {
            let (_, picture) = drawn(&view(name), space, Look::default());
            let file = format!("{folder}/{name}-{size}.svg");
            std::fs::write(file, print(&picture, space)).expect("the folder can be written to");
        }
    }
}

#[test]
fn cards_lie_apart_and_on_the_stage() {
    for (name, _) in sample::ALL {
        for (size, space) in SPACES {
            let layout = layout(&view(name), space);
            for (i, place) in layout.places.iter().enumerate() {
                let rect = place.rect;
                assert!(rect.x >= 0.0 && rect.right() <= space.w, "{name} {size} {place:?}");
                assert!(rect.y >= 0.0 && rect.bottom() <= space.h, "{name} {size} {place:?}");
                for other in &layout.places[i + 1..] {
                    assert!(!rect.overlaps(other.rect), "{name} {size}: {place:?} {other:?}");
                }
            }
        }
    }
}

#[test]
fn five_peers_are_cards_even_on_a_phone_and_sixty_four_are_dots() {
    for (size, space) in SPACES {
        assert!(!layout(&view("whole"), space).dots, "{size}");
        assert!(!layout(&view("caiyang"), space).dots, "{size}");
        assert!(!layout(&view("failover"), space).dots || space.h < 250.0, "{size}");
        assert!(layout(&view("many"), space).dots, "{size}");
    }
}

#[test]
fn words_stay_on_their_card() {
    for (name, make) in sample::ALL {
        for (size, space) in SPACES {
            let (layout, picture) = drawn(&make(false), space, Look::default());
            for (text, rect) in spelt(&picture, &layout, picture.at) {
                let own = |place: &&Place| text.starts_with(&format!("{:?} ", Key::Node(place.id)));
                let Some(place) = layout.places.iter().find(own).filter(|_| !layout.dots) else {
                    continue;
                };
                assert!(rect.inside(place.rect.grown(1.0)), "{name} {size}: {text} {rect:?}");
            }
        }
    }
}

#[test]
fn each_of_sixty_four_dots_can_be_hit_with_a_finger() {
    for (size, space) in SPACES.iter().filter(|(_, space)| space.w < 400.0 && space.h > 300.0) {
        let layout = layout(&view("many"), *space);
        assert!(layout.reach >= 20.0, "{size}: {}", layout.reach);
    }
}

#[test]
fn an_arc_means_the_same_timer_whatever_is_due_next() {
    let mut view = view("whole");
    let mut lease = view.nodes[0].timers[0].clone();
    lease.name = "lease".to_owned();
    lease.armed_at = Time::ms(1_000);
    view.nodes[0].timers.push(lease);
    view.nodes[0].ports = None;
    let clock = |view: &View| {
        let (_, picture) = drawn(view, WIDE, Look::default());
        let clock = mark(&picture, Key::Clock(Id(0))).expect("it has timers").clone();
        words(&clock).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(clock(&view), ["lease", "election"]);
    view.nodes[0].timers.swap(0, 1);
    assert_eq!(clock(&view), ["lease", "election"]);
}

#[test]
fn a_port_says_its_answer_over_its_whole_face() {
    let mut view = view("caiyang");
    view.nodes[0].ports = Some((Port::Doubtful, Port::Open));
    view.nodes[0].answers = ["n1 would answer 1".to_owned(), "n1 would say ok".to_owned()];
    let (_, picture) = drawn(&view, WIDE, Look::default());
    let card = mark(&picture, Key::Node(Id(0))).expect("n1 is drawn");
    let boxes: Vec<_> = card
        .body
        .iter()
        .filter_map(|draw| match draw {
            Draw::Box { rect, class, .. } if class.starts_with("port") => Some((*rect, &**class)),
            _ => None,
        })
        .collect();
    let said: Vec<_> = card
        .body
        .iter()
        .filter_map(|draw| match draw {
            Draw::Hint { rect, text } => Some((*rect, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(boxes.iter().map(|port| port.1).collect::<Vec<_>>(), ["port stale", "port"]);
    assert_eq!(said.iter().map(|port| port.1).collect::<Vec<_>>(), view.nodes[0].answers);
    assert!(boxes.iter().zip(&said).all(|(port, hint)| port.0 == hint.0));
    assert!(words(card).contains(&"answers"), "what is not decided has a word of its own");
}

#[test]
fn nobody_moves_while_messages_come_and_go() {
    let before = view("caiyang");
    let mut after = before.clone();
    after.flights.clear();
    after.losses.clear();
    after.clients[0].asks = Some(Id(1));
    after.nodes[0].ports = None;
    assert_eq!(layout(&before, WIDE), layout(&after, WIDE));
}

#[test]
fn each_island_stands_on_its_own_side_of_the_tear() {
    let view = view("caiyang");
    for (size, space) in SPACES {
        let layout = layout(&view, space);
        let upright = layout.tears[0].upright;
        let beginning = |id: u16| {
            let centre = layout.place(Id(id)).expect("everybody stands somewhere").rect.centre();
            let along = if upright { centre.y } else { centre.x };
            let line = &layout.tears[0].line;
            let nearest = line.iter().min_by(|a, b| {
                let off = |p: &Point| (if upright { p.y } else { p.x } - along).abs();
                off(a).total_cmp(&off(b))
            });
            let tear = nearest.expect("a tear has points");
            if upright { centre.x < tear.x } else { centre.y < tear.y }
        };
        assert_eq!([0, 1, 5].map(beginning), [true; 3], "{size}");
        assert_eq!([2, 3, 4, 6].map(beginning), [false; 4], "{size}");
    }
}

#[test]
fn who_reaches_both_islands_stands_on_the_tear() {
    let layout = layout(&view("bridge"), WIDE);
    let bridge = layout.place(Id(4)).expect("n5 stands somewhere").rect;
    assert!(layout.tears[0].line.iter().any(|p| bridge.contains(*p)));
}

#[test]
fn a_message_over_a_cut_is_lost_in_the_tear() {
    let view = view("caiyang");
    let (layout, picture) = drawn(&view, WIDE, Look::default());
    let loss = picture.moving.iter().find(|moving| moving.target().0 == Key::Loss(39));
    let at = |us| match loss.expect("the loss falls").at(Time(us)) {
        Change::Place(place) => place,
        other => panic!("{other:?}"),
    };
    let (from, to) = layout.way(Id(0), Id(2)).expect("both stand somewhere");
    assert_eq!(at(1_490_000), from, "it begins at the sender");
    let share = layout.torn_at(from, to).expect("the way is torn");
    let torn = from.toward(to, share);
    let travelled = 1_490_000 + (12_000.0 * share) as u64;
    assert!(at(travelled).distance(torn) < 1.0, "it comes as far as the tear");
    assert!(at(travelled + 40_000).y > torn.y + 20.0, "then it falls");
}

#[test]
fn a_crash_leaves_the_disk_and_nothing_else() {
    let (_, picture) = drawn(&view("faults"), WIDE, Look::default());
    let crashed = mark(&picture, Key::Node(Id(1))).expect("n2 is drawn");
    assert!(crashed.class.contains("down"));
    assert!(words(crashed).contains(&"z=1"), "the log is on disk");
    assert!(!words(crashed).contains(&"commit 3"), "the memory is empty");
    assert!(!classes(crashed).iter().any(|class| class.starts_with("port")));
    assert!(!classes(crashed).contains(&"ring"));
    assert!(mark(&picture, Key::Clock(Id(1))).is_none(), "its timer is gone");
}

#[test]
fn a_way_that_is_cut_keeps_stubs_and_one_that_is_open_one_way_an_arrow() {
    let (_, picture) = drawn(&view("faults"), WIDE, Look::default());
    let of = |a, b| classes(mark(&picture, Key::Link(Id(a), Id(b))).expect("the link is drawn"));
    let stubs = |classes: &[&str]| classes.iter().filter(|class| **class == "stub end").count();
    assert_eq!(stubs(&of(2, 3)), 2);
    assert_eq!(stubs(&of(0, 4)), 1);
    assert!(of(0, 4).contains(&"arrow"));
    assert_eq!(stubs(&of(1, 5)), 0);
    assert!(of(1, 5).contains(&"link"));
}

#[test]
fn a_server_without_terms_has_no_ring() {
    let (_, picture) = drawn(&view("locks"), WIDE, Look::default());
    let server = mark(&picture, Key::Node(Id(2))).expect("the server is drawn");
    assert!(!classes(server).contains(&"ring"));
    assert!(words(server).contains(&"A held by c2"));
}

#[test]
fn a_message_keeps_its_lane() {
    let mut view = view("three");
    let mut lanes = Lanes::default();
    lanes.keep(&view);
    let before: Vec<f64> = view.flights.iter().map(|flight| lanes.aside(flight.number)).collect();
    view.flights.remove(0);
    lanes.keep(&view);
    let after: Vec<f64> = view.flights.iter().map(|flight| lanes.aside(flight.number)).collect();
    assert_eq!(before[1..], after);
}

#[test]
fn with_reduced_motion_nothing_travels() {
    let view = view("caiyang");
    let (_, picture) = drawn(&view, WIDE, Look { calm: true, named: None });
    let places = |at| -> Vec<_> {
        let frame = picture.frame(at);
        frame.filter(|(_, _, change)| matches!(change, Change::Place(_))).collect()
    };
    assert!(!places(Time::ms(1530)).is_empty());
    assert_eq!(places(Time::ms(1530)), places(Time::ms(1537)));
    assert!(mark(&picture, Key::Loss(39)).is_none(), "the cross alone is left of a loss");
}

#[test]
fn among_many_only_what_is_asked_for_says_its_name() {
    let view = view("nine");
    let named = |look| {
        let (_, picture) = drawn(&view, WIDE, look);
        let names = picture.marks.iter().filter(|mark| matches!(mark.key, Key::Name(_)));
        names.map(|mark| mark.key).collect::<Vec<_>>()
    };
    assert_eq!(named(Look::default()), []);
    let look = Look { calm: false, named: Some(Thing::Message(7)) };
    assert_eq!(named(look), [Key::Name(7)]);
}

#[test]
fn a_stroke_between_two_groups_parts_them_with_their_clients() {
    let view = view("whole");
    let layout = layout(&view, WIDE);
    let cut = cutting(&view, &layout, &[pt(460.0, -10.0), pt(440.0, 300.0), pt(450.0, 700.0)]);
    assert_eq!(cut.links.len(), 6, "two times three links: {:?}", cut.links);
    let ids = |ids: &[u16]| ids.iter().map(|id| Id(*id)).collect::<Vec<_>>();
    assert_eq!(cut.islands, Some([ids(&[0, 1, 5]), ids(&[2, 3, 4, 6])]));
}

#[test]
fn a_short_stroke_cuts_one_link_and_parts_nobody() {
    let view = view("whole");
    let layout = layout(&view, WIDE);
    let (from, to) = layout.way(Id(0), Id(1)).expect("both stand somewhere");
    let middle = from.toward(to, 0.5);
    let cut =
        cutting(&view, &layout, &[pt(middle.x - 20.0, middle.y), pt(middle.x + 20.0, middle.y)]);
    assert_eq!(cut.links, [(Id(0), Id(1))]);
    assert_eq!(cut.islands, None);
    let missed = cutting(&view, &layout, &[pt(5.0, 5.0), pt(20.0, 5.0)]);
    assert!(missed.links.is_empty() && missed.islands.is_none());
}

#[test]
fn markup_in_a_value_is_only_text() {
    let mut view = view("caiyang");
    view.nodes[0].portrait.strips[0].cells[1].text = "<img src=x>".to_owned();
    view.nodes[0].name = "\"<b>&".to_owned();
    let (_, picture) = drawn(&view, WIDE, Look::default());
    let svg = print(&picture, WIDE);
    assert!(!svg.contains("<img") && !svg.contains("<b>"));
    assert!(svg.contains("&lt;img src=x&gt;") || svg.contains("&lt;img src=x>"));
}
