//! What clients of the mirrored register saw, as history variables: for each operation, how many of
//! every other client's had ended when it was called.

use netsplit_core::base::Id;

use super::register::State;

/// The most clients.
const MOST: usize = 9;

/// What the clients saw.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct History {
    clients: Vec<Seen>,
}

/// What one client saw. It writes first, before anything has ended, and then reads.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Seen {
    me: Id,
    /// How many of its operations have ended.
    done: u8,
    /// How many of each client's had ended when it began to read.
    before: [u8; MOST],
    read: Option<char>,
}

impl History {
    /// Takes in a step of a participant.
    pub fn observe(&mut self, me: Id, state: &State) {
        let State::Client(client) = state else { return };
        let place = match self.clients.iter().position(|seen| seen.me == me) {
            Some(place) => place,
            None => {
                self.clients.push(Seen { me, done: 0, before: [0; MOST], read: None });
                self.clients.len() - 1
            }
        };
        let done = client.n_ops as u8 - 1;
        if done == 1 && self.clients[place].done == 0 {
            let mut before = [0; MOST];
            before.iter_mut().zip(&self.clients).for_each(|(done, seen)| *done = seen.done);
            before[place] = 1;
            self.clients[place].before = before;
        }
        let seen = &mut self.clients[place];
        (seen.done, seen.read) = (done, client.read);
    }

    /// Whether one register could have answered so. `n_servers` gives the letters that are written.
    pub fn is_linearizable(&self, n_servers: u16) -> bool {
        if self.clients.iter().all(|seen| seen.read.is_none()) {
            return true;
        }
        self.goes_on(&mut vec![0; self.clients.len()], '\0', n_servers)
    }

    /// Whether what is left can be put in order, after so many operations of each client.
    fn goes_on(&self, taken: &mut Vec<u8>, value: char, n_servers: u16) -> bool {
        let left = |(seen, taken): (&Seen, &u8)| seen.done > *taken;
        if !self.clients.iter().zip(&*taken).any(left) {
            return true;
        }
        (0..self.clients.len()).any(|place| {
            let (seen, nth) = (&self.clients[place], taken[place]);
            // A read that has not ended has no answer to explain.
            if nth >= 2 || nth == 1 && seen.done < 2 {
                return false;
            }
            let waits = |(before, taken): (&u8, &u8)| before > taken;
            if nth == 1 && seen.before.iter().zip(&*taken).any(waits) {
                return false;
            }
            let letter = char::from(b'A' + (seen.me.0 - n_servers) as u8);
            let next = if nth == 0 { letter } else { value };
            if nth == 1 && seen.read != Some(value) {
                return false;
            }
            taken[place] += 1;
            let goes_on = self.goes_on(taken, next, n_servers);
            taken[place] -= 1;
            goes_on
        })
    }
}
