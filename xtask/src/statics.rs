//! `cargo xtask static`: a folder on a port, as a plain host would serve it.
//!
//! Two of them are two origins, which is what trying an embed needs.

use crate::{Outcome, cli, paths, serve, walk};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PORT: u16 = 8090;
/// Longer requests are refused; no browser sends one to us.
const HEAD_BYTES_MAX: u64 = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// What to serve, and how.
struct Site {
    root: PathBuf,
    /// Whether sandboxed frames and other origins may load modules and wasm from here.
    cors: bool,
}

pub fn run(args: &mut cli::Args) -> Outcome {
    let port = args.port(PORT)?;
    let root = args.value("--root")?.map_or_else(paths::dist, PathBuf::from);
    let cors = !args.flag("--no-cors");
    args.finish()?;
    let root = root.canonicalize().map_err(|error| format!("{}: {error}.", root.display()))?;
    serve::port_is_free(port)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| format!("port {port}: {error}."))?;
    println!("   {} at http://127.0.0.1:{port}/  (Ctrl-C ends it)", walk::shown(&root));
    let site: &'static Site = Box::leak(Box::new(Site { root, cors }));
    for stream in listener.incoming().flatten() {
        // A browser that went away is no reason to stop.
        std::thread::spawn(move || drop(site.answer(stream)));
    }
    Ok(())
}

impl Site {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut lines = BufReader::new(stream.try_clone()?.take(HEAD_BYTES_MAX)).lines();
        let request = lines.next().transpose()?.unwrap_or_default();
        // The whole head is read, or closing the connection would cut off the answer.
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let mut words = request.split(' ');
        let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let (status, mime, body) = match method {
            "GET" | "HEAD" => self.look_up(target),
            _ => ("405 Method Not Allowed", "text/plain", b"only GET and HEAD\n".to_vec()),
        };
        let cors = if self.cors { "Access-Control-Allow-Origin: *\r\n" } else { "" };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n{cors}\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    fn look_up(&self, target: &str) -> (&'static str, &'static str, Vec<u8>) {
        let missing = || ("404 Not Found", "text/plain", b"not here\n".to_vec());
        let Some(path) = path_of(target) else { return missing() };
        let mut file = self.root.join(path);
        if file.is_dir() {
            file.push("index.html");
        }
        // Links that lead out of the folder are followed no further than its edge.
        let inside = file.canonicalize().is_ok_and(|file| file.starts_with(&self.root));
        match std::fs::read(&file) {
            Ok(body) if inside => ("200 OK", mime_of(&file), body),
            _ => missing(),
        }
    }
}

/// The path below the root that a request names; none where it tries to leave.
fn path_of(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let decoded = percent_decoded(path)?;
    let plain = |part: &str| part != ".." && !part.contains(['\\', ':', '\0']);
    decoded.split('/').all(plain).then(|| PathBuf::from(decoded.trim_start_matches('/')))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        };
        bytes.push(decoded);
    }
    String::from_utf8(bytes).ok()
}

fn mime_of(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "txt" | "md" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_name_paths_below_the_root_only() {
        assert_eq!(path_of("/a%20b/c.js?x=1"), Some(PathBuf::from("a b/c.js")));
        assert_eq!(path_of("/"), Some(PathBuf::new()));
        for escape in
            ["/../secret", "/%2e%2e/secret", "/a/..%2fb", "/c:/x", "/%zz", "x", "//etc/.."]
        {
            assert_eq!(path_of(escape), None, "{escape}");
        }
        assert_eq!(path_of("//etc/passwd"), Some(PathBuf::from("etc/passwd")));
    }

    #[test]
    fn a_file_comes_with_its_type_and_the_header_for_sandboxes() {
        let root = std::env::temp_dir().join(format!("netsplit-static-{}", std::process::id()));
        std::fs::create_dir_all(&root).expect("a temporary folder can be made");
        std::fs::write(root.join("a.wasm"), b"\0asm").expect("and written");
        let site = Site { root: root.canonicalize().expect("it exists"), cors: true };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = listener.local_addr().expect("bound").port();
        let server = std::thread::spawn(move || {
            for _ in 0..2 {
                let (stream, _) = listener.accept().expect("a client comes");
                site.answer(stream).expect("the client listens");
            }
        });
        let ask = |path: &str| {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("it listens");
            write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("it answers");
            answer
        };
        let found = ask("/a.wasm");
        assert!(found.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/wasm\r\n"));
        assert!(found.contains("Access-Control-Allow-Origin: *") && found.ends_with("\0asm"));
        assert!(ask("/b.wasm").starts_with("HTTP/1.1 404"));
        server.join().expect("no assertion failed there");
        std::fs::remove_dir_all(root).expect("the folder is ours");
    }
}
