//! What the lamps showed, as thin lines under the rail.

use netsplit_core::base::Time;
use netsplit_core::check::lamps::{Cursor, Light};
use yew::prelude::*;

use super::labels::breadth;
use super::scale::Scale;
use crate::scene::text::num;
use crate::session::{Action, Loaded, Session, Topic, use_session, use_watch};
use crate::text;
use crate::words::{Words, use_words};

/// A letter, where it stands, how high its band is.
const ROWS: [(&str, f64, f64); 2] = [("C", 51.0, 8.0), ("A", 66.0, 9.0)];
/// How far from the cursor words begin, in pixels.
const WORDS_X: f64 = 14.0;

#[derive(Clone, PartialEq)]
struct Row {
    band: Vec<(Time, Light)>,
    /// When it changed, up to the cursor.
    changes: Vec<Time>,
    words: String,
}

/// One line for each lamp. Nothing is revealed right of the cursor.
#[hook]
pub fn use_bands(scale: Scale) -> Html {
    let words = use_words();
    let locale = words.locale();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale];
    let session = use_session();
    let rows = use_watch(topics, move |model| Some(rows(model.loaded.as_ref()?, locale)));
    let Some(rows) = rows else { return Html::default() };
    // Frames move the words that ride with the cursor; whatever is new begins where it is.
    let at = session.read(|model| model.run().map_or(Time::ZERO, |run| run.at()));
    let x = scale.x(at);
    html! {
        <g class="bands">
            { for ROWS.iter().zip(rows).map(|(&(letter, y, height), row)| {
                let change = |at: &Time| change(words, &session, scale, (y, *at));
                html! {
                    <>
                        { draw(scale, letter, (y, height), &row, x) }
                        { for row.changes.iter().map(change) }
                    </>
                }
            }) }
        </g>
    }
}

fn draw(scale: Scale, letter: &'static str, (y, height): (f64, f64), row: &Row, x: f64) -> Html {
    let middle = y + height / 2.0;
    let (left, right) = (scale.left(), scale.right());
    let room = (WORDS_X + breadth(&row.words)).ceil() as u32;
    html! {
        <>
            <text class="band-letter" x="5" y={px(middle + 4.5)}>{ letter }</text>
            <path class="band-future" d={format!("M{} {}H{}", px(left), px(middle), px(right))} />
            <g clip-path="url(#past)">
                { for segments(&row.band, scale).into_iter().map(|(x, width, light)| html! {
                    <>
                        <rect class={class(light)} x={px(x)} y={px(y)} width={px(width)}
                            height={px(height)} />
                        if light == Light::Red {
                            <rect fill="url(#band-hatch)" x={px(x)} y={px(y)} width={px(width)}
                                height={px(height)} />
                        }
                    </>
                }) }
            </g>
            <g class="rider" data-room={room.to_string()}
                transform={format!("translate({} 0)", px(x))}>
                <text class="band-words" x={px(WORDS_X)} y={px(middle + 3.5)}>
                    { row.words.clone() }
                </text>
            </g>
        </>
    }
}

/// Where a band changed one can go to that very instant.
#[inline(never)]
fn change(words: Words, session: &Session, scale: Scale, (y, at): (f64, Time)) -> Html {
    let session = session.clone();
    let onpointerdown = Callback::from(move |event: PointerEvent| {
        // The track below would look where the pointer is, some pixels off.
        event.stop_propagation();
        session.dispatch(Action::Seek(at));
    });
    let jump = words.fill("lamp.jump", &[("at", &words.at(at))]);
    html! {
        <rect class="band-change" x={px(scale.x(at) - 5.0)} y={px(y - 2.0)} width="10" height="13"
            {onpointerdown}>
            <title>{ jump }</title>
        </rect>
    }
}

fn rows(loaded: &Loaded, locale: &'static str) -> [Row; 2] {
    let run = &loaded.run;
    let cursor = Cursor { events: run.cursor(), at: run.at() };
    let say = |key: &str, values: &[(&str, &str)]| text::page(locale, key, values);
    loaded.with_lamps(|lamps| {
        let (c, a) = (lamps.band_c(run.trace()), lamps.band_a());
        let light = |band: &[(Time, Light)]| {
            let place = band.partition_point(|(at, _)| *at <= cursor.at);
            place.checked_sub(1).map_or(Light::Dark, |place| band[place].1)
        };
        let silent = lamps.unanswered(cursor).iter();
        let names: Vec<_> = silent.map(|silent| loaded.name(locale, silent.node)).collect();
        let c_words = say(&format!("band.c.{}", key(light(&c))), &[]);
        let a_words = say(&format!("band.a.{}", key(light(&a))), &[("names", &names.join(" "))]);
        let row = |band: Vec<(Time, Light)>, words| {
            let changes = band.iter().skip(1).map(|(at, _)| *at).filter(|at| *at <= cursor.at);
            Row { changes: changes.collect(), band, words }
        };
        [row(c, c_words), row(a, a_words)]
    })
}

/// Where each stretch begins, how wide it is, and what it shows.
fn segments(band: &[(Time, Light)], scale: Scale) -> Vec<(f64, f64, Light)> {
    let ends = band.iter().skip(1).map(|(at, _)| *at).chain([scale.end]);
    let stretches = band.iter().zip(ends).filter(|((from, _), to)| from < to);
    stretches
        .map(|((from, light), to)| (scale.x(*from), scale.x(to) - scale.x(*from), *light))
        .collect()
}

fn key(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Red => "red",
        Light::NotDecided => "undecided",
        Light::Dark => "dark",
    }
}

fn class(light: Light) -> &'static str {
    match light {
        Light::Green => "band-green",
        Light::Red => "band-red",
        Light::NotDecided => "band-undecided",
        Light::Dark => "band-dark",
    }
}

fn px(x: f64) -> String {
    num(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_follow_each_other_to_the_end() {
        let band =
            [(Time::ZERO, Light::Dark), (Time::ms(100), Light::Green), (Time::ms(100), Light::Red)];
        let scale = Scale { end: Time::ms(200), width: 240.0 };
        let cut = segments(&band, scale);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[0], (28.0, 100.0, Light::Dark));
        assert_eq!(cut[1], (128.0, 100.0, Light::Red));
    }
}
