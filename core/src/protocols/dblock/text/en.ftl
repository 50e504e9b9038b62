# The lock by a unique index. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock

name = Database lock
says = A lock is a row in a database: whoever inserts it holds the lock, and a unique index lets one row in.

rule.insert.done = The row was not there. {me} inserts it for {client} as number {id}: the lock is granted.
rule.insert.deny.duplicate = {me} answers {client} with Duplicate entry: the row of {holder} is there.
rule.insert.again = The row belongs to {client}, which asks again. {me} counts {count}.
rule.delete.done = {client} deletes its row, and {me} has a free lock again.
rule.delete.foreign = {client} deletes the row of {holder}. The statement names only the lock, so {me} lets it happen.
rule.delete.once = {client} gives back once. {me} still counts {count}, so the row stays.
rule.delete.deny.absent = {client} deletes a row that {me} does not have.
rule.delete.deny.owner = {me} deletes nothing for {client}: the row belongs to {holder}.
rule.update.done = {client} makes its row young again at {me}.
rule.sweep.delete = The row of {holder} is {age} old, and {me} deletes it. Whether {holder} still works, the sweeper cannot see.
rule.binlog.send = {me} tells the standby what it holds: {rows} rows. No client waits for that.
rule.binlog.apply = {me} takes over what the primary sent: {rows} rows.
rule.promote = {me} takes writes from now on, with the {rows} rows that had arrived.
rule.read-only = {me} refuses {client}: it takes no writes.

kind.INSERT = inserts a row: asks for the lock
kind.DELETE = deletes a row: releases the lock
kind.UPDATE = makes a row young again
kind.Binlog = what the primary changed, for the standby

field.owner = who inserted the row
field.method_lock = the lock that the row stands for; unique
field.id = number of the row, in the order of inserting
field.update_time = when the row was inserted or updated, by the database's clock
field.auto_increment = the last number given to a row
field.sweep = how old a row may become
field.rows = rows
card.owner = owner

role.primary = primary
role.standby = standby

knob.reentrant = owner and count
knob.reentrant.says = The row carries its owner and a count, so that a holder may acquire again.
knob.sweep = sweeper
knob.sweep.says = How old a row may become before it is deleted; 0 means that rows stay for ever.
knob.standby = standby
knob.standby.says = A second database follows the first one asynchronously.
knob.lag = replication lag
knob.lag.says = How long after a change the standby is told.
knob.primary = primary
knob.primary.says = Which database takes writes, and which one the clients ask.
choice.primary.db = the first one
choice.primary.standby = the standby

op.insert = insert the row
op.delete = delete the row

fail.duplicate-entry = Duplicate entry: the row is there.
fail.no-row = No such row.
fail.read-only = This database takes no writes.
