//! A register kept by single-decree Paxos, one server being proposer and acceptor at once, and
//! clients that write once and then read: what stateright's example of Paxos does at each message,
//! as a function that both checkers call.

use std::collections::{BTreeMap, BTreeSet};

/// A participant: servers first, then clients.
pub type Who = u16;
/// Round and server; 0 and 0 before the first.
pub type Ballot = (u32, Who);
/// Request, client and value.
pub type Proposal = (u64, Who, char);

/// What participants send each other.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Msg {
    Put(u64, char),
    Get(u64),
    PutOk(u64),
    GetOk(u64, char),
    Prepare(Ballot),
    Prepared(Ballot, Option<(Ballot, Proposal)>),
    Accept(Ballot, Proposal),
    Accepted(Ballot),
    Decided(Ballot, Proposal),
}

/// What a participant knows.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum State {
    Server(Server),
    Client(Client),
}

/// A server: what it has promised and accepted, and its own proposal.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Server {
    ballot: Ballot,
    proposal: Option<Proposal>,
    prepares: BTreeMap<Who, Option<(Ballot, Proposal)>>,
    accepts: BTreeSet<Who>,
    accepted: Option<(Ballot, Proposal)>,
    is_decided: bool,
}

/// A client: what it waits for, and how many operations it has begun.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    pub awaiting: Option<u64>,
    pub n_ops: u64,
    /// What it has read.
    pub read: Option<char>,
}

/// Who gets what.
pub type Out = Vec<(Who, Msg)>;

/// How many servers there are, and who this is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub me: Who,
    pub n_servers: Who,
}

impl Place {
    /// Begins: a client writes its letter.
    pub fn start(self, out: &mut Out) -> State {
        let Place { me, n_servers } = self;
        if me < n_servers {
            return State::Server(Server::default());
        }
        let letter = char::from(b'A' + (me - n_servers) as u8);
        out.push((me % n_servers, Msg::Put(me.into(), letter)));
        State::Client(Client { awaiting: Some(me.into()), n_ops: 1, read: None })
    }

    /// Takes a message.
    pub fn step(self, state: &mut State, from: Who, msg: &Msg, out: &mut Out) {
        match state {
            State::Server(server) if server.is_decided => {
                if let (Msg::Get(request), Some((_, (.., value)))) = (msg, server.accepted) {
                    out.push((from, Msg::GetOk(*request, value)));
                }
            }
            State::Server(server) => self.serve(server, from, msg, out),
            State::Client(client) => self.hear(client, msg, out),
        }
    }

    /// A client reads once it has written, at the next server.
    fn hear(self, client: &mut Client, msg: &Msg, out: &mut Out) {
        match *msg {
            Msg::PutOk(request) if client.awaiting == Some(request) => {
                let next = (client.n_ops + 1) * u64::from(self.me);
                let server = (u64::from(self.me) + client.n_ops) % u64::from(self.n_servers);
                out.push((server as Who, Msg::Get(next)));
                (client.awaiting, client.n_ops) = (Some(next), client.n_ops + 1);
            }
            Msg::GetOk(request, value) if client.awaiting == Some(request) => {
                (client.awaiting, client.n_ops) = (None, client.n_ops + 1);
                client.read = Some(value);
            }
            _ => {}
        }
    }

    fn serve(self, server: &mut Server, from: Who, msg: &Msg, out: &mut Out) {
        let majority = usize::from(self.n_servers) / 2 + 1;
        match *msg {
            Msg::Put(request, value) if server.proposal.is_none() => {
                server.proposal = Some((request, from, value));
                server.ballot = (server.ballot.0 + 1, self.me);
                server.accepts.clear();
                server.prepares = BTreeMap::from([(self.me, server.accepted)]);
                self.to_others(Msg::Prepare(server.ballot), out);
            }
            Msg::Prepare(ballot) if server.ballot < ballot => {
                server.ballot = ballot;
                out.push((from, Msg::Prepared(ballot, server.accepted)));
            }
            Msg::Prepared(ballot, accepted) if ballot == server.ballot => {
                server.prepares.insert(from, accepted);
                if server.prepares.len() == majority {
                    let reported = server.prepares.values().max().copied().flatten();
                    let own = || server.proposal.expect("who prepares has something to propose");
                    let proposal = reported.map_or_else(own, |(_, proposal)| proposal);
                    server.proposal = Some(proposal);
                    server.accepted = Some((ballot, proposal));
                    server.accepts.insert(self.me);
                    self.to_others(Msg::Accept(ballot, proposal), out);
                }
            }
            Msg::Accept(ballot, proposal) if server.ballot <= ballot => {
                server.ballot = ballot;
                server.accepted = Some((ballot, proposal));
                out.push((from, Msg::Accepted(ballot)));
            }
            Msg::Accepted(ballot) if ballot == server.ballot => {
                server.accepts.insert(from);
                if server.accepts.len() == majority {
                    server.is_decided = true;
                    let proposal = server.proposal.expect("who is accepted has proposed");
                    self.to_others(Msg::Decided(ballot, proposal), out);
                    out.push((proposal.1, Msg::PutOk(proposal.0)));
                }
            }
            Msg::Decided(ballot, proposal) => {
                server.ballot = ballot;
                server.accepted = Some((ballot, proposal));
                server.is_decided = true;
            }
            _ => {}
        }
    }

    fn to_others(self, msg: Msg, out: &mut Out) {
        let others = (0..self.n_servers).filter(|server| *server != self.me);
        out.extend(others.map(|server| (server, msg.clone())));
    }
}
