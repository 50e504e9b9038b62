//! Fields and their values, each with one line of text on what it is.

use yew::prelude::*;

use crate::words::Words;

/// A field.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// The paper's spelling, or the page's word.
    pub name: String,
    /// The value, printed.
    pub value: String,
    /// What the field is, in one line; empty when nobody says.
    pub help: String,
}

impl Field {
    /// A field of the page's own.
    pub fn page(words: Words, key: &str, value: String) -> Field {
        let help = format!("field.{key}.help");
        Field { name: words.say(&format!("field.{key}")), value, help: words.say(&help) }
    }

    /// A field of the system's, under its name in the paper.
    pub fn paper(words: Words, system: &str, name: &str, value: String) -> Field {
        let help = words.system(system, &format!("field.{name}"), &[]).unwrap_or_default();
        Field { name: name.into(), value, help }
    }
}

/// The list of fields. A field can be focused, and then says what it is.
pub fn draw(fields: &[Field]) -> Html {
    html! { <dl class="fields">{ for fields.iter().map(row) }</dl> }
}

fn row(field: &Field) -> Html {
    let helped = !field.help.is_empty();
    html! {
        <div class="field" tabindex={helped.then_some("0")}>
            <dt>{ &field.name }</dt>
            <dd>{ &field.value }</dd>
            if helped { <dd class="field-help">{ &field.help }</dd> }
        </div>
    }
}
