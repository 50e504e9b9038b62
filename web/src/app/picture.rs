//! The stage in the page: what the session knows goes in, what is pointed at comes out.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use netsplit_core::base::Id;
use netsplit_core::kernel::action::{Action as Intervention, Group, LinkSet, Target};
use web_sys::{Element, MediaQueryList};
use yew::prelude::*;

use super::hand;
use super::spoken;
use crate::scene::View;
use crate::scene::mark::Thing as Mark;
use crate::scene::stroke::Cutting;
use crate::session::{Action, Menu, Session, Subscription, Thing, Tool, Topic, use_session};
use crate::stage::{By, Callbacks, Stage, Tap, Tool as Drag, Touch};

/// How much of the stage the tools cover, in pixels.
const FOOT: f64 = 62.0;

/// The cluster at one instant, to look at and to break.
#[hook]
pub fn use_picture() -> Html {
    let session = use_session();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let mounted = place.cast::<Element>().map(|root| Mounted::new(&root, &session));
            move || drop(mounted)
        });
    }
    html! { <div class="picture" ref={place} /> }
}

/// A stage that follows the session until it is dropped.
struct Mounted {
    _stage: Stage,
    _watch: [Subscription; 3],
    _turned: Option<EventListener>,
}

impl Mounted {
    fn new(root: &Element, session: &Session) -> Mounted {
        let shown: Rc<RefCell<Rc<View>>> = Rc::default();
        let stage = Stage::mount(root, callbacks(root, session, &shown));
        let show = {
            let (stage, session) = (stage.clone(), session.clone());
            move || {
                if let Some(view) = session.read(|model| model.view()) {
                    let view = Rc::new(view);
                    shown.replace(view.clone());
                    stage.show(view);
                }
            }
        };
        let play = {
            let (stage, session) = (stage.clone(), session.clone());
            move || follow_playback(&stage, &session)
        };
        let select = {
            let (stage, session) = (stage.clone(), session.clone());
            move || follow_selection(&stage, &session)
        };
        let narrow = narrow();
        let foot = {
            let (stage, session, narrow) = (stage.clone(), session.clone(), narrow.clone());
            move || {
                let aside = narrow.as_ref().is_some_and(MediaQueryList::matches);
                let covered = !aside && !session.read(|model| model.embed);
                stage.foot(if covered { FOOT } else { 0.0 });
            }
        };
        foot();
        let turned = narrow.map(|narrow| EventListener::new(&narrow, "change", move |_| foot()));
        show();
        play();
        select();
        let watch = [
            session.watch(&[Topic::Step, Topic::Lesson, Topic::Locale, Topic::Probed], show),
            session.watch(&[Topic::Playback], play),
            session.watch(&[Topic::Selection], select),
        ];
        Mounted { _stage: stage, _watch: watch, _turned: turned }
    }
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

fn follow_selection(stage: &Stage, session: &Session) {
    let (things, tool) = session.read(|model| {
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

fn callbacks(root: &Element, session: &Session, shown: &Rc<RefCell<Rc<View>>>) -> Callbacks {
    let touch = {
        let (root, session) = (root.clone(), session.clone());
        move |tap| touched(&root, &session, tap)
    };
    let stroke = {
        let session = session.clone();
        move |cutting| cut(&session, cutting)
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
