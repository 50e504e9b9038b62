# The lock by SETNX. A rule's sentence may use its fields and {me}, the participant where it fired.
# include lock
# include lock/redis

name = SETNX 锁
says = 一把锁就是 Redis 里的一个键：不存在才设置，再用一条命令加过期时间，删除即释放。

knob.expire = SETNX 之后 EXPIRE
knob.expire.says = 客户端在 SETNX 之后再发一条 EXPIRE。
knob.tokens.says = 客户端从哪里取得令牌：没有，或加锁后用 INCR 取。
