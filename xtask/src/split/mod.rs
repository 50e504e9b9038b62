//! Splits the page's wasm.
mod encode;
mod module;
mod plan;
use crate::{Outcome, cli};
use module::Module;
use plan::Plan;
pub fn run(args: &mut cli::Args) -> Outcome {
    let what = args.word().unwrap_or_default();
    let file = args.word().unwrap_or_default();
    let list = args.word().unwrap_or_default();
    let bytes = std::fs::read(&file).map_err(|e| e.to_string())?;
    let module = Module::read(&bytes)?;
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let waiting: std::collections::HashSet<&str> = text.lines().collect();
    if what == "names" { for (i,n) in module.names.iter().enumerate() { println!("{i} {n}"); } return Ok(()); }
    let plan = Plan::new(module, |name| waiting.contains(name))?.ok_or("nothing loads")?;
    if what == "observe" { std::fs::write(format!("{file}.seen.wasm"), encode::observed(&plan)?).unwrap(); return Ok(()); }
    std::fs::write(format!("{file}.first.wasm"), encode::first(&plan, "rest.wasm")?).unwrap();
    std::fs::write(format!("{file}.rest.wasm"), encode::rest(&plan)?).unwrap();
    eprintln!("{} deferred {} stubs {} lent of {}", plan.deferred.len(), plan.stubbed.len(), plan.lent.len(), plan.module.type_of.len());
    Ok(())
}
