//! The lessons in the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;

/// A lesson: its path below `core`, and its text.
pub struct Lesson {
    pub path: String,
    pub text: String,
}

impl Lesson {
    /// The scenario, or what is wrong with the text.
    pub fn parse(&self) -> Result<Scenario, String> {
        Scenario::parse(&self.text, ALL).map_err(|errors| {
            let lines = errors.iter().map(|error| format!("{}:{error}\n", self.path));
            lines.collect()
        })
    }
}

/// Every lesson, by path.
pub fn all() -> Vec<Lesson> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![core.join("lessons")];
    folders.extend(files(&core.join("src/protocols")).into_iter().map(|p| p.join("lessons")));
    let mut paths: Vec<PathBuf> = folders.iter().flat_map(|folder| files(folder)).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "txt"));
    paths.sort();
    let lesson = |path: &PathBuf| Lesson {
        path: path.strip_prefix(core).unwrap().display().to_string().replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(lesson).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Does something with every lesson on all cores; answers in the order of the paths.
pub fn each<T: Send>(work: impl Fn(&Lesson) -> T + Sync) -> Vec<T> {
    let lessons = all();
    assert!(!lessons.is_empty(), "there are lessons");
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(lesson) = lessons.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(lesson);
                    done.lock().unwrap().push((lesson.path.clone(), result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|a, b| a.0.cmp(&b.0));
    done.into_iter().map(|(_, result)| result).collect()
}
