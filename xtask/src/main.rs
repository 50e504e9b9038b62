//! The commands of the repository. `cargo xtask` without a word lists them.

mod assets;
mod bench;
mod cli;
mod files;
mod first;
mod minify;
mod optimize;
mod paths;
mod registry;
mod serve;
mod setup;
mod shell;
mod size;
mod split;
mod statics;
mod test;
mod tidy;
mod tool;
mod trunk;
mod walk;

use std::process::ExitCode;

/// What a command comes to: nothing to say, or a sentence that tells what is wrong and what to do.
type Outcome<T = ()> = Result<T, String>;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    /// What may follow the name.
    usage: &'static str,
    /// One sentence for the list.
    about: &'static str,
    run: fn(&mut cli::Args) -> Outcome,
    /// Listed among the commands people type; the others are called by Trunk.
    shown: bool,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        usage: "[--port N] [--open]",
        about: "Set up what is missing, build the playground, serve it and rebuild on change",
        run: serve::run,
        shown: true,
    },
    Command {
        name: "test",
        usage: "[--list] [--only PART]... [--bench]",
        about: "Set up what is missing and run every check and test",
        run: test::run,
        shown: true,
    },
    Command {
        name: "build",
        usage: "",
        about: "Set up what is missing and build the playground into dist/",
        run: trunk::run_build,
        shown: true,
    },
    Command {
        name: "bench",
        usage: "",
        about: "Measure the simulator and fail where a figure falls short",
        run: bench::run,
        shown: true,
    },
    Command {
        name: "claims",
        usage: "[SYSTEM...]",
        about: "Count the rows of core/claims.tsv that passing scenarios show",
        run: tool::claims,
        shown: true,
    },
    Command {
        name: "lesson",
        usage: "FILE-OR-NAME-OR-LINK [--variant NAME] [--quiet]",
        about: "Play a scenario without a page, print its trace, exit by its expectations",
        run: tool::lesson,
        shown: true,
    },
    Command {
        name: "explore",
        usage: "SYSTEM-OR-SCENARIO [KNOB=VALUE...] --property P [--bounds B] [--seeds A..B]",
        about: "Search for a run that breaks a property, and print the smallest",
        run: tool::explore,
        shown: true,
    },
    Command {
        name: "size",
        usage: "[--systems]",
        about: "Weigh what the first lesson loads, and links; or also what each system adds",
        run: size::run,
        shown: true,
    },
    Command {
        name: "first",
        usage: "",
        about: "Observe in a browser what the first lesson needs of the wasm; writes web/rest.txt",
        run: first::run,
        shown: true,
    },
    Command {
        name: "tidy",
        usage: "",
        about: "Check what compilers do not: line width, stray colours, missing texts, dead files",
        run: tidy::run,
        shown: true,
    },
    Command {
        name: "static",
        usage: "[--root DIR] [--port N] [--no-cors]",
        about: "Serve a folder as it is: a second origin for trying embeds",
        run: statics::run,
        shown: true,
    },
    Command {
        name: "assets",
        usage: "",
        about: "Write lessons and texts to target/site (a hook of Trunk)",
        run: assets::run,
        shown: false,
    },
    Command {
        name: "optimize",
        usage: "",
        about: "Shrink the wasm of a build that Trunk is finishing (a hook of Trunk)",
        run: optimize::run,
        shown: false,
    },
];

fn main() -> ExitCode {
    shell::end_children_on_interrupt();
    let outcome = dispatch(cli::Args::from_env());
    shell::stand_by_if_interrupted();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(mut args: cli::Args) -> Outcome {
    let Some(name) = args.word() else {
        print!("{}", help());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "-h" | "--help") {
        print!("{}", help());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(unknown(&name));
    };
    if args.flag("--help") || args.flag("-h") {
        println!("cargo xtask {} {}\n\n{}.", command.name, command.usage, command.about);
        return Ok(());
    }
    (command.run)(&mut args)
}

fn unknown(name: &str) -> String {
    let names = COMMANDS.iter().filter(|command| command.shown).map(|command| command.name);
    let hint = match cli::nearest(name, names) {
        Some(nearest) => format!("Did you mean `cargo xtask {nearest}`?"),
        None => "`cargo xtask` lists them all.".to_owned(),
    };
    format!("there is no command `{name}`. {hint}")
}

fn help() -> String {
    let mut text = String::from("The commands of Netsplit\n\n");
    for command in COMMANDS.iter().filter(|command| command.shown) {
        let usage = format!("{} {}", command.name, command.usage);
        text += &format!("  cargo xtask {}\n      {}.\n", usage.trim_end(), command.about);
    }
    text += "\nTools are installed under target/tools. The machine is otherwise left alone, but\n";
    text += "for what only its package manager has (Chromium and fonts, for `test`).\n";
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_command_is_answered_with_the_nearest() {
        assert!(unknown("sevre").contains("`cargo xtask serve`"));
        assert!(unknown("frobnicate").contains("lists them all"));
    }

    #[test]
    fn help_names_what_people_type_and_hides_the_hooks() {
        assert!(help().contains("cargo xtask serve [--port N]"));
        assert!(!help().contains("optimize"));
    }
}
