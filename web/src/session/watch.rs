//! Who wants to know what.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use netsplit_core::base::Time;
use yew::prelude::*;

use super::action::Action;
use super::model::Model;

/// A part of the model that changes together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// The world that is looked at, or the recording.
    Step,
    /// Whether time passes, and how fast.
    Playback,
    /// What is selected, and the tool.
    Selection,
    /// What is pointed at.
    Pointed,
    /// What is drawn where.
    Layout,
    /// What is loaded, and which step is told.
    Lesson,
    /// Which lines of the learner's the run has, or what else makes it another run.
    Own,
    /// The language.
    Locale,
    /// The live region.
    Announced,
    /// What the reader should know.
    Notice,
    /// How far a search beyond the recording has come.
    Work,
    /// What nodes would answer, or what of a run's consistency is left.
    Probed,
    /// Every frame in which time has passed, and every other change of the instant. Only what
    /// writes attributes by itself watches this; nothing is drawn anew on frames.
    Instant,
}

type Watcher = (Vec<Topic>, Box<dyn Fn()>);

/// The model, and those who watch it. Cheap to copy; the same one for the whole page.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    model: RefCell<Model>,
    watchers: RefCell<Vec<(u32, Rc<Watcher>)>>,
    next: Cell<u32>,
}

/// Watches until it is dropped.
pub struct Subscription {
    session: Weak<Inner>,
    number: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(session) = self.session.upgrade() {
            session.watchers.borrow_mut().retain(|(number, _)| *number != self.number);
        }
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Session) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Session {
    /// A session of this model.
    pub fn new(model: Model) -> Session {
        let (model, watchers) = (RefCell::new(model), RefCell::default());
        Session(Rc::new(Inner { model, watchers, next: Cell::new(0) }))
    }

    /// Looks at the model.
    pub fn read<R>(&self, look: impl FnOnce(&Model) -> R) -> R {
        look(&self.0.model.borrow())
    }

    /// Does something, and tells those who watch what it changed.
    pub fn dispatch(&self, action: Action) {
        let mut changed = self.0.model.borrow_mut().apply(action);
        if changed.contains(&Topic::Step) {
            changed.push(Topic::Instant);
        }
        self.tell(&changed);
    }

    /// A frame at this real time, in milliseconds: lets virtual time pass, and answers the
    /// instant to draw. Does next to nothing while time stands still.
    pub fn tick(&self, now_ms: f64) -> Time {
        let moving = self.read(Model::is_moving);
        let mut changed = self.0.model.borrow_mut().tick(now_ms);
        if moving {
            changed.push(Topic::Instant);
            self.tell(&changed);
        }
        self.read(|model| model.run().map_or(Time::ZERO, |run| run.at()))
    }

    /// Records a slice of what is wanted; says whether there is more to record.
    pub fn work(&self) -> bool {
        let mut changed = self.0.model.borrow_mut().work();
        if changed.contains(&Topic::Step) {
            changed.push(Topic::Instant);
        }
        if !changed.is_empty() {
            self.tell(&changed);
        }
        self.read(Model::has_work)
    }

    /// Tells those who watch any of these topics.
    pub fn tell(&self, changed: &[Topic]) {
        let watchers = self.0.watchers.borrow().clone();
        let wants = |watcher: &Watcher| watcher.0.iter().any(|topic| changed.contains(topic));
        for (number, watcher) in watchers.into_iter().filter(|(_, watcher)| wants(watcher)) {
            // Somebody who was told before may have ended this subscription.
            if self.0.watchers.borrow().iter().any(|(known, _)| *known == number) {
                watcher.1();
            }
        }
    }

    /// Calls `then` whenever one of `topics` has changed, until the subscription is dropped.
    pub fn watch(&self, topics: &[Topic], then: impl Fn() + 'static) -> Subscription {
        let number = self.0.next.get();
        self.0.next.set(number + 1);
        let watcher: Watcher = (topics.to_vec(), Box::new(then));
        self.0.watchers.borrow_mut().push((number, Rc::new(watcher)));
        Subscription { session: Rc::downgrade(&self.0), number }
    }
}

/// The page's session.
#[hook]
pub fn use_session() -> Session {
    use_context::<Session>().expect("the page provides its session")
}

/// The value that `select` gives; the component is drawn anew when it has changed with one of
/// `topics`.
#[hook]
pub fn use_watch<T, F>(topics: &'static [Topic], select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&Model) -> T + 'static,
{
    let session = use_session();
    let now = session.read(|model| select(model));
    let shown = now.clone();
    use_news(topics, Rc::new(move |model| select(model) != shown));
    now
}

/// Draws the component anew when one of `topics` has changed and there is news for it. All that
/// does not depend on the type of what is watched is here, once for the whole page.
#[hook]
fn use_news(topics: &'static [Topic], is_news: Rc<dyn Fn(&Model) -> bool>) {
    let session = use_session();
    let update = use_force_update();
    // The newest drawing must be asked: it knows what is shown.
    let newest = use_mut_ref(|| is_news.clone());
    *newest.borrow_mut() = is_news;
    use_effect_with((), move |()| {
        let watched = session.clone();
        let look = move || {
            let is_news = newest.borrow().clone();
            if watched.read(|model| is_news(model)) {
                update.force_update();
            }
        };
        // Something may have changed between the drawing and this.
        look();
        let subscription = session.watch(topics, look);
        move || drop(subscription)
    });
}
