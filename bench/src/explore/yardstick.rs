//! The register as a model of stateright, with its own tester of linearizability.

use std::borrow::Cow;

use stateright::actor::{Actor, ActorModel, Envelope, Id, Network, Out};
use stateright::semantics::register::{Register, RegisterOp, RegisterRet};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester};
use stateright::{Checker, Expectation, Model};

use super::register::{Msg, Place, State};

/// A participant of so many servers.
#[derive(Clone)]
struct Member {
    n_servers: u16,
}

type History = LinearizabilityTester<Id, Register<char>>;

impl Actor for Member {
    type Msg = Msg;
    type State = State;
    type Timer = ();
    type Random = ();
    type Storage = ();

    fn on_start(&self, id: Id, _: &Option<()>, out: &mut Out<Self>) -> State {
        let mut sent = Vec::new();
        let state = self.place(id).start(&mut sent);
        send(sent, out);
        state
    }

    fn on_msg(&self, id: Id, state: &mut Cow<State>, src: Id, msg: Msg, out: &mut Out<Self>) {
        let (mut sent, mut next) = (Vec::new(), State::clone(state));
        self.place(id).step(&mut next, usize::from(src) as u16, &msg, &mut sent);
        if next != **state {
            *state = Cow::Owned(next);
        }
        send(sent, out);
    }
}

impl Member {
    fn place(&self, id: Id) -> Place {
        Place { me: usize::from(id) as u16, n_servers: self.n_servers }
    }
}

fn send(sent: Vec<(u16, Msg)>, out: &mut Out<Member>) {
    for (to, msg) in sent {
        out.send(Id::from(usize::from(to)), msg);
    }
}

/// The distinct states that stateright visits, depth first on one thread.
pub fn states(clients: usize, servers: usize) -> u64 {
    let member = Member { n_servers: servers as u16 };
    let history: History = LinearizabilityTester::new(Register(char::default()));
    let checker = ActorModel::<Member, (), History>::new((), history)
        .actors((0..clients + servers).map(|_| member.clone()))
        .init_network(Network::new_unordered_nonduplicating([]))
        .property(Expectation::Always, "linearizable", |_, state| {
            state.history.serialized_history().is_some()
        })
        .record_msg_in(|_, history, env| returned(history, env))
        .record_msg_out(|_, history, env| invoked(history, env))
        .checker()
        .threads(1)
        .spawn_dfs()
        .join();
    checker.assert_properties();
    checker.unique_state_count() as u64
}

fn invoked(history: &History, env: Envelope<&Msg>) -> Option<History> {
    let op = match *env.msg {
        Msg::Put(_, value) => RegisterOp::Write(value),
        Msg::Get(_) => RegisterOp::Read,
        _ => return None,
    };
    let mut history = history.clone();
    history.on_invoke(env.src, op).expect("clients take turns");
    Some(history)
}

fn returned(history: &History, env: Envelope<&Msg>) -> Option<History> {
    let answer = match *env.msg {
        Msg::PutOk(_) => RegisterRet::WriteOk,
        Msg::GetOk(_, value) => RegisterRet::ReadOk(value),
        _ => return None,
    };
    let mut history = history.clone();
    history.on_return(env.dst, answer).expect("clients take turns");
    Some(history)
}
