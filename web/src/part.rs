//! The parts of the page. The framework compiles its machinery anew for every component, kilobytes
//! each time; the page has one component for all of its parts, and a part is a hook that it runs.

use std::any::{Any, TypeId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use yew::functional::{Hook, HookContext};
use yew::prelude::*;

/// A part of the page with states and effects of its own: `draw` is a hook that gives its picture.
/// It is drawn anew by itself, and not when what stands around it is.
pub fn part<H>(draw: fn() -> H) -> Html
where
    H: Hook<Output = Html> + 'static,
{
    erased(TypeId::of::<H>(), Rc::new(move |context| draw().run(context)), Rc::new(()))
}

/// Like [`part`], of what is `given`; also drawn anew when that has changed.
pub fn part_of<P, H>(draw: fn(P) -> H, given: P) -> Html
where
    P: PartialEq + Clone + 'static,
    H: Hook<Output = Html> + 'static,
{
    let kept = given.clone();
    let draw = Rc::new(move |context: &mut HookContext| draw(kept.clone()).run(context));
    erased(TypeId::of::<H>(), draw, Rc::new(given))
}

type Draw = Rc<dyn Fn(&mut HookContext) -> Html>;

fn erased(kind: TypeId, draw: Draw, given: Rc<dyn Given>) -> Html {
    // Two parts of different kinds that take each other's place share no states.
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    html! { <Part key={hasher.finish()} {draw} {given} /> }
}

/// What a part is given, of any type.
trait Given {
    fn as_any(&self) -> &dyn Any;
    fn is(&self, other: &dyn Given) -> bool;
}

impl<P: PartialEq + 'static> Given for P {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is(&self, other: &dyn Given) -> bool {
        other.as_any().downcast_ref::<P>().is_some_and(|other| self == other)
    }
}

#[derive(Properties, Clone)]
struct PartProps {
    draw: Draw,
    given: Rc<dyn Given>,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &PartProps) -> bool {
        (*self.given).is(&*other.given)
    }
}

#[component]
fn Part(props: &PartProps) -> Html {
    use_drawn(props.draw.clone())
}

fn use_drawn(draw: Draw) -> impl Hook<Output = Html> {
    struct Drawn(Draw);
    impl Hook for Drawn {
        type Output = Html;

        fn run(self, context: &mut HookContext) -> Html {
            (self.0)(context)
        }
    }
    Drawn(draw)
}
