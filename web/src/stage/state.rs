//! What a stage knows, and what changes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use netsplit_core::base::{Id, Time};
use web_sys::{Document, Element, MediaQueryList, ResizeObserver};

use super::elements::Elements;
use super::frames::Frames;
use super::{Callbacks, Spoken, Tap, Tool, Touch};
use crate::scene::geometry::Point;
use crate::scene::kept::Kept;
use crate::scene::layout::{Layout, Space, layout};
use crate::scene::mark::Thing;
use crate::scene::stroke::{Cutting, cutting};
use crate::scene::{Look, View, picture};

/// How long nodes glide when islands change, in milliseconds.
const GLIDE_MS: f64 = 180.0;
/// How far from its middle a message can be hit, in pixels.
const REACH: f64 = 14.0;

/// What a stage knows.
pub struct Inner {
    /// Where it is mounted.
    pub root: Element,
    document: Document,
    callbacks: Callbacks,
    /// The elements. Borrowed while the caller is asked for a name, never while it is told of
    /// anything.
    elements: RefCell<Elements>,
    shown: RefCell<Shown>,
    /// Width and height, in pixels, as they were last seen.
    size: Cell<Option<(f64, f64)>>,
    /// The frame loop.
    pub frames: Frames,
    /// What a drag means.
    pub drag_tool: Cell<Tool>,
    calm: Option<MediaQueryList>,
    /// Whether the page is being printed; then the picture is as large as the paper has room for.
    pub paper: Option<MediaQueryList>,
    /// What is listened to, for as long as the stage stands.
    pub listeners: RefCell<Vec<EventListener>>,
    /// What notices a change of size.
    pub observer: RefCell<Option<ResizeObserver>>,
}

#[derive(Default)]
struct Shown {
    view: Option<Rc<View>>,
    layout: Option<Layout>,
    kept: Kept,
    foot: f64,
    named: Option<Thing>,
    glide: Option<Glide>,
}

/// On the way from one layout to the next.
struct Glide {
    from: Layout,
    began_ms: f64,
}

impl Shown {
    /// Remembers what the next picture needs; words find new places in a new layout.
    fn keep(&mut self, calm: bool, anew: bool) {
        let Shown { view: Some(view), layout: Some(layout), kept, .. } = self else { return };
        if anew {
            kept.names.forget();
        }
        kept.keep(view, layout, calm);
    }
}

impl Inner {
    /// A stage in `root`.
    pub fn new(root: &Element, callbacks: Callbacks) -> Rc<Inner> {
        let window = web_sys::window().expect("a page has a window");
        let document = window.document().expect("a window has a document");
        let _ = root.class_list().add_1("stage");
        let _ = root.set_attribute("role", "group");
        let _ = root.set_attribute("aria-label", &(callbacks.name)(Spoken::Stage));
        let elements = Elements::new(&document, root, &*callbacks.name);
        let query = |query| window.match_media(query).ok().flatten();
        let (calm, paper) = (query("(prefers-reduced-motion: reduce)"), query("print"));
        Rc::new_cyclic(|own| Inner {
            root: root.clone(),
            frames: Frames::new(window, own.clone()),
            document,
            callbacks,
            elements: RefCell::new(elements),
            shown: RefCell::default(),
            size: Cell::default(),
            drag_tool: Cell::default(),
            calm,
            paper,
            listeners: RefCell::default(),
            observer: RefCell::default(),
        })
    }

    /// See [`super::Stage::show`].
    pub fn show(&self, view: Rc<View>) {
        let space = self.space();
        let mut shown = self.shown.borrow_mut();
        let old = shown.view.replace(view.clone());
        let stands = old.as_ref().is_some_and(|old| same_ground(old, &view))
            && shown.layout.as_ref().is_some_and(|layout| layout.space == space);
        if !stands {
            let new = layout(&view, space);
            let before = shown.layout.replace(new);
            let moved = old.as_ref().is_some_and(|old| same_cast(old, &view));
            shown.glide = before
                .filter(|before| moved && before.space == space && !self.is_calm())
                .map(|from| Glide { from, began_ms: self.frames.now() });
        }
        let gliding = shown.glide.is_some();
        shown.keep(self.is_calm(), !stands);
        drop(shown);
        self.repaint();
        if gliding {
            self.frames.ask();
        }
    }

    /// Draws what is shown, as it is laid out at this moment of a glide.
    pub fn repaint(&self) {
        // Taking the focus names what has it, which paints again: nothing is borrowed by then.
        if let Some(heir) = self.paint() {
            self.focus(heir);
        }
    }

    /// Paints, and says what should take the focus.
    fn paint(&self) -> Option<Thing> {
        let shown = self.shown.borrow();
        let (view, layout) = (shown.view.as_ref()?, shown.layout.as_ref()?);
        let look = Look { calm: self.is_calm(), named: shown.named };
        let between = shown.glide.as_ref().map(|glide| {
            let t = ((self.frames.now() - glide.began_ms) / GLIDE_MS).clamp(0.0, 1.0);
            glide.from.toward(layout, ease(t))
        });
        let picture = picture(view, between.as_ref().unwrap_or(layout), &shown.kept, &look);
        let _ = self.root.class_list().toggle_with_force("torn", !layout.tears.is_empty());
        let _ = self.root.class_list().toggle_with_force("calm", look.calm);
        let mut elements = self.elements.borrow_mut();
        let on_paper = self.paper.as_ref().is_some_and(MediaQueryList::matches);
        elements.fit(on_paper.then_some(layout.space));
        elements.paint(picture, self.frames.at().is_some(), &*self.callbacks.name)
    }

    /// One frame of the page: at the instant that the clock says, and a little further in a glide.
    /// Says whether another frame is needed for the glide.
    pub fn frame(&self, at: Option<Time>) -> bool {
        let mut gliding = false;
        {
            let mut shown = self.shown.borrow_mut();
            if let Some(glide) = &shown.glide {
                gliding = self.frames.now() - glide.began_ms < GLIDE_MS;
                if !gliding {
                    shown.glide = None;
                }
                drop(shown);
                self.repaint();
            }
        }
        if let (Some(at), false) = (at, self.is_calm()) {
            self.elements.borrow_mut().frame(at);
        }
        gliding
    }

    /// See [`super::Stage::play`].
    pub fn play(&self, clock: Box<dyn FnMut(f64) -> Time>) {
        self.frames.play(clock);
    }

    /// See [`super::Stage::pause`].
    pub fn pause(&self) {
        self.frames.pause();
    }

    /// See [`super::Stage::select`].
    pub fn select(&self, things: &[Thing]) {
        self.elements.borrow_mut().select(things);
    }

    /// See [`super::Stage::tool`].
    pub fn tool(&self, tool: Tool) {
        self.drag_tool.set(tool);
        let _ = self.root.class_list().toggle_with_force("cutting", tool == Tool::Cut);
    }

    /// See [`super::Stage::foot`].
    pub fn foot(&self, pixels: f64) {
        self.shown.borrow_mut().foot = pixels;
        self.resize();
    }

    /// See [`super::Stage::resize`].
    pub fn resize(&self) {
        self.size.set(None);
        let space = self.space();
        let mut shown = self.shown.borrow_mut();
        let Some(view) = shown.view.clone() else { return };
        if shown.layout.as_ref().is_some_and(|layout| layout.space == space) {
            return;
        }
        shown.layout = Some(layout(&view, space));
        shown.glide = None;
        shown.keep(self.is_calm(), true);
        drop(shown);
        self.repaint();
    }

    /// See [`super::Stage::focus`].
    pub fn focus(&self, thing: Thing) -> bool {
        // Focus events arrive while the element takes it, and name what is focused.
        let found = self.elements.borrow().find(thing).cloned();
        let Some(element) = found else { return false };
        self.elements.borrow_mut().stop_at(thing);
        super::elements::take_focus(&element)
    }

    /// Moves the focus to the next thing of the same group.
    pub fn focus_neighbour(&self, thing: Thing, step: isize) {
        let next = self.elements.borrow().neighbour(thing, step);
        if let Some(next) = next {
            self.focus(next);
        }
    }

    /// See [`super::Stage::place`].
    pub fn place(&self, thing: Thing) -> Option<Point> {
        let elements = self.elements.borrow();
        let seen = elements.find(thing)?.get_bounding_client_rect();
        let own = self.root.get_bounding_client_rect();
        Some(Point {
            x: seen.x() + seen.width() / 2.0 - own.x(),
            y: seen.y() + seen.height() / 2.0 - own.y(),
        })
    }

    /// What is focused or hovered says what it is.
    pub fn name_it(&self, thing: Option<Thing>) {
        let thing = thing.filter(|thing| matches!(thing, Thing::Message(_)));
        let changed = std::mem::replace(&mut self.shown.borrow_mut().named, thing) != thing;
        if changed {
            self.repaint();
            if let Some(at) = self.frames.at() {
                self.elements.borrow_mut().frame(at);
            }
        }
    }

    /// The message that is nearly hit at `point`.
    pub fn nearest_message(&self, point: Point) -> Option<Thing> {
        self.elements.borrow().nearest_message(point, REACH)
    }

    /// What a stroke along `line` would cut.
    pub fn cutting(&self, line: &[Point]) -> Cutting {
        let shown = self.shown.borrow();
        let (Some(view), Some(layout)) = (&shown.view, &shown.layout) else {
            return Cutting::default();
        };
        cutting(view, layout, line)
    }

    /// Draws the stroke so far, and marks what it would cut.
    pub fn draw_stroke(&self, line: &[Point], links: &[(Id, Id)]) {
        let elements = self.elements.borrow();
        super::elements::stroke(&self.document, &elements.overlay, line);
        elements.mark_torn(links);
    }

    /// Tells who mounted the stage what was pointed at.
    pub fn touch(&self, tap: Tap) {
        (self.callbacks.touch)(tap);
    }

    /// Tells who mounted the stage what a stroke cut.
    pub fn stroke(&self, cutting: Cutting) {
        (self.callbacks.stroke)(cutting);
    }

    /// A tap on a thing by the keyboard.
    pub fn tap_by_key(&self, thing: Thing, more: bool) {
        let at = self.place(thing).unwrap_or_default();
        self.touch(Tap { what: Touch::from(thing), at, by: super::By::Key, more });
    }

    fn is_calm(&self) -> bool {
        self.calm.as_ref().is_some_and(MediaQueryList::matches)
    }

    /// The room that there is. It is asked for when it has changed only: asking makes the browser
    /// lay everything out.
    fn space(&self) -> Space {
        let foot = self.shown.try_borrow().map_or(0.0, |shown| shown.foot);
        let (w, h) = self.size.get().unwrap_or_else(|| {
            let (w, h) = (self.root.client_width(), self.root.client_height());
            let size = (f64::from(w), f64::from(h));
            self.size.set(Some(size));
            size
        });
        Space { w: w.max(1.0), h: h.max(1.0), foot }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(observer) = self.observer.borrow_mut().take() {
            observer.disconnect();
        }
        self.root.set_text_content(None);
    }
}

/// Whether two views have the same participants, whom clients stand beside, and islands: then
/// nobody moves.
fn same_ground(one: &View, other: &View) -> bool {
    same_cast(one, other)
        && one.islands.len() == other.islands.len()
        && one.islands.iter().zip(&other.islands).all(|(a, b)| a.members == b.members)
}

fn same_cast(one: &View, other: &View) -> bool {
    one.nodes.len() == other.nodes.len()
        && one.clients.len() == other.clients.len()
        && one.nodes.iter().zip(&other.nodes).all(|(a, b)| a.id == b.id && a.part == b.part)
        && one.clients.iter().zip(&other.clients).all(|(a, b)| a.id == b.id && a.home == b.home)
}

/// Fast at first, then slower.
fn ease(t: f64) -> f64 {
    1.0 - (1.0 - t).powi(3)
}
