//! `cargo xtask serve`: one command from a fresh clone to the playground.

use crate::{Outcome, cli, paths, setup, shell, trunk};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant, SystemTime};

const PORT: u16 = 8080;
const POLL: Duration = Duration::from_millis(200);
const HEARTBEAT: Duration = Duration::from_secs(20);

pub fn run(args: &mut cli::Args) -> Outcome {
    let port = args.port(PORT)?;
    let open = args.flag("--open");
    args.finish()?;
    // Before the set-up: nobody should wait ten minutes to learn this.
    port_is_free(port)?;
    setup::page()?;

    println!("-- Building the playground for release.");
    let started = SystemTime::now();
    let mut serve = trunk::command()?;
    serve.args(["serve", "--release", "--port", &port.to_string()]);
    if open {
        serve.arg("--open");
    }
    let mut server = shell::Group::start(&mut serve)?;
    wait_for_page(&mut server, port)?;
    announce(port, started);
    while server.ended()?.is_none() {
        std::thread::sleep(POLL);
    }
    Err("trunk has ended; its own words stand above.".to_owned())
}

/// Says so where another program listens already, and names a free port.
pub fn port_is_free(port: u16) -> Outcome {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let Err(error) = bind(port) else { return Ok(()) };
    let other = (1..=20).filter_map(|step| port.checked_add(step)).find(|port| bind(*port).is_ok());
    let hint = match other {
        Some(other) => format!("Stop what listens there, or take another: `--port {other}`."),
        None => "Take another with `--port`.".to_owned(),
    };
    Err(format!("port {port} cannot be used ({error}). {hint}"))
}

/// Trunk listens as soon as its first build has ended, well or not.
fn wait_for_page(server: &mut shell::Group, port: u16) -> Outcome {
    let start = Instant::now();
    let mut next = HEARTBEAT;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if server.ended()?.is_some() {
            return Err("trunk ended before it served; its own words stand above.".to_owned());
        }
        if start.elapsed() >= next {
            println!("   ... still building after {}", shell::elapsed(start.elapsed()));
            next += HEARTBEAT;
        }
        std::thread::sleep(POLL);
    }
    Ok(())
}

fn announce(port: u16, started: SystemTime) {
    if !is_newer(started) || !answers(port) {
        println!(
            "\n   The build failed. Mend what stands above; it is built again when a file is saved."
        );
    }
    println!("\n   Netsplit: http://127.0.0.1:{port}/\n");
    println!("   Built again when a file changes: reload the page then. Ctrl-C ends it.");
}

fn is_newer(started: SystemTime) -> bool {
    let written = paths::dist().join("index.html").metadata().and_then(|file| file.modified());
    written.is_ok_and(|written| written >= started)
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b"200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_one_that_is_free() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
        let port = taken.local_addr().expect("bound").port();
        let sentence = port_is_free(port).unwrap_err();
        assert!(sentence.contains(&format!("port {port} cannot be used")), "{sentence}");
        assert!(sentence.contains("--port "), "{sentence}");
    }
}
