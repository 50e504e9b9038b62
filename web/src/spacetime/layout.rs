//! From a recording to a drawing: paper, lanes, messages, events of the stretch that is shown.
//! What happens after the cursor is drawn too; whoever paints covers it.

use netsplit_core::base::{Id, Time};
use netsplit_core::describe::Shape;
use netsplit_core::kernel::Phase;
use netsplit_core::rule::Weight;
use netsplit_core::run::Trace;
use netsplit_core::run::cone::{Cone, Relation};
use netsplit_core::run::trace::{Fate, Loss, MessageRecord, What};

use super::axis::Axis;
use super::index::{Index, Stretch};
use super::lanes::{Lane, Lanes, TOP};
use super::picture::{Hit, Layer, Picture, circle, line, outline, rect};
use super::tear::tear;
use crate::scene::geometry::{Point, pt};
use crate::scene::mark::epoch_class;
use crate::session::Thing;

/// More messages than that are a density.
const DENSE: usize = 900;
/// Messages wear their shapes where each has so many pixels.
const SHAPED_PX: f64 = 5.5;
/// So many messages before the window are looked through for those that arrive in it.
const BEFORE: usize = 20_000;
/// More events than that are not drawn one by one.
const CROWD: usize = 4000;
/// The width of a column of a density, in pixels.
const COLUMN: f64 = 5.0;

/// Where everything lies.
#[derive(Clone, PartialEq, Debug)]
pub struct Frame {
    /// Time, from left to right.
    pub axis: Axis,
    /// Participants, from top to bottom.
    pub lanes: Lanes,
}

/// What is asked for beside the recording.
#[derive(Clone, Copy, Default)]
pub struct Wish<'a> {
    /// The event whose past and future stand out.
    pub cone: Option<&'a Cone>,
    /// The one participant whose own view is drawn: what it did and heard, and nothing else.
    pub alone: Option<Id>,
}

/// Draws the stretch of a recording.
pub fn lay(trace: &Trace, index: &Index, frame: &Frame, wish: Wish) -> Picture {
    let mut artist = Artist { trace, index, frame, wish, picture: Picture::default() };
    artist.grid();
    if wish.alone.is_none() {
        artist.partitions();
    }
    artist.lanes();
    artist.messages();
    artist.events();
    artist.picture
}

struct Artist<'a> {
    trace: &'a Trace,
    index: &'a Index,
    frame: &'a Frame,
    wish: Wish<'a>,
    picture: Picture,
}

impl Artist<'_> {
    fn grid(&mut self) {
        let bottom = self.frame.lanes.bottom();
        for (x, _) in self.frame.axis.ticks() {
            line(self.picture.draw(Layer::Grid, "grid"), pt(x, TOP - 20.0), pt(x, bottom));
        }
    }

    /// The paper of each island under its lanes, torn where two islands lie side by side.
    fn partitions(&mut self) {
        let Axis { window, left, right } = self.frame.axis;
        let mut stretches: Vec<(Time, Time, &[Vec<Id>])> = Vec::new();
        let ends = self.trace.cuts.iter().skip(1).map(|cut| cut.at).chain([Time(u64::MAX)]);
        for (cut, to) in self.trace.cuts.iter().zip(ends) {
            match stretches.last_mut() {
                Some(last) if last.2 == cut.islands.as_slice() && last.1 == cut.at => last.1 = to,
                _ => stretches.push((cut.at, to, &cut.islands)),
            }
        }
        let seen = |(from, to, islands): &(Time, Time, &[Vec<Id>])| {
            islands.len() > 1 && *from < window.to && window.from < *to
        };
        for (from, to, islands) in stretches.into_iter().filter(seen) {
            let (x, end) = (self.frame.axis.x_inside(from), self.frame.axis.x_inside(to));
            let island = |lane: &Lane| islands.iter().position(|all| all.contains(&lane.id));
            for lane in &self.frame.lanes.all {
                let Some(nth) = island(lane) else { continue };
                let (a, b) = (pt(x, lane.top), pt(end, lane.foot));
                let class = ["paper-0", "paper-1", "paper-2", "paper-3"][nth % 4];
                rect(self.picture.draw(Layer::Paper, class), a, b);
                let fill = Some(["d-paper-0", "d-paper-1", "d-paper-2", "d-paper-3"][nth % 4]);
                rect(self.picture.fill(Layer::Pattern, "", fill), a, b);
            }
            let ends = (self.frame.axis.x(from), self.frame.axis.x(to).min(right + 100.0));
            for pair in self.frame.lanes.all.windows(2) {
                if !pair[0].client && !pair[1].client && island(&pair[0]) != island(&pair[1]) {
                    let y = f64::midpoint(pair[0].foot, pair[1].top);
                    tear(&mut self.picture, y, ends, (left, right));
                }
            }
        }
    }

    fn lanes(&mut self) {
        for lane in &self.frame.lanes.all {
            let window = self.frame.axis.window;
            let other = self.wish.alone.is_some_and(|id| id != lane.id);
            // Behind the bars of a client's operations something of it must be seen.
            let half = if lane.client { 12.0 } else { 7.0 };
            for stretch in self.index.stretches(self.trace, lane.id, window.from, window.to) {
                let a = pt(self.frame.axis.x(stretch.from), lane.y);
                let b = pt(self.frame.axis.x(stretch.to), lane.y);
                match stretch.phase {
                    Phase::New => {}
                    _ if other => line(self.picture.draw(Layer::Lane, "lane other"), a, b),
                    Phase::Up => self.up(lane, &stretch),
                    Phase::Down => {
                        let (a, b) = (pt(a.x, a.y - half), pt(b.x, b.y + half));
                        rect(self.picture.draw(Layer::Lane, "bar down"), a, b);
                        self.cross(pt(a.x + 9.0, lane.y), 3.6, "cross down");
                    }
                    Phase::Paused => {
                        let (a, b) = (pt(a.x, a.y - half), pt(b.x, b.y + half));
                        rect(self.picture.fill(Layer::Lane, "bar paused", Some("d-frost")), a, b);
                    }
                }
            }
        }
    }

    /// A stretch in which a node runs. What lies between the cone's past and its future at this
    /// node stands back.
    fn up(&mut self, lane: &Lane, stretch: &Stretch) {
        let kind = match (stretch.role.leads, stretch.role.seeks) {
            (true, _) => "leads",
            (_, true) => "seeks",
            _ => "",
        };
        let at = |event: Option<u32>| {
            event.and_then(|event| self.trace.events.get(event as usize)).map(|event| event.at)
        };
        let of = |sides: &[Option<u32>]| at(sides.get(lane.id.index()).copied().flatten());
        let within = |at: Time| at.clamp(stretch.from, stretch.to);
        let parts = match self.wish.cone {
            None => vec![("", stretch.from, stretch.to)],
            Some(cone) => {
                let past = within(of(cone.past()).unwrap_or(Time::ZERO));
                let future = within(of(cone.future()).unwrap_or(Time(u64::MAX))).max(past);
                vec![("", stretch.from, past), ("apart", past, future), ("", future, stretch.to)]
            }
        };
        for (apart, from, to) in parts.into_iter().filter(|(_, from, to)| from < to) {
            let (a, b) = (self.frame.axis.x(from), self.frame.axis.x(to));
            let class = format!("lane {} {kind} {apart}", epoch_class(stretch.role.epoch));
            line(self.picture.draw(Layer::Lane, class), pt(a, lane.y), pt(b, lane.y));
        }
    }

    fn cross(&mut self, at: Point, half: f64, class: &'static str) {
        let d = self.picture.draw(Layer::Dot, class);
        line(d, pt(at.x - half, at.y - half), pt(at.x + half, at.y + half));
        line(d, pt(at.x + half, at.y - half), pt(at.x - half, at.y + half));
    }

    fn messages(&mut self) {
        let window = self.frame.axis.window;
        let messages = &self.trace.messages;
        let first = messages.partition_point(|message| message.at < window.from);
        let last = messages.partition_point(|message| message.at <= window.to);
        let mut ways = Vec::new();
        for number in first.saturating_sub(BEFORE)..last {
            let message = &messages[number];
            if let Some(way) = self.way(number as u32, message)
                && way.until >= window.from
            {
                ways.push(way);
            }
        }
        if ways.len() > DENSE {
            return self.density(&ways);
        }
        let room = self.frame.axis.right - self.frame.axis.left;
        let shaped = ways.len() as f64 * SHAPED_PX <= room;
        for way in &ways {
            self.message(way, shaped);
        }
    }

    /// Where a message goes; `None` for one to oneself, and for what one alone knows nothing of.
    fn way(&self, number: u32, message: &MessageRecord) -> Option<Way> {
        let (from, to) = (message.from, message.to);
        let known = self.wish.alone.is_none_or(|id| id == from || id == to);
        if from == to || !known {
            return None;
        }
        let (sender, receiver) = (self.frame.lanes.of(from)?, self.frame.lanes.of(to)?);
        let (axis, trace) = (self.frame.axis, self.trace);
        let a = pt(axis.x(message.at), sender.y);
        let (until, arrived) = match message.fate {
            Fate::Arrived(event) => (trace.events.get(event as usize)?.at, Some(event)),
            Fate::Flying | Fate::Lost(..) => (message.due, None),
        };
        let b = pt(axis.x(until), receiver.y);
        // Whoever is alone hears neither what was lost on the way to it, nor what became of what
        // it sent.
        if self.wish.alone == Some(to) && arrived.is_none() {
            return None;
        }
        let stub = self.wish.alone == Some(from);
        let lost = !stub && matches!(message.fate, Fate::Lost(..));
        let b = if lost { pt(b.x.max(a.x + 8.0), b.y) } else { b };
        let share = match message.fate {
            _ if stub => 0.4,
            Fate::Lost(_, Loss::Cut) if let Some(share) = self.tear_between(a.y, b.y) => share,
            Fate::Lost(at, _) => {
                let all = message.due.since(message.at).0.max(1) as f64;
                (at.since(message.at).0 as f64 / all).clamp(0.42, 0.9)
            }
            _ => 1.0,
        };
        let b = a.toward(b, share);
        let relation = self.relation(message.sent, arrived);
        let (epoch, shape, copy) = (message.epoch, message.shape, message.duplicate);
        Some(Way {
            number,
            a,
            b,
            until,
            lost,
            stub,
            relation,
            epoch,
            shape,
            copy,
            to_client: receiver.client,
        })
    }

    /// How far it is from one lane to another where the paper between them is torn: as a share.
    fn tear_between(&self, from: f64, to: f64) -> Option<f64> {
        let (over, under) = (from.min(to), from.max(to));
        let between =
            |pair: &&[Lane]| pair[0].y >= over && pair[1].y <= under && pair[1].top > pair[0].foot;
        let mut torn = self.frame.lanes.all.windows(2).filter(between);
        let edge = if from < to { torn.next()?[0].foot } else { torn.next_back()?[1].top };
        Some((edge - from) / (to - from))
    }

    /// How a message stands to the event whose cone is drawn: in its past when it had arrived by
    /// then, in its future when it was sent after.
    fn relation(&self, sent: u32, arrived: Option<u32>) -> Option<Relation> {
        let cone = self.wish.cone?;
        let of = |event: u32| cone.relation(self.trace, event);
        let before = |relation: Relation| matches!(relation, Relation::Past | Relation::Same);
        Some(match (of(sent), arrived.map(of)) {
            (_, Some(end)) if before(end) => Relation::Past,
            (Relation::Future | Relation::Same, _) => Relation::Future,
            _ => Relation::Apart,
        })
    }

    fn message(&mut self, way: &Way, shaped: bool) {
        let hue = if way.shape == Shape::Client { "op" } else { epoch_class(way.epoch) };
        let emphasis = match way.relation {
            Some(Relation::Past | Relation::Same) => " past",
            Some(Relation::Future) => " future",
            Some(Relation::Apart) => " apart",
            None => "",
        };
        let fate = if way.lost { " lost" } else { "" };
        let copy = if way.copy { " copy" } else { "" };
        let class = format!("ml {hue}{emphasis}{fate}{copy}");
        line(self.picture.draw(Layer::Line, class), way.a, way.b);
        if way.copy {
            let class = format!("ml {hue}{emphasis}{fate}");
            let aside = |p: Point| pt(p.x + 3.0, p.y);
            line(self.picture.draw(Layer::Line, class), aside(way.a), aside(way.b));
        }
        if way.lost {
            let apart = way.relation == Some(Relation::Apart);
            self.cross(way.b, 3.4, if apart { "cross apart" } else { "cross" });
        } else if shaped && !way.stub && way.a.distance(way.b) > 24.0 {
            self.token(way, emphasis);
        }
        let thing = Thing::Message(way.number);
        self.picture.hits.push(Hit { thing, a: way.a, b: way.b, at: self.frame.axis.at(way.a.x) });
    }

    /// The shape of a message half way.
    fn token(&mut self, way: &Way, emphasis: &str) {
        let middle = way.a.toward(way.b, 0.5);
        let along = way.a.direction(way.b);
        let hue = if way.shape == Shape::Client { "op" } else { epoch_class(way.epoch) };
        let hollow = match way.shape {
            Shape::Answer | Shape::Refusal => " hollow",
            Shape::Client if way.to_client => " hollow",
            _ => "",
        };
        let class = format!("tok {hue}{emphasis}{hollow}");
        let at = |x: f64, y: f64| {
            let p = middle.plus(along, x);
            p.plus(along.right(), y)
        };
        match way.shape {
            Shape::Heartbeat => circle(self.picture.draw(Layer::Token, class), middle, 3.4),
            Shape::Client => {
                let corners = [at(5.0, 0.0), at(0.0, 5.0), at(-5.0, 0.0), at(0.0, -5.0)];
                outline(self.picture.draw(Layer::Token, class), &corners);
            }
            _ => {
                let corners =
                    [at(-6.5, -4.2), at(2.0, -4.2), at(6.5, 0.0), at(2.0, 4.2), at(-6.5, 4.2)];
                let d = self.picture.draw(Layer::Token, class);
                outline(d, &corners);
                if way.shape == Shape::Refusal {
                    line(d, at(-2.2, -4.2), at(-2.2, 4.2));
                }
            }
        }
    }

    /// How many messages leave and reach each lane, column by column.
    fn density(&mut self, ways: &[Way]) {
        self.picture.dense = true;
        let Axis { left, right, .. } = self.frame.axis;
        let columns = ((right - left) / COLUMN).ceil().max(1.0) as usize;
        let lanes = self.frame.lanes.all.clone();
        let mut counts = vec![vec![0u32; columns]; lanes.len()];
        for way in ways {
            for end in [way.a, way.b] {
                let lane = lanes.iter().position(|lane| lane.y == end.y);
                let column = ((end.x - left) / COLUMN).floor();
                if let Some(lane) = lane
                    && (0.0..columns as f64).contains(&column)
                {
                    counts[lane][column as usize] += 1;
                }
            }
        }
        let most = counts.iter().flatten().copied().max().unwrap_or(1).max(1);
        let d = self.picture.draw(Layer::Density, "density");
        for (lane, counts) in lanes.iter().zip(counts) {
            for (column, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let share = (f64::from(count) / f64::from(most)).sqrt();
                let (half, x) =
                    (share * (lane.foot - lane.top) * 0.4, left + column as f64 * COLUMN);
                rect(d, pt(x, lane.y - half), pt(x + COLUMN - 1.0, lane.y + half));
            }
        }
    }

    fn events(&mut self) {
        let window = self.frame.axis.window;
        let first = self.trace.events.partition_point(|event| event.at < window.from);
        let last = self.trace.events.partition_point(|event| event.at <= window.to);
        let dense = self.picture.dense || last - first > CROWD;
        for event in first as u32..last as u32 {
            let record = &self.trace.events[event as usize];
            let Some(lane) = self.lane_of(event) else { continue };
            let weight = self.trace.fired_in(event).map(|fired| fired.rule.weight).max();
            let chosen = self.wish.cone.is_some_and(|cone| cone.event() == event);
            if dense && weight < Some(Weight::Milestone) && !chosen {
                continue;
            }
            let at = pt(self.frame.axis.x(record.at), lane.y);
            let relation = self.wish.cone.map(|cone| cone.relation(self.trace, event));
            let apart = if relation == Some(Relation::Apart) { " apart" } else { "" };
            let quiet = matches!(record.what, What::Deliver { .. });
            let (class, r) = match weight {
                Some(Weight::Milestone) => ("ev milestone", 4.5),
                Some(Weight::Refusal) => ("ev refusal", 3.2),
                Some(Weight::Step) => ("ev", 2.4),
                _ if quiet => ("ev quiet", 1.2),
                _ => ("ev", 2.0),
            };
            let hue = epoch_class(self.index.role(lane.id, record.at).epoch);
            circle(self.picture.draw(Layer::Dot, format!("{class} {hue}{apart}")), at, r);
            if chosen {
                circle(self.picture.draw(Layer::Dot, "chosen"), at, 9.0);
            }
            let thing = Thing::Event(event);
            self.picture.hits.push(Hit { thing, a: at, b: at, at: record.at });
        }
    }

    /// The lane in which an event happened, as far as one knows of it.
    fn lane_of(&self, event: u32) -> Option<Lane> {
        let lane = self.frame.lanes.of_event(self.trace, event)?;
        let known = self.wish.alone.is_none_or(|id| id == lane.id);
        known.then_some(*lane)
    }
}

/// The way of a message in the drawing.
struct Way {
    number: u32,
    a: Point,
    b: Point,
    until: Time,
    lost: bool,
    /// Whether only its beginning is known.
    stub: bool,
    relation: Option<Relation>,
    epoch: u64,
    shape: Shape,
    copy: bool,
    to_client: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spacetime::axis::Window;
    use crate::spacetime::lanes::islands;
    use crate::spacetime::tests::recorded;
    use netsplit_core::run::Run;

    fn frame(run: &Run, from: u64, to: u64) -> Frame {
        let cast = run.world().cast();
        let (nodes, clients): (Vec<Id>, Vec<Id>) = cast.ids().partition(|&id| cast.is_role(id));
        let window = Window { from: Time::ms(from), to: Time::ms(to) };
        Frame {
            axis: Axis { window, left: 180.0, right: 1060.0 },
            lanes: Lanes::new(&nodes, &clients, islands(run.trace()), 650.0),
        }
    }

    fn picture(run: &Run, frame: &Frame, wish: Wish) -> Picture {
        let mut index = Index::default();
        index.extend(run.trace(), 0);
        lay(run.trace(), &index, frame, wish)
    }

    fn has(picture: &Picture, class: &str) -> bool {
        picture.inks().iter().any(|ink| ink.class.split(' ').any(|one| one == class))
    }

    const CUT: &str = "at 300 c1 put(x, 1)\nat 400 partition {n1} | {rest}\nat 600 heal\n";

    #[test]
    fn a_partition_tears_the_paper_only_while_it_lasts() {
        let run = recorded(CUT, 1000);
        let during = picture(&run, &frame(&run, 200, 500), Wish::default());
        assert!(has(&during, "tear-gap") && has(&during, "paper-0") && has(&during, "paper-1"));
        assert!(has(&during, "lost") && has(&during, "leads"));
        let before = picture(&run, &frame(&run, 0, 399), Wish::default());
        assert!(!has(&before, "tear-gap") && !has(&before, "lost"));
    }

    #[test]
    fn one_node_alone_knows_nothing_of_cuts_and_losses() {
        let run = recorded(CUT, 1000);
        let wish = Wish { alone: Some(Id(0)), cone: None };
        let picture = picture(&run, &frame(&run, 200, 500), wish);
        assert!(!has(&picture, "tear-gap") && !has(&picture, "lost") && has(&picture, "other"));
        let trace = run.trace();
        for hit in &picture.hits {
            match hit.thing {
                Thing::Event(event) => assert_eq!(trace.events[event as usize].node, Id(0)),
                Thing::Message(number) => {
                    let message = &trace.messages[number as usize];
                    assert!(message.from == Id(0) || message.to == Id(0));
                }
                _ => panic!("{hit:?}"),
            }
        }
    }

    #[test]
    fn a_cone_parts_the_messages() {
        let run = recorded(CUT, 1000);
        let trace = run.trace();
        let arrived = |message: &MessageRecord| match message.fate {
            Fate::Arrived(event) if message.at > Time::ms(250) => Some(event),
            _ => None,
        };
        let event = trace.messages.iter().find_map(arrived).expect("something arrives");
        let mut cone = Cone::of(trace, event).expect("it is recorded");
        cone.extend(trace, u32::MAX);
        let wish = Wish { cone: Some(&cone), alone: None };
        let picture = picture(&run, &frame(&run, 200, 500), wish);
        assert!(has(&picture, "past") && has(&picture, "future") && has(&picture, "apart"));
        assert!(has(&picture, "chosen"));
    }

    #[test]
    fn a_long_run_is_a_few_paths() {
        let run = recorded("every 50 300..39000 c1 put(x, 1)\n", 40_000);
        let whole = frame(&run, 0, 40_000);
        assert!(run.trace().messages.len() > 10_000);
        let picture = picture(&run, &whole, Wish::default());
        assert!(picture.dense && has(&picture, "density") && picture.inks().len() < 40);
        let drawn: usize = picture.inks().iter().map(|ink| ink.d.len()).sum();
        assert!(drawn < 200_000 && picture.hits.len() < 4000, "{drawn} {}", picture.hits.len());
    }
}
