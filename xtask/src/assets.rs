//! `cargo xtask assets`: what the page fetches when it is wanted, written to `target/site`.
//!
//! ```text
//! site/lessons/index.<locale>.txt      one lesson a line, in the order of courses; between tabs:
//!                                      id, title, sentence, system, number of steps
//! site/lessons/<id>.<locale>.txt       the lesson with the narration of one language
//! site/text/<name>.<locale>.ftl        the words of one system, with those that it includes, or of
//!                                      the page (`web`)
//! site/text/first/<name>.<locale>.ftl  those of them that the first lesson shows by itself
//! ```

use crate::files::read;
use crate::{Outcome, cli, paths, registry, walk};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Both are first languages; a line without a tag is in the first of the two.
pub const LOCALES: [&str; 2] = ["en", "zh-CN"];

/// Where systems live.
const SYSTEMS: &str = "core/src/protocols";

/// Files to be, by their path below `target/site`.
type Files = BTreeMap<String, String>;

pub fn run(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    let mut files = Files::new();
    add_texts(&mut files)?;
    add_lessons(&mut files)?;
    let folder = paths::site();
    write(&folder, &files).map_err(|error| format!("{}: {error}.", folder.display()))
}

fn add_texts(files: &mut Files) -> Outcome {
    let mut texts = Vec::new();
    for path in text_files() {
        texts.push((walk::shown(&path), read(&path)?));
    }
    let first_words = read(&first_words())?;
    let included: Vec<&str> = texts.iter().flat_map(|(_, text)| includes(text)).collect();
    for (path, text) in &texts {
        let (folder, locale) = owner_of(path);
        if !included.contains(&folder) {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            let whole = whole(text, locale, &texts)?;
            let first = only(&first_words, name, &whole);
            if !first.is_empty() {
                files.insert(format!("text/first/{name}.{locale}.ftl"), first);
            }
            files.insert(format!("text/{name}.{locale}.ftl"), whole);
        }
    }
    Ok(())
}

/// The words that the first lesson shows by itself: `raft role.leader` a line. `cargo xtask first`
/// writes them.
pub fn first_words() -> PathBuf {
    paths::root().join("web/first.txt")
}

/// The lines of a text whose keys are among these words.
fn only(words: &str, name: &str, text: &str) -> String {
    let keys: Vec<&str> =
        words.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).collect();
    let is_first =
        |line: &&str| line.split_once('=').is_some_and(|(key, _)| keys.contains(&key.trim()));
    text.lines().filter(is_first).map(|line| format!("{line}\n")).collect()
}

/// Whose words a file holds, and in which language: those in core/src/protocols/raft/text/en.ftl
/// are of `raft`, those in web/text/en.ftl of `web`.
fn owner_of(path: &str) -> (&str, &str) {
    let path = path.strip_prefix(SYSTEMS).map_or(path, |path| path.trim_start_matches('/'));
    path.trim_end_matches(".ftl").split_once("/text/").unwrap_or((path, ""))
}

/// The folders of systems whose words go along with these: `# include lock` at the head of a text.
/// What is included is part of others, and no text by itself.
fn includes(text: &str) -> impl Iterator<Item = &str> {
    let head = text.lines().take_while(|line| line.starts_with('#'));
    head.filter_map(|line| line.strip_prefix("# include ")).map(str::trim)
}

/// A text with those that it includes behind it.
fn whole(text: &str, locale: &str, texts: &[(String, String)]) -> Outcome<String> {
    let mut whole = text.to_owned();
    for folder in includes(text) {
        let part = texts.iter().find(|(path, _)| owner_of(path) == (folder, locale));
        let (_, part) = part.ok_or_else(|| {
            format!(
                "a text says `# include {folder}`, and there is no \
                 {SYSTEMS}/{folder}/text/{locale}.ftl; write it or mend the line."
            )
        })?;
        whole += part;
    }
    Ok(whole)
}

fn add_lessons(files: &mut Files) -> Outcome {
    let systems = registry::entries(&registry::read()?)?;
    let mut index = Vec::new();
    for path in lesson_files() {
        let text = read(&path)?;
        let Some(id) = id_of(&text) else {
            let shown = walk::shown(&path);
            return Err(format!(
                "{shown} names no scenario; its first line should read `scenario FAMILY/NAME` in \
                 lower case."
            ));
        };
        for locale in LOCALES {
            let lesson = in_locale(&text, locale);
            if files.insert(format!("lessons/{id}.{locale}.txt"), lesson).is_some() {
                return Err(format!("two lessons are called {id}; rename one."));
            }
        }
        index.push((
            place_of(id, &text, &systems),
            LOCALES.map(|locale| index_line(id, &text, locale)),
        ));
    }
    index.sort();
    for (place, locale) in LOCALES.iter().enumerate() {
        let lines = index.iter().map(|(_, lines)| lines[place].as_str());
        files.insert(format!("lessons/index.{locale}.txt"), lines.collect());
    }
    Ok(())
}

/// Where a lesson stands: by family, those of systems first and in the order of the registry, and
/// there by the first row of the claims list that it shows, which follow the order of a course.
fn place_of(id: &str, text: &str, systems: &[String]) -> (usize, String, u32, String) {
    let family = id.split('/').next().unwrap_or(id);
    let system = systems.iter().position(|entry| registry::name_of(entry) == family);
    let own = format!("{}-", family.to_ascii_uppercase());
    let claims = text.lines().find(|line| verb_of(line) == Some("claims")).unwrap_or("");
    let rows = claims.split_whitespace().filter_map(|claim| claim.strip_prefix(&own));
    let first = rows.filter_map(|row| row.parse().ok()).min().unwrap_or(u32::MAX);
    (system.unwrap_or(usize::MAX), family.into(), first, id.into())
}

fn index_line(id: &str, text: &str, locale: &str) -> String {
    let title = said(text, "title", locale).unwrap_or(id);
    let about = said(text, "about", locale).unwrap_or_default();
    let runs = text.lines().find(|line| verb_of(line) == Some("system"));
    let system = runs.and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    let n_steps = text.lines().filter(|line| verb_of(line) == Some("step")).count();
    format!("{id}\t{title}\t{about}\t{system}\t{n_steps}\n")
}

/// Every file of words: `text/LOCALE.ftl` of the systems and of the page.
pub fn text_files() -> Vec<PathBuf> {
    let mut found = walk::files(SYSTEMS);
    found.extend(walk::files("web/text"));
    found.retain(|path| has_extension(path, "ftl"));
    found
}

/// Every scenario that the page offers.
pub fn lesson_files() -> Vec<PathBuf> {
    let mut found = walk::files(SYSTEMS);
    found.retain(|path| path.parent().is_some_and(|folder| folder.ends_with("lessons")));
    found.extend(walk::files("core/lessons"));
    found.retain(|path| has_extension(path, "txt"));
    found
}

fn id_of(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| verb_of(line) == Some("scenario"))?;
    let id = line.split_whitespace().nth(1)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "/-".contains(c);
    let rooted = id.starts_with('/') || id.ends_with('/');
    (!rooted && id.chars().all(fits)).then_some(id)
}

/// What a line of the header says in a language, or in the first one.
fn said<'a>(text: &'a str, keyword: &str, locale: &str) -> Option<&'a str> {
    let tagged = |tag: &str| {
        let line = text.lines().find(|line| verb_of(line) == Some(tag))?;
        line.trim_start().strip_prefix(tag).map(str::trim)
    };
    tagged(&format!("{keyword}.{locale}")).or_else(|| tagged(keyword))
}

/// The lesson without the lines of other languages. Lines without a tag stay: they are the
/// scenario, and the words that stand in where a translation is missing.
fn in_locale(text: &str, locale: &str) -> String {
    let stays = |line: &&str| locale_of(line).is_none_or(|tag| tag == locale);
    text.lines().filter(stays).map(|line| format!("{line}\n")).collect()
}

/// The locale tag of a line's verb: `say.zh-CN ...` has `zh-CN`.
fn locale_of(line: &str) -> Option<&str> {
    let (_, tag) = verb_of(line)?.split_once('.')?;
    LOCALES.contains(&tag).then_some(tag)
}

fn verb_of(line: &str) -> Option<&str> {
    line.split_whitespace().next()
}

/// Writes what differs and removes what is no longer wanted, so that watchers see no change where
/// there is none.
fn write(folder: &Path, files: &Files) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, text)?;
    }
    remove_others(folder, folder, files)
}

fn remove_others(top: &Path, folder: &Path, files: &Files) -> std::io::Result<()> {
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(top, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(top).unwrap_or(&path);
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        if !files.contains_key(&name.join("/")) {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LESSON: &str = "scenario raft/caiyang\n\
                          title       A write that must not survive\n\
                          title.zh-CN 少数派里的写入活不下来\n\
                          say         Five nodes.\n\
                          say.zh-CN   五个节点。\n\
                          at 500      partition {n1} | {rest}\n";

    #[test]
    fn a_lesson_keeps_one_language_and_the_scenario() {
        let english = in_locale(LESSON, "en");
        assert!(english.contains("say         Five") && !english.contains("五个"));
        assert!(english.contains("partition {n1}"));
        assert!(in_locale(LESSON, "zh-CN").contains("say.zh-CN   五个节点。"));
    }

    #[test]
    fn the_index_tells_what_a_lesson_is() {
        let text =
            format!("{LESSON}system raft nodes=5\nabout One sentence.\nstep 0 A\nstep 5 B\n");
        let line = index_line("raft/caiyang", &text, "zh-CN");
        assert_eq!(line, "raft/caiyang\t少数派里的写入活不下来\tOne sentence.\traft\t2\n");
    }

    #[test]
    fn lessons_follow_the_rows_of_their_family() {
        let systems = ["&entry::<raft::Raft>()".to_owned()];
        let place = |claims: &str| place_of("raft/x", &format!("claims {claims}\n"), &systems).2;
        assert_eq!(place("SYS-RAFT RAFT-16 RAFT-15 CAP-29"), 15);
        assert_eq!(place("CAP-29"), u32::MAX);
        let of = |id: &str| place_of(id, "", &systems);
        assert!(of("raft/x") < of("cap/x") && of("cap/x") < of("locks/x"));
    }

    #[test]
    fn titles_follow_the_language_and_fall_back() {
        assert_eq!(id_of(LESSON), Some("raft/caiyang"));
        assert_eq!(said(LESSON, "title", "zh-CN"), Some("少数派里的写入活不下来"));
        assert_eq!(said("title Only\n", "title", "zh-CN"), Some("Only"));
        assert_eq!(id_of("scenario ../../etc\n"), None);
    }

    #[test]
    fn a_text_has_those_behind_it_that_it_includes() {
        let file = |path: &str, text: &str| (format!("{SYSTEMS}/{path}"), text.to_owned());
        let texts = [
            file("lock/text/en.ftl", "# Shared.\n\nop.lock = lock\n"),
            file("lock/text/zh-CN.ftl", "op.lock = 加锁\n"),
        ];
        let own = "# Own.\n# include lock\n\nname = A\n# include nothing\n";
        assert_eq!(includes(own).collect::<Vec<_>>(), ["lock"]);
        assert_eq!(whole(own, "zh-CN", &texts), Ok(format!("{own}op.lock = 加锁\n")));
        assert!(whole("# include locks\n", "en", &texts).is_err_and(|why| why.contains("locks")));
        assert_eq!(owner_of("core/src/protocols/lock/redis/text/en.ftl"), ("lock/redis", "en"));
        assert_eq!(owner_of("web/text/zh-CN.ftl"), ("web", "zh-CN"));
    }

    #[test]
    fn only_what_changed_is_written_and_leftovers_go() {
        let folder = std::env::temp_dir().join(format!("netsplit-assets-{}", std::process::id()));
        let mut files = Files::from([("a/b.txt".to_owned(), "one".to_owned())]);
        write(&folder, &files).expect("a temporary folder can be written");
        let modified = |name| folder.join(name).metadata().and_then(|file| file.modified()).ok();
        let before = modified("a/b.txt");
        std::thread::sleep(std::time::Duration::from_millis(20));
        files.insert("c.txt".to_owned(), "two".to_owned());
        write(&folder, &files).expect("and again");
        assert_eq!(modified("a/b.txt"), before);
        files.remove("c.txt");
        write(&folder, &files).expect("and again");
        assert!(!folder.join("c.txt").exists() && folder.join("a/b.txt").exists());
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
    }
}
