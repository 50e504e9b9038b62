# The lock by SET NX PX. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock
# include lock/redis

name = SET NX PX 锁
says = 一把锁就是 Redis 里的一个键：设置和过期时间在一条命令里，只有设置者能删。

knob.release = 释放方式
knob.release.says = 用脚本比较，键里是自己的值才删；或直接 DEL。
choice.release.script = 比较后删除
choice.release.del = 直接 DEL
knob.tokens.says = 客户端从哪里取得令牌：没有，加锁后用 INCR 取，或与加锁在同一个脚本里取。
choice.tokens.script = 同一个脚本
