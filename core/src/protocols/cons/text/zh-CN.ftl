# A primary and its replicas. A rule's sentence may use its fields and {me}, the participant where it fired.

name = 主副本与滞后的从副本
says = n1 接受写入，立即答复；其他副本稍后才知道。晚多少，由你来定。

rule.write = {me} 接受写入，版本 {version}，立即答复。其他副本还不知道。
rule.write.deny.replica = {me} 不接受写入，让客户端去找 {primary}。
rule.repl = {me} 把截至版本 {version} 的写入告诉 {replicas} 个副本。
rule.repl.again = {me} 再告诉 {replicas} 个副本一遍：它们没有确认，或者要知道有没有新的写入。
rule.repl.apply = {me} 应用 {writes} 次写入，到了版本 {version}。
rule.repl.fresh = {me} 得知版本 {version} 之后没有新的写入。
rule.repl.deny.known = {me} 早已知道版本 {version}。
rule.repl.deny.gap = {me} 收到的从版本 {first} 开始，自己只到 {held}。它等缺的那些。
rule.repl.deny.off = {me} 的复制关着：告诉它的，它不收。
rule.repl.ack = {me} 得知 {replica} 到了版本 {version}。
rule.read = {me} 用自己的副本答复，版本 {version}（0 表示从未写过），谁也不问。
rule.read.deny.replica = 只有主副本答复读请求。{me} 让客户端去找 {primary}。
rule.read.deny.too-old = {me} 的数据可能已经旧了 {age}，超过上限，拒绝答复。

kind.Repl = 按序的写入
kind.ReplAck = 副本的进度

field.write = 写入（版本）
field.version = 版本
field.copy = 最后写入的数据
field.copies = 全部数据
field.due = 已告知到的版本
card.copy = 副本
card.version = 版本
card.copies = 全部
card.due = 已告知

role.primary = 主副本
role.replica = 从副本
role.down = 宕机

dots.has-all = 已有全部写入

part.peer = 服务器

timer.ship = 多久后告诉其他副本
timer.resend = 多久后再告诉一遍

knob.replicas = 从副本数
knob.replicas.says = 主副本之外有多少份副本。
knob.lag = 复制延迟
knob.lag.says = 写入之后多久，主副本才告诉从副本。
knob.resend = 重发间隔
knob.resend.says = 主副本隔多久再发一遍没有得到确认的写入。
knob.reads = 谁答复读
knob.reads.says = 任何副本用自己的数据答复，还是只由主副本答复。
choice.reads.any = 任何副本
choice.reads.primary = 只有主副本
knob.bound = 陈旧上限
knob.bound.says = 副本的数据可能比这更旧时，拒绝答复。0 表示没有上限。
knob.replicate = 复制
knob.replicate.says = 副本收不收主副本发来的写入。

op.put = 写
op.get = 读
arg.key = 键
arg.value = 值

fail.too-old = 这里的数据可能比上限允许的更旧。
