# What every lock says. A rule's sentence may use its fields and {me}, the participant where it fired.

rule.acquire.try = {me} 请求加锁。
rule.acquire.granted = {me} 得到肯定的答复，从此认为自己持有锁，令牌 {token}（0 表示没有）。
rule.acquire.retry = {me} 没有拿到锁，等一会儿再问。
rule.acquire.give-up = {me} 没有拿到锁，不再尝试。
rule.local.granted = {me} 进程内的锁空闲，被它拿走。别的机器毫不知情。
rule.local.refused = {me} 的进程里已有人持有这把锁。
rule.lease.extend = {me} 请求续租。
rule.lease.extended = {me} 的租约从发出请求那一刻起重新计时。
rule.lease.lost = 已经没有可续的锁：{me} 的锁早就没了，现在才知道。
rule.lease.over = {me} 看了看自己的时钟：租约在 {late} 之前就到期了。它不再认为自己持有锁。
rule.work.begin = {me} 在锁的保护下开始工作，令牌 {token}（0 表示没有）。先读资源。
rule.work.write = {me} 的工作做完了，开始写资源，令牌 {token}（0 表示没有）。它没有再问锁是否还是自己的。
rule.work.stop = {me} 不写了：租约已到期。
rule.release.ask = {me} 释放锁，从此不再认为自己持有它。
rule.release.deny.not-held = {me} 手里没有这把锁，无从释放。
rule.answer.timeout = {me} 没有等到答复。命令可能执行了，也可能没有。
rule.answer.late = {me} 早已不再等待，这份迟到的答复被忽略。
rule.resource.read = {me} 被读取，当前版本 {version}。
rule.write.accept = {me} 接受 {client} 的写入（令牌 {token}，0 表示没有），版本变为 {version}。
rule.write.interleaved = {client} 读到的是版本 {basis}，而 {me} 已是版本 {version}。这次写入把中间写下的内容抹掉了。
rule.write.backward = {client} 凭令牌 {token} 的锁写入，而 {me} 已收过令牌 {highest} 的写入：旧锁覆盖了新锁写下的内容。
rule.write.deny.stale-token = {me} 拒绝 {client}：它的令牌是 {token}，而 {me} 已见过 {highest}。锁早已归了别人。
rule.write.deny.no-token = {me} 拒绝 {client}：写入不带令牌，看不出它的锁有多旧。目前见过的最大令牌是 {highest}。

kind.Reply = 肯定的答复，或返回的值
kind.Error = 否定的答复
kind.Read = 读资源
kind.Content = 资源的内容
kind.Write = 写资源
kind.Written = 写入成功
kind.Rejected = 写入被拒

field.believes = 客户端认为自己持有的锁
field.token = 令牌（fencing token），越晚的锁号越大
field.mine = 区分这次加锁与其他加锁的值
field.since = 从何时起这样认为（按自己的时钟）
field.deadline = 租约何时到期（按自己的时钟）
field.basis = 最近一次读到或写下的资源版本
field.count = 持有者加锁的次数
field.tasks = 进行中的操作
field.value = 值
field.version = 资源被写过几次
field.highest = 资源见过的最大令牌
field.rejected = 被拒绝的写入
field.interleaved = 覆盖了写者没见过的内容的写入
field.backward = 令牌比先前更小的写入
field.reason = 原因
card.believes = 以为持有
card.token = 令牌
card.deadline = 期限
card.value = 值
card.highest = 最高

role.idle = 空闲
role.asking = 请求中
role.waiting = 等待
role.holding = 以为持锁
role.working = 工作中
role.holder = 以为持锁
role.resource = 资源
role.down = 宕机

part.client = 客户端
part.service = 锁服务
part.resource = 资源
flag.corrupted = 已损坏
flag.no-expiry = 不会过期
mark.accepted = 接受的写入
mark.rejected = 拒绝的写入
mark.interleaved = 交错的写入
mark.backward = 旧锁的写入
mark.foreign-release = 被别人删掉的锁

timer.poll = 多久后再问
timer.hold = 锁内的工作
timer.lease = 租约（按客户端的时钟）
timer.renew = 多久后续租
timer.answer = 等待答复的耐心
timer.expire = 锁多久后过期
timer.replicate = 多久后通知备库

prop.mutual-exclusion = 互斥
prop.mutual-exclusion.says = 任何时刻都没有两个客户端认为自己持有同一把锁。
prop.own-release = 不删别人的锁
prop.own-release.says = 锁只由设置它的客户端删除，或者到期消失。
prop.deadlock-free = 无死锁
prop.deadlock-free.says = 即使持有者崩溃，锁最终总能再被拿到。

knob.clients = 客户端数
knob.clients.says = 有多少个客户端。
knob.poll = 重试间隔
knob.poll.says = 被拒绝的客户端隔多久再问；0 表示放弃。
knob.hold = 工作时长
knob.hold.says = 客户端从读资源到写资源之间工作多久。
knob.answer = 等待时限
knob.answer.says = 客户端等答复最多等多久；0 表示一直等。
knob.check_lease = 检查租约
knob.check_lease.says = 客户端写之前先看自己的时钟，租约到期就不再当自己持锁。
knob.renew = 续租间隔
knob.renew.says = 持有者隔多久续租一次；0 表示从不续租。
knob.fencing = 令牌检查
knob.fencing.says = 写入若不带令牌，或令牌比见过的小，资源就拒绝（fencing）。
knob.mutex = 锁在哪里
knob.mutex.says = 在锁服务上，对所有机器有效；或者只在各客户端自己的进程里。
choice.mutex.distributed = 在锁服务上
choice.mutex.local = 在进程内

op.lock = 加锁，被拒就重试
op.unlock = 释放锁
op.extend = 续租
op.work = 加锁、读、工作、写、释放
op.read = 读资源
op.write = 写资源

arg.resource = 锁
arg.value = 值

fail.no-command = 锁服务没有这个命令。
fail.not-held = 客户端没有这把锁。
fail.lease-over = 租约已到期，客户端没有写。
fail.stale-token = 资源拒绝了这个令牌。
fail.locked = 锁已被占用。
