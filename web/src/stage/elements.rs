//! Retained SVG elements: a group in a holder for each mark, in one SVG a layer.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use netsplit_core::base::{Id, Time};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, SvgElement, SvgGraphicsElement, SvgTransform};

use super::Spoken;
use crate::scene::Picture;
use crate::scene::element::{SHARE, WAY_SCALE, element, pattern_cell, place_value, share_value};
use crate::scene::geometry::Point;
use crate::scene::layout::Space;
use crate::scene::mark::{Draw, Key, Layer, Mark, Pattern, Thing};
use crate::scene::motion::{Change, Moving};
use crate::scene::text::{num, path};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Lines that shorten or grow where they stand are drawn on one frame of so many, as often as what
/// happens is: nobody sees more, and every drawing costs, where what moves as it is costs next to
/// nothing.
const TURNS: u32 = 3;
/// Where more than this moves, lines are short, and half as often is enough.
const CROWD: usize = 50;
/// More of a line than this share is drawn at once.
const SEEN_SHARE: f64 = 0.04;

/// The elements of what is shown.
pub struct Elements {
    document: Document,
    layers: [Element; 5],
    /// Above everything: the stroke that is being drawn.
    pub overlay: Element,
    painted: BTreeMap<(Layer, Key), Painted>,
    moving: Vec<(Moving, Target)>,
    selected: Vec<Thing>,
    /// Of the links, and of the messages, the one that the tab key stops at.
    stops: [Option<Thing>; 2],
    /// The instant that is shown.
    at: Time,
    /// How many frames ago all lines were drawn.
    turn: u32,
    /// What the picture is fitted to the page from.
    fitted: Option<Space>,
}

/// What a frame writes to.
enum Target {
    /// The place of a mark.
    Place(Rc<Holder>),
    /// A primitive, and whether it is the tip of an arc.
    Part(Rc<Part>, bool),
}

struct Painted {
    mark: Mark,
    holder: Rc<Holder>,
    /// Carries everything but the place.
    group: Element,
    parts: Vec<Rc<Part>>,
}

/// Carries the place of a mark, and no class: its style is worked out anew on every frame that
/// moves it, and costs half as much without.
struct Holder {
    element: Element,
    /// Written as numbers: a third of what a written attribute costs.
    transform: Option<SvgTransform>,
    /// Where it stands.
    at: Cell<Point>,
}

impl Holder {
    fn new(document: &Document, at: Point) -> Holder {
        let element = create(document, "g");
        let mut value = String::new();
        place_value(&mut value, at.x, at.y);
        set(&element, "transform", &value);
        let transform = transform(&element, 0);
        Holder { element, transform, at: Cell::new(at) }
    }

    /// Stands at `at` from now on.
    fn place(&self, at: Point) {
        if let (true, Some(transform)) = (self.at.replace(at) != at, &self.transform) {
            let _ = transform.set_translate(at.x as f32, at.y as f32);
        }
    }
}

/// A primitive.
struct Part {
    element: Element,
    /// How much of it is drawn, where frames say so.
    share: Cell<f64>,
    /// Of a way.
    scale: Option<SvgTransform>,
}

impl Part {
    fn new(document: &Document, draw: &Draw) -> Part {
        let element = primitive(document, draw);
        let is_way = matches!(draw, Draw::Way { .. });
        let scale = is_way.then(|| transform(&element, WAY_SCALE)).flatten();
        Part { element, share: Cell::new(share_of(draw)), scale }
    }

    /// So much of it is drawn from now on, where what differs is more than `least`.
    fn sweep(&self, share: f64, tip: bool, least: f64) {
        let differs = (self.share.get() - share).abs();
        match &self.scale {
            Some(scale) if differs > 0.0 => {
                let _ = scale.set_scale(share as f32, 1.0);
            }
            None if differs > least => set(&self.element, SHARE, &share_value(share, tip)),
            _ => return,
        }
        self.share.set(share);
    }
}

/// One of an element's transformations.
fn transform(element: &Element, place: u32) -> Option<SvgTransform> {
    let drawn: &SvgGraphicsElement = element.dyn_ref()?;
    drawn.transform().base_val().get_item(place).ok()
}

impl Elements {
    /// An SVG for each layer, in the order of the tab key: nodes, links, messages.
    pub fn new(document: &Document, root: &Element, name: &dyn Fn(Spoken) -> String) -> Elements {
        root.set_text_content(None);
        let svg = |class: &str| {
            let svg = create(document, "svg");
            set(&svg, "class", class);
            svg
        };
        let [ground, links, messages, cards, clocks] =
            ["l-ground", "l-links", "l-messages", "l-cards", "l-clocks"].map(svg);
        let overlay = svg("l-stroke");
        for hidden in [&ground, &clocks, &overlay] {
            set(hidden, "aria-hidden", "true");
        }
        for (group, spoken) in
            [(&cards, Spoken::Nodes), (&links, Spoken::Links), (&messages, Spoken::Messages)]
        {
            set(group, "role", "group");
            set(group, "aria-label", &name(spoken));
        }
        let _ = ground.append_child(&patterns(document));
        for layer in [&ground, &cards, &links, &messages, &clocks, &overlay] {
            let _ = root.append_child(layer);
        }
        Elements {
            document: document.clone(),
            layers: [ground, links, messages, cards, clocks],
            overlay,
            painted: BTreeMap::new(),
            moving: Vec::new(),
            selected: Vec::new(),
            stops: [None; 2],
            at: Time::ZERO,
            turn: 0,
            fitted: None,
        }
    }

    /// Makes the picture, which was laid out for `space`, as large as there is room for; or lets it
    /// be as large as it is.
    pub fn fit(&mut self, space: Option<Space>) {
        if self.fitted == space {
            return;
        }
        self.fitted = space;
        for layer in &self.layers {
            match space {
                Some(space) => {
                    set(layer, "viewBox", &["0 0 ", &num(space.w), " ", &num(space.h)].concat());
                }
                None => {
                    let _ = layer.remove_attribute("viewBox");
                }
            }
        }
    }

    /// Shows a picture: what is new is created, what has gone is removed, what differs is written.
    /// Says what should take the focus, when what had it has gone. While it is `playing`, frames
    /// see to it that lines are as long as they should be.
    pub fn paint(
        &mut self,
        picture: Picture,
        playing: bool,
        name: &dyn Fn(Spoken) -> String,
    ) -> Option<Thing> {
        let picture_at = picture.at;
        let refocus = self.remove_gone(&picture);
        let mut after: Option<(Layer, Element)> = None;
        for mark in picture.marks.into_iter().rev() {
            let before = after.take().filter(|(layer, _)| *layer == mark.layer).map(|(_, e)| e);
            let layer = mark.layer;
            let holder = self.paint_mark(mark, before.as_ref(), name);
            after = Some((layer, holder));
        }
        self.moving = picture
            .moving
            .into_iter()
            .filter_map(|moving| {
                let (key, part) = moving.target();
                let painted = self.painted.get(&(crate::scene::layer_of(key), key))?;
                let target = target(&moving, painted, part)?;
                Some((moving, target))
            })
            .collect();
        // Frames have moved things since the last picture: all stand at its instant now.
        self.place(picture_at, if playing { SEEN_SHARE } else { 0.0 });
        self.keep_stops();
        if refocus { self.heir() } else { None }
    }

    /// Moves what moves to where it is at `at`.
    pub fn frame(&mut self, at: Time) {
        let crowd = if self.moving.len() > CROWD { 2 } else { 1 };
        self.turn = (self.turn + 1) % (TURNS * crowd);
        self.place(at, if self.turn == 0 { 0.0 } else { SEEN_SHARE });
    }

    /// Puts what moves where it is at `at`; of lines, those that differ by more than `least`.
    fn place(&mut self, at: Time, least: f64) {
        self.at = at;
        for (moving, target) in &self.moving {
            match (moving.at(at), target) {
                (Change::Place(place), Target::Place(holder)) => holder.place(place),
                (Change::Share(share), Target::Part(part, tip)) => part.sweep(share, *tip, least),
                (Change::Words(words), Target::Part(part, _))
                    if part.element.text_content().as_deref() != Some(&words) =>
                {
                    part.element.set_text_content(Some(&words));
                }
                _ => {}
            }
        }
    }

    /// Marks what is selected.
    pub fn select(&mut self, things: &[Thing]) {
        self.selected = things.to_vec();
        for painted in self.painted.values() {
            if let Some(thing) = painted.mark.thing {
                set(&painted.group, "class", &class(&painted.mark, &self.selected));
                mark_pressed(&painted.group, self.selected.contains(&thing));
            }
        }
    }

    /// Marks the links that a stroke would cut.
    pub fn mark_torn(&self, links: &[(Id, Id)]) {
        for painted in self.painted.values() {
            if let Key::Link(a, b) = painted.mark.key {
                let torn = links.contains(&(a, b));
                let _ = painted.group.class_list().toggle_with_force("torn", torn);
            }
        }
    }

    /// The element of a thing.
    pub fn find(&self, thing: Thing) -> Option<&Element> {
        self.painted.get(&address(thing)).map(|painted| &painted.group)
    }

    /// Of links and messages, the tab key stops at this one from now on.
    pub fn stop_at(&mut self, thing: Thing) {
        if let Some(nth) = stop_of(thing) {
            self.set_stop(nth, Some(thing));
        }
    }

    /// The message whose place is nearest to `point`, at most `reach` away: what is small and
    /// moves is meant when it is nearly hit.
    pub fn nearest_message(&self, point: Point, reach: f64) -> Option<Thing> {
        let moving = self.moving.iter().filter_map(|(moving, ..)| match moving.at(self.at) {
            Change::Place(place) => Some((moving.target().0, place)),
            _ => None,
        });
        let held = self.painted.iter().map(|((_, key), painted)| (*key, painted.mark.at));
        let moves = |key: &Key| self.moving.iter().any(|(moving, ..)| moving.target().0 == *key);
        moving
            .chain(held.filter(|(key, _)| !moves(key)))
            .filter_map(|(key, place)| match key {
                Key::Message(number) => Some((point.distance(place), number)),
                _ => None,
            })
            .filter(|(far, _)| *far <= reach)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, number)| Thing::Message(number))
    }

    /// The thing that follows (1) or precedes (-1) in its group, for the arrow keys.
    pub fn neighbour(&self, thing: Thing, step: isize) -> Option<Thing> {
        let layer = address(thing).0;
        let group: Vec<Thing> = self
            .painted
            .iter()
            .filter(|((own, _), _)| *own == layer)
            .filter_map(|(_, painted)| painted.mark.thing)
            .collect();
        let at = group.iter().position(|other| *other == thing)? as isize;
        group.get((at + step).rem_euclid(group.len() as isize) as usize).copied()
    }

    /// Removes what is not in the picture; says whether it had the focus.
    fn remove_gone(&mut self, picture: &Picture) -> bool {
        let focused = self.document.active_element();
        let mut refocus = false;
        let marks = &picture.marks;
        self.painted.retain(|(layer, key), painted| {
            let stays = marks.binary_search_by_key(&(*layer, *key), |m| (m.layer, m.key)).is_ok();
            if !stays {
                refocus |= focused.as_ref() == Some(&painted.group);
                painted.holder.element.remove();
            }
            stays
        });
        refocus
    }

    fn paint_mark(
        &mut self,
        mark: Mark,
        before: Option<&Element>,
        name: &dyn Fn(Spoken) -> String,
    ) -> Element {
        let key = (mark.layer, mark.key);
        let layer = self.layers[mark.layer as usize].clone();
        let Some(painted) = self.painted.get_mut(&key) else {
            let painted = self.create(mark, name);
            let holder = painted.holder.element.clone();
            let _ = layer.insert_before(&holder, before.map(|e| e.as_ref()));
            self.painted.insert(key, painted);
            return holder;
        };
        painted.holder.place(mark.at);
        if painted.mark.class != mark.class {
            set(&painted.group, "class", &class(&mark, &self.selected));
        }
        let body_differs = painted.mark.body != mark.body;
        if body_differs {
            patch(&self.document, painted, &mark.body);
        }
        if let (Some(thing), true) = (mark.thing, body_differs || painted.mark.class != mark.class)
        {
            set(&painted.group, "aria-label", &name(Spoken::One(thing)));
        }
        painted.mark = mark;
        painted.holder.element.clone()
    }

    fn create(&mut self, mark: Mark, name: &dyn Fn(Spoken) -> String) -> Painted {
        let group = create(&self.document, "g");
        set(&group, "class", &class(&mark, &self.selected));
        let holder = Holder::new(&self.document, mark.at);
        let _ = holder.element.append_child(&group);
        if let Some(thing) = mark.thing {
            set(&group, "role", "button");
            set(&group, "tabindex", if stop_of(thing).is_some() { "-1" } else { "0" });
            set(&group, "data-thing", &written(thing));
            set(&group, "aria-label", &name(Spoken::One(thing)));
            mark_pressed(&group, self.selected.contains(&thing));
        }
        let part = |draw| Rc::new(Part::new(&self.document, draw));
        let parts: Vec<Rc<Part>> = mark.body.iter().map(part).collect();
        for part in &parts {
            let _ = group.append_child(&part.element);
        }
        Painted { mark, holder: Rc::new(holder), group, parts }
    }

    /// Sees to it that the tab key stops at one link and at one message, where there are any.
    fn keep_stops(&mut self) {
        for nth in 0..2 {
            if self.stops[nth].is_some_and(|thing| self.find(thing).is_some()) {
                continue;
            }
            let first = self
                .painted
                .values()
                .filter_map(|painted| painted.mark.thing)
                .find(|thing| stop_of(*thing) == Some(nth));
            self.set_stop(nth, first);
        }
    }

    fn set_stop(&mut self, nth: usize, thing: Option<Thing>) {
        if let Some(old) = self.stops[nth].and_then(|old| self.find(old)) {
            set(old, "tabindex", "-1");
        }
        if let Some(new) = thing.and_then(|new| self.find(new)) {
            set(new, "tabindex", "0");
        }
        self.stops[nth] = thing;
    }

    /// What takes the focus of something that has gone (a message, mostly): the next message, or
    /// the first node.
    fn heir(&self) -> Option<Thing> {
        let first = self.painted.values().find_map(|painted| match painted.mark.thing {
            Some(thing @ Thing::Node(_)) => Some(thing),
            _ => None,
        });
        self.stops[1].or(first)
    }
}

/// What a frame writes to, for something that moves.
fn target(moving: &Moving, painted: &Painted, part: usize) -> Option<Target> {
    if let Moving::Travel { .. } | Moving::Fall { .. } = moving {
        return Some(Target::Place(painted.holder.clone()));
    }
    let tip = matches!(painted.mark.body.get(part), Some(Draw::Sweep { tip: true, .. }));
    Some(Target::Part(painted.parts.get(part)?.clone(), tip))
}

/// How a thing is written in `data-thing`.
fn written(thing: Thing) -> String {
    match thing {
        Thing::Node(id) => format!("n{}", id.0),
        Thing::Client(id) => format!("c{}", id.0),
        Thing::Link(a, b) => format!("l{}-{}", a.0, b.0),
        Thing::Message(number) => format!("m{number}"),
    }
}

/// The inverse of `written`.
pub fn read(text: &str) -> Option<Thing> {
    let rest = text.get(1..)?;
    let id = |digits: &str| digits.parse().ok().map(Id);
    match text.as_bytes().first()? {
        b'n' => id(rest).map(Thing::Node),
        b'c' => id(rest).map(Thing::Client),
        b'm' => rest.parse().ok().map(Thing::Message),
        b'l' => {
            let (a, b) = rest.split_once('-')?;
            Some(Thing::Link(id(a)?, id(b)?))
        }
        _ => None,
    }
}

fn address(thing: Thing) -> (Layer, Key) {
    let key = match thing {
        Thing::Node(id) => Key::Node(id),
        Thing::Client(id) => Key::Client(id),
        Thing::Link(a, b) => Key::Link(a, b),
        Thing::Message(number) => Key::Message(number),
    };
    (crate::scene::layer_of(key), key)
}

/// The group of which the tab key stops at one only.
fn stop_of(thing: Thing) -> Option<usize> {
    match thing {
        Thing::Link(..) => Some(0),
        Thing::Message(_) => Some(1),
        Thing::Node(_) | Thing::Client(_) => None,
    }
}

fn class(mark: &Mark, selected: &[Thing]) -> String {
    let chosen = mark.thing.is_some_and(|thing| selected.contains(&thing));
    if chosen { format!("{} sel", mark.class) } else { mark.class.to_string() }
}

fn mark_pressed(group: &Element, pressed: bool) {
    set(group, "aria-pressed", if pressed { "true" } else { "false" });
}

/// Writes what differs; a primitive of another kind is a new element.
fn patch(document: &Document, painted: &mut Painted, body: &[Draw]) {
    while painted.parts.len() > body.len() {
        if let Some(part) = painted.parts.pop() {
            part.element.remove();
        }
    }
    for (nth, draw) in body.iter().enumerate() {
        let Some(part) = painted.parts.get(nth) else {
            let part = Part::new(document, draw);
            let _ = painted.group.append_child(&part.element);
            painted.parts.push(Rc::new(part));
            continue;
        };
        let old = &painted.mark.body[nth];
        if same_line(old, draw) || old == draw {
            continue;
        }
        if std::mem::discriminant(old) == std::mem::discriminant(draw) && part.scale.is_none() {
            rewrite(document, part, old, draw);
        } else {
            let new = Part::new(document, draw);
            let _ = part.element.replace_with_with_node_1(&new.element);
            painted.parts[nth] = Rc::new(new);
        }
    }
}

/// Whether a line is the same but for how much of it is drawn, which frames write.
fn same_line(old: &Draw, new: &Draw) -> bool {
    match (old, new) {
        (
            Draw::Sweep { d, class, tip, ink, .. },
            Draw::Sweep { d: path, class: look, tip: end, ink: paint, .. },
        ) => path == d && look == class && end == tip && paint == ink,
        (Draw::Way { to, wide, .. }, Draw::Way { to: aim, wide: width, .. }) => {
            to == aim && wide == width
        }
        _ => false,
    }
}

/// How much of a line is drawn.
fn share_of(draw: &Draw) -> f64 {
    match draw {
        Draw::Sweep { share, .. } | Draw::Way { share, .. } => *share,
        _ => 1.0,
    }
}

/// Writes the attributes that differ between two primitives of one kind.
fn rewrite(document: &Document, part: &Part, old: &Draw, new: &Draw) {
    let (before, after) = (element(old), element(new));
    let Part { element: part, share, .. } = part;
    // What frames have written since is not known here: the next one writes it.
    share.set(f64::INFINITY);
    for (name, value) in &after.attributes {
        let same = before.attributes.iter().any(|(other, old)| other == name && old == value);
        if !same {
            set(part, name, value);
        }
    }
    for (name, _) in &before.attributes {
        if !after.attributes.iter().any(|(other, _)| other == name) {
            let _ = part.remove_attribute(name);
        }
    }
    // What moves may have been written since, so words are always put right.
    if !after.text.is_empty() || !before.text.is_empty() {
        part.set_text_content(Some(after.text));
    }
    if after.title != before.title {
        entitle(document, part, after.title);
    }
}

fn primitive(document: &Document, draw: &Draw) -> Element {
    let element = element(draw);
    let node = create(document, element.tag);
    for (name, value) in &element.attributes {
        set(&node, name, value);
    }
    if !element.text.is_empty() {
        node.set_text_content(Some(element.text));
    }
    if !element.title.is_empty() {
        entitle(document, &node, element.title);
    }
    node
}

/// Says something to who stays on an element with the pointer.
#[inline(never)]
fn entitle(document: &Document, node: &Element, text: &str) {
    let title = create(document, "title");
    title.set_text_content(Some(text));
    node.replace_children_with_node_1(&title);
}

fn patterns(document: &Document) -> Element {
    let defs = create(document, "defs");
    for pattern in Pattern::all() {
        let cell = pattern_cell(pattern);
        let node = create(document, "pattern");
        set(&node, "id", cell.name);
        set(&node, "width", &num(cell.side));
        set(&node, "height", &num(cell.side));
        set(&node, "patternUnits", "userSpaceOnUse");
        set(&node, "patternTransform", &format!("rotate({})", num(cell.turn)));
        for (class, d) in &cell.paths {
            let path = create(document, "path");
            set(&path, "class", class);
            set(&path, "d", d);
            let _ = node.append_child(&path);
        }
        let _ = defs.append_child(&node);
    }
    defs
}

/// A new element. The names are our own, so that creation cannot fail.
pub fn create(document: &Document, tag: &str) -> Element {
    document.create_element_ns(Some(SVG), tag).expect("a known element")
}

/// Writes an attribute. The names are our own, so that writing cannot fail.
pub fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(wasm_bindgen::intern(name), value);
}

/// Gives an element the focus.
pub fn take_focus(element: &Element) -> bool {
    element.dyn_ref::<SvgElement>().is_some_and(|svg| svg.focus().is_ok())
}

/// Draws the stroke so far; nothing for an empty one.
pub fn stroke(document: &Document, overlay: &Element, line: &[Point]) {
    let Some(first) = line.first() else {
        overlay.set_text_content(None);
        return;
    };
    let mut d = String::new();
    for (letter, point) in std::iter::once(('M', first)).chain(line.iter().map(|p| ('L', p))) {
        d.push_str(&path(&[(letter, &[point.x, point.y])]));
    }
    if overlay.child_element_count() == 0 {
        for class in ["stroke under", "stroke"] {
            let path = create(document, "path");
            set(&path, "class", class);
            let _ = overlay.append_child(&path);
        }
    }
    let children = overlay.children();
    for nth in 0..children.length() {
        if let Some(child) = children.item(nth) {
            set(&child, "d", &d);
        }
    }
}
