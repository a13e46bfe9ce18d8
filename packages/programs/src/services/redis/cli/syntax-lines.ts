/** The arguments of commands, as redis-cli hints at them. */
export const syntaxLines: readonly string[] = `
append | key value
decr | key
decrby | key decrement
get | key
getdel | key
getex | key [EX seconds|PX milliseconds|EXAT unix-time-seconds|PXAT unix-time-milliseconds|PERSIST]
getrange | key start end
getset | key value
incr | key
incrby | key increment
incrbyfloat | key increment
mget | key [key ...]
mset | key value [key value ...]
msetnx | key value [key value ...]
psetex | key milliseconds value
set | key value [NX|XX] [GET] [EX seconds|PX milliseconds|EXAT unix-time-seconds|PXAT unix-time-milliseconds|KEEPTTL]
setex | key seconds value
setnx | key value
setrange | key offset value
strlen | key
substr | key start end
bitop | AND|OR|XOR|NOT destkey key [key ...]
setbit | key offset value
getbit | key offset
bitcount | key [start end [BYTE|BIT]]
bitpos | key bit [start [end [BYTE|BIT]]]
copy | source destination [DB destination-db] [REPLACE]
del | key [key ...]
exists | key [key ...]
expire | key seconds [NX|XX|GT|LT]
expireat | key unix-time-seconds [NX|XX|GT|LT]
expiretime | key
keys | pattern
move | key db
object | (null)
object encoding | key
object freq | key
object idletime | key
object refcount | key
persist | key
pexpire | key milliseconds [NX|XX|GT|LT]
pexpireat | key unix-time-milliseconds [NX|XX|GT|LT]
pexpiretime | key
pttl | key
randomkey | (null)
rename | key newkey
renamenx | key newkey
scan | cursor [MATCH pattern] [COUNT count] [TYPE type]
sort | key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC|DESC] [ALPHA] [STORE destination]
sort_ro | key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC|DESC] [ALPHA]
touch | key [key ...]
ttl | key
type | key
unlink | key [key ...]
wait | numreplicas timeout
blmove | source destination LEFT|RIGHT LEFT|RIGHT timeout
blmpop | timeout numkeys key [key ...] LEFT|RIGHT [COUNT count]
blpop | key [key ...] timeout
brpop | key [key ...] timeout
brpoplpush | source destination timeout
lindex | key index
linsert | key BEFORE|AFTER pivot element
llen | key
lmove | source destination LEFT|RIGHT LEFT|RIGHT
lmpop | numkeys key [key ...] LEFT|RIGHT [COUNT count]
lpop | key [count]
lpos | key element [RANK rank] [COUNT num-matches] [MAXLEN len]
lpush | key element [element ...]
lpushx | key element [element ...]
lrange | key start stop
lrem | key count element
lset | key index element
ltrim | key start stop
rpop | key [count]
rpoplpush | source destination
rpush | key element [element ...]
rpushx | key element [element ...]
hdel | key field [field ...]
hexists | key field
hget | key field
hgetall | key
hincrby | key field increment
hincrbyfloat | key field increment
hkeys | key
hlen | key
hmget | key field [field ...]
hmset | key field value [field value ...]
hrandfield | key [count [WITHVALUES]]
hscan | key cursor [MATCH pattern] [COUNT count] [NOVALUES]
hset | key field value [field value ...]
hsetnx | key field value
hstrlen | key field
hvals | key
sadd | key member [member ...]
scard | key
sdiff | key [key ...]
sdiffstore | destination key [key ...]
sinter | key [key ...]
sintercard | numkeys key [key ...] [LIMIT limit]
sinterstore | destination key [key ...]
sismember | key member
smembers | key
smismember | key member [member ...]
smove | source destination member
spop | key [count]
srandmember | key [count]
srem | key member [member ...]
sscan | key cursor [MATCH pattern] [COUNT count]
sunion | key [key ...]
sunionstore | destination key [key ...]
bzmpop | timeout numkeys key [key ...] MIN|MAX [COUNT count]
bzpopmax | key [key ...] timeout
bzpopmin | key [key ...] timeout
zadd | key [NX|XX] [GT|LT] [CH] [INCR] score member [score member ...]
zcard | key
zcount | key min max
zdiff | numkeys key [key ...] [WITHSCORES]
zdiffstore | destination numkeys key [key ...]
zincrby | key increment member
zinter | numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]
zintercard | numkeys key [key ...] [LIMIT limit]
zinterstore | destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]
zlexcount | key min max
zmpop | numkeys key [key ...] MIN|MAX [COUNT count]
zmscore | key member [member ...]
zpopmax | key [count]
zpopmin | key [count]
zrandmember | key [count [WITHSCORES]]
zrange | key start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES]
zrangebylex | key min max [LIMIT offset count]
zrangebyscore | key min max [WITHSCORES] [LIMIT offset count]
zrangestore | dst src min max [BYSCORE|BYLEX] [REV] [LIMIT offset count]
zrank | key member [WITHSCORE]
zrem | key member [member ...]
zremrangebylex | key min max
zremrangebyrank | key start stop
zremrangebyscore | key min max
zrevrange | key start stop [WITHSCORES]
zrevrangebylex | key max min [LIMIT offset count]
zrevrangebyscore | key max min [WITHSCORES] [LIMIT offset count]
zrevrank | key member [WITHSCORE]
zscan | key cursor [MATCH pattern] [COUNT count]
zscore | key member
zunion | numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]
zunionstore | destination numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX]
psubscribe | pattern [pattern ...]
publish | channel message
pubsub | (null)
pubsub channels | [pattern]
pubsub numpat | (null)
pubsub numsub | [channel [channel ...]]
pubsub shardchannels | [pattern]
pubsub shardnumsub | [shardchannel [shardchannel ...]]
punsubscribe | [pattern [pattern ...]]
subscribe | channel [channel ...]
unsubscribe | [channel [channel ...]]
ssubscribe | shardchannel [shardchannel ...]
sunsubscribe | [shardchannel [shardchannel ...]]
spublish | shardchannel message
discard | (null)
exec | (null)
multi | (null)
unwatch | (null)
watch | key [key ...]
auth | [username] password
client | (null)
client getname | (null)
client getredir | (null)
client id | (null)
client info | (null)
client kill | ip:port|[ID client-id]|[TYPE NORMAL|MASTER|SLAVE|REPLICA|PUBSUB]|[USER username]|[ADDR ip:port]|[LADDR ip:port]|[SKIPME YES|NO]|[MAXAGE maxage] [[ID client-id]|[TYPE NORMAL|MASTER|SLAVE|REPLICA|PUBSUB]|[USER username]|[ADDR ip:port]|[LADDR ip:port]|[SKIPME YES|NO]|[MAXAGE maxage] ...]
client list | [TYPE NORMAL|MASTER|REPLICA|PUBSUB] [ID client-id [client-id ...]]
client pause | timeout [WRITE|ALL]
client no-evict | ON|OFF
client no-touch | ON|OFF
client reply | ON|OFF|SKIP
client setinfo | LIB-NAME libname|LIB-VER libver
client setname | connection-name
client unblock | client-id [TIMEOUT|ERROR]
client unpause | (null)
echo | message
hello | [protover [AUTH username password] [SETNAME clientname]]
ping | [message]
quit | (null)
reset | (null)
select | index
acl | (null)
acl whoami | (null)
acl users | (null)
bgrewriteaof | (null)
bgsave | [SCHEDULE]
command | (null)
command count | (null)
command docs | [command-name [command-name ...]]
command getkeys | command [arg [arg ...]]
command info | [command-name [command-name ...]]
command list | [FILTERBY MODULE module-name|ACLCAT category|PATTERN pattern]
config | (null)
config get | parameter [parameter ...]
config resetstat | (null)
config rewrite | (null)
config set | parameter value [parameter value ...]
dbsize | (null)
flushall | [ASYNC|SYNC]
flushdb | [ASYNC|SYNC]
info | [section [section ...]]
lastsave | (null)
monitor | (null)
role | (null)
save | (null)
shutdown | [NOSAVE|SAVE] [NOW] [FORCE] [ABORT]
slowlog | (null)
slowlog get | [count]
slowlog len | (null)
slowlog reset | (null)
swapdb | index1 index2
time | (null)
cluster | (null)
cluster info | (null)
cluster nodes | (null)
cluster slots | (null)
cluster shards | (null)
cluster keyslot | key
cluster myid | (null)
cluster countkeysinslot | slot
readonly | (null)
readwrite | (null)
asking | (null)
module | (null)
module list | (null)
`
  .trim()
  .split("\n");
