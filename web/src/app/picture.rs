//! The stage in the page: what the session knows goes in, what is pointed at comes out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use netsplit_core::base::{Id, Time};
use netsplit_core::kernel::action::{Action as Intervention, Group, LinkSet, Target};
use web_sys::{Element, MediaQueryList};
use yew::prelude::*;

use super::hand;
use super::spoken;
use crate::scene::View;
use crate::scene::mark::Thing as Mark;
use crate::scene::stroke::Cutting;
use crate::session::{Action, Menu, Model, Session, Subscription, Thing, Tool, Topic, use_session};
use crate::stage::{By, Callbacks, Stage, Tap, Tool as Drag, Touch};

/// How much of the stage the tools cover, in pixels.
const FOOT: f64 = 62.0;

/// The cluster at one instant, to look at and to break: that of the pane at `pane`.
#[hook]
pub fn use_picture(pane: usize) -> Html {
    let session = use_session();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(pane, move |pane| {
            let mounted = place.cast::<Element>().map(|root| Mounted::new(&root, &session, *pane));
            move || drop(mounted)
        });
    }
    html! { <div class="picture" ref={place} /> }
}

/// A stage that follows the session until it is dropped.
struct Mounted {
    _stage: Stage,
    _watch: Vec<Subscription>,
    _turned: Option<EventListener>,
}

impl Mounted {
    fn new(root: &Element, session: &Session, pane: usize) -> Mounted {
        let shown: Rc<RefCell<Rc<View>>> = Rc::default();
        let stage = Stage::mount(root, callbacks(root, session, &shown, pane));
        let show: Rc<dyn Fn()> = {
            let (stage, session) = (stage.clone(), session.clone());
            Rc::new(move || {
                let view = |model: &Model| Some(model.pane(pane)?.view(model.locale));
                if let Some(view) = session.read(view) {
                    let view = Rc::new(view);
                    shown.replace(view.clone());
                    stage.show(view);
                }
            })
        };
        let step = {
            let (show, session, last) = (show.clone(), session.clone(), Cell::new(None));
            move || {
                let now = session.read(|model| moment(model, pane));
                if last.replace(now) != now {
                    show();
                }
            }
        };
        let play = {
            let (stage, session) = (stage.clone(), session.clone());
            move || follow_playback(&stage, &session)
        };
        let select = {
            let (stage, session) = (stage.clone(), session.clone());
            move || follow_selection(&stage, &session, pane)
        };
        let narrow = narrow();
        let foot = {
            let (stage, session, narrow) = (stage.clone(), session.clone(), narrow.clone());
            move || {
                let aside = narrow.as_ref().is_some_and(MediaQueryList::matches);
                let covered = !aside && session.read(|model| !model.embed && !model.compares());
                stage.foot(if covered { FOOT } else { 0.0 });
            }
        };
        foot();
        let turned = narrow.map(|narrow| EventListener::new(&narrow, "change", move |_| foot()));
        step();
        select();
        let mut watch = vec![
            session.watch(&[Topic::Step], step),
            session.watch(&[Topic::Lesson, Topic::Locale, Topic::Probed], move || show()),
            session.watch(&[Topic::Selection], select),
        ];
        if pane == 0 {
            play();
            watch.push(session.watch(&[Topic::Playback], play));
        } else {
            // The clock is the first stage's.
            let (stage, clock) = (stage.clone(), session.clone());
            let follow = move || {
                if let Some(at) = clock.read(|model| model.run().map(|run| run.at())) {
                    stage.at(at);
                }
            };
            watch.push(session.watch(&[Topic::Instant], follow));
        }
        Mounted { _stage: stage, _watch: watch, _turned: turned }
    }
}

/// What a pane looks at. While time passes, its frames show how far it has, and what is new is that
/// something has happened.
fn moment(model: &Model, pane: usize) -> Option<(u32, u32, Option<Time>)> {
    let pane = model.pane(pane)?;
    let at = (!model.playback.playing).then(|| pane.run.at());
    Some((pane.edition, pane.run.cursor(), at))
}

/// Whether the tools stand below the stage, as style.css has it.
fn narrow() -> Option<MediaQueryList> {
    web_sys::window()?.match_media("(max-width: 699px)").ok()?
}

fn follow_playback(stage: &Stage, session: &Session) {
    if session.read(|model| model.is_moving()) {
        let session = session.clone();
        stage.play(move |played_ms| session.tick(played_ms));
    } else {
        stage.pause();
    }
}

fn follow_selection(stage: &Stage, session: &Session, pane: usize) {
    let (things, tool) = session.read(|model| {
        if model.focused() != pane {
            return (Vec::new(), model.tool);
        }
        let is_client = |id: &Id| model.run().is_some_and(|run| !run.world().cast().is_role(*id));
        let things: Vec<Mark> = model
            .selection
            .iter()
            .filter_map(|thing| match thing {
                Thing::Node(id) if is_client(id) => Some(Mark::Client(*id)),
                Thing::Node(id) => Some(Mark::Node(*id)),
                Thing::Message(number) => Some(Mark::Message(*number)),
                Thing::Link(a, b) => Some(Mark::Link(*a.min(b), *a.max(b))),
                Thing::Event(_) => None,
            })
            .collect();
        (things, model.tool)
    });
    stage.select(&things);
    stage.tool(if tool == Tool::Cut { Drag::Cut } else { Drag::Select });
}

fn callbacks(
    root: &Element,
    session: &Session,
    shown: &Rc<RefCell<Rc<View>>>,
    pane: usize,
) -> Callbacks {
    let focus = {
        let session = session.clone();
        move || {
            if session.read(Model::focused) != pane {
                session.dispatch(Action::Focus(pane));
            }
        }
    };
    let touch = {
        let (root, session, focus) = (root.clone(), session.clone(), focus.clone());
        move |tap| {
            focus();
            touched(&root, &session, tap);
        }
    };
    let stroke = {
        let session = session.clone();
        move |cutting| {
            focus();
            cut(&session, cutting);
        }
    };
    let name = {
        let (session, shown) = (session.clone(), shown.clone());
        move |what| {
            let locale = session.read(|model| model.locale);
            spoken::name(locale, &shown.borrow(), what)
        }
    };
    Callbacks { touch: Box::new(touch), stroke: Box::new(stroke), name: Box::new(name) }
}

/// What a click, a tap or a key does: the tool's work, or a selection; a second click on what is
/// selected, and whatever asks for a menu, opens the menu.
fn touched(root: &Element, session: &Session, tap: Tap) {
    let thing = match tap.what {
        Touch::Node(id) | Touch::Client(id) => Thing::Node(id),
        Touch::Message(number) => Thing::Message(number),
        Touch::Link(a, b) => Thing::Link(a, b),
        Touch::Ground => {
            session.dispatch(Action::Menu(None));
            return session.dispatch(Action::Select(None));
        }
    };
    let tool = session.read(|model| model.tool);
    if tap.by != By::Menu
        && tool != Tool::Select
        && let Some(action) = session.read(|model| hand::work(model, tool, &thing))
    {
        return session.dispatch(Action::Do(action));
    }
    if tap.more {
        return session.dispatch(Action::SelectAlso(thing));
    }
    let again = session.read(|model| model.selection.last() == Some(&thing));
    session.dispatch(Action::Select(Some(thing.clone())));
    if again || tap.by != By::Click {
        let corner = root.get_bounding_client_rect();
        let at = ((corner.x() + tap.at.x) as i32, (corner.y() + tap.at.y) as i32);
        session.dispatch(Action::Menu(Some(Menu { thing, at })));
    }
}

/// A stroke that parts everybody makes a partition; any other cuts the links that it crosses.
fn cut(session: &Session, cutting: Cutting) {
    let targets = |ids: &[Id]| ids.iter().map(|&id| Target::Node(id)).collect::<Vec<_>>();
    if let Some(islands) = &cutting.islands {
        let groups = islands.iter().map(|island| Group::Targets(targets(island))).collect();
        return session.dispatch(Action::Do(Intervention::Partition(groups)));
    }
    for (a, b) in cutting.links {
        let links = LinkSet { from: targets(&[a]), to: targets(&[b]), both_ways: true };
        session.dispatch(Action::Do(Intervention::Cut(links)));
    }
}
