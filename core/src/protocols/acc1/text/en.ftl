# Acceptors that accept the first proposal. A rule's sentence may use its fields and {me}, the participant where it fired.

name = One acceptor, and the first proposal
says = An acceptor accepts the first value that it is sent. One acceptor is a single point of failure; several can split.

rule.propose = {me} sends its value to {of} acceptors. {needed} must accept it.
rule.propose.known = {me} knows the outcome already and answers at once.
rule.propose.deny = {me} is no proposer. It sends the client to {proposer}.
rule.accept = {me} has accepted nothing so far, so it must accept the value of {proposer}.
rule.accept.again = {me} has accepted this very value before, and says so to {proposer} once more.
rule.accept.deny = {me} has accepted another value before. It refuses that of {proposer}, and says which it keeps.
rule.heard = {me} hears which value {acceptor} has accepted. {votes} have this value, {needed} are needed.
rule.chosen = {votes} of {of} acceptors have the same value: {me} knows that it is chosen.
rule.split = {me} sees that no value can win: {needed} acceptors are needed, {most} at most agree so far, and {silent} are still silent. Nobody changes its mind.
rule.resend = {me} has {votes} of the {needed} acceptors that it needs, and asks the {silent} silent ones again.

kind.Propose = please accept this value
kind.Accepted = I have accepted this value
kind.Refused = no: I have accepted this one

field.value = value
field.accepted = accepted value
field.proposal = proposes
field.chosen = chosen value

role.proposer = proposer
role.acceptor = acceptor
role.learner = learner
role.down = down

dots.accepted = have accepted it

flag.split = no value can win

part.peer = proposer
part.service = acceptor
part.resource = learner

timer.resend = until it asks again

prop.one-value = One value
prop.one-value.says = No two nodes ever know different values to be chosen.

knob.proposers = proposers
knob.proposers.says = How many proposers there are.
knob.acceptors = acceptors
knob.acceptors.says = How many acceptors there are. More than half of them choose a value.
knob.resend = ask again after
knob.resend.says = How often a proposer asks acceptors again that have not answered; 0 means never.

op.propose = propose
arg.value = value

fail.split = The acceptors hold different values, and none can reach a majority any more.
