# The words of the page. One `key = text {placeholder}` a line.

# page: shell, timeline, keyboard, palette, help

play = 播放
pause = 暂停
step.back = 后退一个事件
step.forward = 前进一个事件
next = 下一个事件
next.about = 运行到下一个值得看的事件：选出领导者、提交、拒绝、人为操作
speed = 速度
speed.one = 按真实时间的 {n} 播放
speed.all = 所有速度
undo = 撤销
undo.about = 撤销你的上一个操作
branches = {n} 个分支
branches.about = 你之前在其他分支上的操作
branches.one = {n} 个操作，看到 {time} s
time = 时间
track = 时刻
track.value = {time} s。{step}
lessons = 全部课程
lessons.back = 回到舞台
place = 当前位置
untitled = 未命名的场景
share = 分享
embed = 嵌入
help = 帮助
language = 语言
theme.auto = 主题：跟随系统
theme.light = 主题：浅色
theme.dark = 主题：深色
tools = 在舞台上点击时做什么
tool.select = 选择
tool.select.about = 选择节点、链路或消息；再点一次打开菜单
tool.cut = 切断
tool.cut.about = 在舞台上画一条线，切断它穿过的链路
tool.crash = 崩溃
tool.crash.about = 让节点崩溃；再点一次就重启
tool.pause = 冻结
tool.pause.about = 冻结节点；再点一次就继续
tool.clock = 时钟
tool.clock.about = 把节点的墙上时钟往前拨 100 ms
tool.drop = 丢弃
tool.drop.about = 丢弃一条途中的消息
legend = 各种形状的含义
shape.request = 请求
shape.answer = 答复
shape.refusal = 拒绝
shape.beat = 心跳
shape.client = 客户端
stage = 集群
stage.nodes = 节点和客户端
stage.links = 链路
stage.messages = 途中的消息
stage.epoch = 任期 {n}
stage.log = {n} 个条目，已提交 {committed} 个
stage.skew = 时钟 {by}
stage.link = {a} 和 {b} 之间的链路
stage.link.cut = {a} 和 {b} 之间的链路，已切断
stage.message = {from} 发给 {to} 的 {kind}，{time} 后到达
stage.message.held = {from} 发给 {to} 的 {kind}，被扣住
island.count = {all} 个里的 {n} 个
island.majority = 够多数派
island.minority = 这一侧不够多数派
island.minority.brief = 不够多数派
phase.down = 已崩溃
phase.paused = 已冻结
phase.new = 未启动
port.fresh = 最新
port.stale = 陈旧
port.kept = 保得住
port.may-be-lost = 可能丢失
port.silent = 无答复
op.waiting = 已等
op.answered = {time} 后得到答复
op.answered.value = {time} 后读到 {value}
op.refused = 被拒绝：{reason}
op.unknown = 等了 {time}，放弃
loss.lost = {from} → {to} 丢失
loss.down = {to} 已崩溃

# -- end of page

# panel: lamps, lesson, inspector, events, menus, share, gallery, embed

# -- end of panel
