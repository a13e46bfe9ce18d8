/**
 * What `COMMAND INFO` of Redis 7.4.1 tells of the commands that there are here: name, arity, flags, the first and the
 * last key with the step between two, categories, tips, and where keys are. `facts.ts` reads the lines.
 */
export const commandLines: readonly string[] = `
append | 3 | write denyoom fast | 1 1 1 | write string fast |  | RW insert @ index 1 range 0 1 0
decr | 2 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
decrby | 3 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
get | 2 | readonly fast | 1 1 1 | read string fast |  | RO access @ index 1 range 0 1 0
getdel | 2 | write fast | 1 1 1 | write string fast |  | RW access delete @ index 1 range 0 1 0
getex | -2 | write fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
getrange | 4 | readonly | 1 1 1 | read string slow |  | RO access @ index 1 range 0 1 0
getset | 3 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
incr | 2 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
incrby | 3 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
incrbyfloat | 3 | write denyoom fast | 1 1 1 | write string fast |  | RW access update @ index 1 range 0 1 0
mget | -2 | readonly fast | 1 -1 1 | read string fast | request_policy:multi_shard | RO access @ index 1 range -1 1 0
mset | -3 | write denyoom | 1 -1 2 | write string slow | request_policy:multi_shard, response_policy:all_succeeded | OW update @ index 1 range -1 2 0
msetnx | -3 | write denyoom | 1 -1 2 | write string slow |  | OW insert @ index 1 range -1 2 0
psetex | 4 | write denyoom | 1 1 1 | write string slow |  | OW update @ index 1 range 0 1 0
set | -3 | write denyoom | 1 1 1 | write string slow |  | RW access update variable_flags @ index 1 range 0 1 0
setex | 4 | write denyoom | 1 1 1 | write string slow |  | OW update @ index 1 range 0 1 0
setnx | 3 | write denyoom fast | 1 1 1 | write string fast |  | OW insert @ index 1 range 0 1 0
setrange | 4 | write denyoom | 1 1 1 | write string slow |  | RW update @ index 1 range 0 1 0
strlen | 2 | readonly fast | 1 1 1 | read string fast |  | RO @ index 1 range 0 1 0
substr | 4 | readonly | 1 1 1 | read string slow |  | RO access @ index 1 range 0 1 0
setbit | 4 | write denyoom | 1 1 1 | write bitmap slow |  | RW access update @ index 1 range 0 1 0
getbit | 3 | readonly fast | 1 1 1 | read bitmap fast |  | RO access @ index 1 range 0 1 0
bitcount | -2 | readonly | 1 1 1 | read bitmap slow |  | RO access @ index 1 range 0 1 0
bitpos | -3 | readonly | 1 1 1 | read bitmap slow |  | RO access @ index 1 range 0 1 0
bitop | -4 | write denyoom | 2 -1 1 | write bitmap slow |  | OW update @ index 2 range 0 1 0 ; RO access @ index 3 range -1 1 0
copy | -3 | write denyoom | 1 2 1 | keyspace write slow |  | RO access @ index 1 range 0 1 0 ; OW update @ index 2 range 0 1 0
del | -2 | write | 1 -1 1 | keyspace write slow | request_policy:multi_shard, response_policy:agg_sum | RM delete @ index 1 range -1 1 0
exists | -2 | readonly fast | 1 -1 1 | keyspace read fast | request_policy:multi_shard, response_policy:agg_sum | RO @ index 1 range -1 1 0
expire | -3 | write fast | 1 1 1 | keyspace write fast |  | RW update @ index 1 range 0 1 0
expireat | -3 | write fast | 1 1 1 | keyspace write fast |  | RW update @ index 1 range 0 1 0
expiretime | 2 | readonly fast | 1 1 1 | keyspace read fast |  | RO access @ index 1 range 0 1 0
keys | 2 | readonly |  | keyspace read slow dangerous | request_policy:all_shards, nondeterministic_output_order
move | 3 | write fast | 1 1 1 | keyspace write fast |  | RW access update @ index 1 range 0 1 0
object | -2 |  |  | slow
object|encoding | 3 | readonly | 2 2 1 | keyspace read slow | nondeterministic_output | RO @ index 2 range 0 1 0
object|freq | 3 | readonly | 2 2 1 | keyspace read slow | nondeterministic_output | RO @ index 2 range 0 1 0
object|idletime | 3 | readonly | 2 2 1 | keyspace read slow | nondeterministic_output | RO @ index 2 range 0 1 0
object|refcount | 3 | readonly | 2 2 1 | keyspace read slow | nondeterministic_output | RO @ index 2 range 0 1 0
persist | 2 | write fast | 1 1 1 | keyspace write fast |  | RW update @ index 1 range 0 1 0
pexpire | -3 | write fast | 1 1 1 | keyspace write fast |  | RW update @ index 1 range 0 1 0
pexpireat | -3 | write fast | 1 1 1 | keyspace write fast |  | RW update @ index 1 range 0 1 0
pexpiretime | 2 | readonly fast | 1 1 1 | keyspace read fast |  | RO access @ index 1 range 0 1 0
pttl | 2 | readonly fast | 1 1 1 | keyspace read fast | nondeterministic_output | RO access @ index 1 range 0 1 0
randomkey | 1 | readonly |  | keyspace read slow | request_policy:all_shards, response_policy:special, nondeterministic_output
rename | 3 | write | 1 2 1 | keyspace write slow |  | RW access delete @ index 1 range 0 1 0 ; OW update @ index 2 range 0 1 0
renamenx | 3 | write fast | 1 2 1 | keyspace write fast |  | RW access delete @ index 1 range 0 1 0 ; OW insert @ index 2 range 0 1 0
scan | -2 | readonly |  | keyspace read slow | nondeterministic_output, request_policy:special, response_policy:special
sort | -2 | write denyoom movablekeys | 1 1 1 | write set sortedset list slow dangerous |  | RO access @ index 1 range 0 1 0 ; RO access @ unknown unknown ; OW update @ unknown unknown
sort_ro | -2 | readonly movablekeys | 1 1 1 | read set sortedset list slow dangerous |  | RO access @ index 1 range 0 1 0 ; RO access @ unknown unknown
touch | -2 | readonly fast | 1 -1 1 | keyspace read fast | request_policy:multi_shard, response_policy:agg_sum | RO @ index 1 range -1 1 0
ttl | 2 | readonly fast | 1 1 1 | keyspace read fast | nondeterministic_output | RO access @ index 1 range 0 1 0
type | 2 | readonly fast | 1 1 1 | keyspace read fast |  | RO @ index 1 range 0 1 0
unlink | -2 | write fast | 1 -1 1 | keyspace write fast | request_policy:multi_shard, response_policy:agg_sum | RM delete @ index 1 range -1 1 0
wait | 3 | blocking |  | slow blocking connection | request_policy:all_shards, response_policy:agg_min
blmove | 6 | write denyoom blocking | 1 2 1 | write list slow blocking |  | RW access delete @ index 1 range 0 1 0 ; RW insert @ index 2 range 0 1 0
blmpop | -5 | write blocking movablekeys |  | write list slow blocking |  | RW access delete @ index 2 keynum 0 1 1
blpop | -3 | write blocking | 1 -2 1 | write list slow blocking |  | RW access delete @ index 1 range -2 1 0
brpop | -3 | write blocking | 1 -2 1 | write list slow blocking |  | RW access delete @ index 1 range -2 1 0
brpoplpush | 4 | write denyoom blocking | 1 2 1 | write list slow blocking |  | RW access delete @ index 1 range 0 1 0 ; RW insert @ index 2 range 0 1 0
lindex | 3 | readonly | 1 1 1 | read list slow |  | RO access @ index 1 range 0 1 0
linsert | 5 | write denyoom | 1 1 1 | write list slow |  | RW insert @ index 1 range 0 1 0
llen | 2 | readonly fast | 1 1 1 | read list fast |  | RO @ index 1 range 0 1 0
lmove | 5 | write denyoom | 1 2 1 | write list slow |  | RW access delete @ index 1 range 0 1 0 ; RW insert @ index 2 range 0 1 0
lmpop | -4 | write movablekeys |  | write list slow |  | RW access delete @ index 1 keynum 0 1 1
lpop | -2 | write fast | 1 1 1 | write list fast |  | RW access delete @ index 1 range 0 1 0
lpos | -3 | readonly | 1 1 1 | read list slow |  | RO access @ index 1 range 0 1 0
lpush | -3 | write denyoom fast | 1 1 1 | write list fast |  | RW insert @ index 1 range 0 1 0
lpushx | -3 | write denyoom fast | 1 1 1 | write list fast |  | RW insert @ index 1 range 0 1 0
lrange | 4 | readonly | 1 1 1 | read list slow |  | RO access @ index 1 range 0 1 0
lrem | 4 | write | 1 1 1 | write list slow |  | RW delete @ index 1 range 0 1 0
lset | 4 | write denyoom | 1 1 1 | write list slow |  | RW update @ index 1 range 0 1 0
ltrim | 4 | write | 1 1 1 | write list slow |  | RW delete @ index 1 range 0 1 0
rpop | -2 | write fast | 1 1 1 | write list fast |  | RW access delete @ index 1 range 0 1 0
rpoplpush | 3 | write denyoom | 1 2 1 | write list slow |  | RW access delete @ index 1 range 0 1 0 ; RW insert @ index 2 range 0 1 0
rpush | -3 | write denyoom fast | 1 1 1 | write list fast |  | RW insert @ index 1 range 0 1 0
rpushx | -3 | write denyoom fast | 1 1 1 | write list fast |  | RW insert @ index 1 range 0 1 0
hdel | -3 | write fast | 1 1 1 | write hash fast |  | RW delete @ index 1 range 0 1 0
hexists | 3 | readonly fast | 1 1 1 | read hash fast |  | RO @ index 1 range 0 1 0
hget | 3 | readonly fast | 1 1 1 | read hash fast |  | RO access @ index 1 range 0 1 0
hgetall | 2 | readonly | 1 1 1 | read hash slow | nondeterministic_output_order | RO access @ index 1 range 0 1 0
hincrby | 4 | write denyoom fast | 1 1 1 | write hash fast |  | RW access update @ index 1 range 0 1 0
hincrbyfloat | 4 | write denyoom fast | 1 1 1 | write hash fast |  | RW access update @ index 1 range 0 1 0
hkeys | 2 | readonly | 1 1 1 | read hash slow | nondeterministic_output_order | RO access @ index 1 range 0 1 0
hlen | 2 | readonly fast | 1 1 1 | read hash fast |  | RO @ index 1 range 0 1 0
hmget | -3 | readonly fast | 1 1 1 | read hash fast |  | RO access @ index 1 range 0 1 0
hmset | -4 | write denyoom fast | 1 1 1 | write hash fast |  | RW update @ index 1 range 0 1 0
hrandfield | -2 | readonly | 1 1 1 | read hash slow | nondeterministic_output | RO access @ index 1 range 0 1 0
hscan | -3 | readonly | 1 1 1 | read hash slow | nondeterministic_output | RO access @ index 1 range 0 1 0
hset | -4 | write denyoom fast | 1 1 1 | write hash fast |  | RW update @ index 1 range 0 1 0
hsetnx | 4 | write denyoom fast | 1 1 1 | write hash fast |  | RW insert @ index 1 range 0 1 0
hstrlen | 3 | readonly fast | 1 1 1 | read hash fast |  | RO @ index 1 range 0 1 0
hvals | 2 | readonly | 1 1 1 | read hash slow | nondeterministic_output_order | RO access @ index 1 range 0 1 0
sadd | -3 | write denyoom fast | 1 1 1 | write set fast |  | RW insert @ index 1 range 0 1 0
scard | 2 | readonly fast | 1 1 1 | read set fast |  | RO @ index 1 range 0 1 0
sdiff | -2 | readonly | 1 -1 1 | read set slow | nondeterministic_output_order | RO access @ index 1 range -1 1 0
sdiffstore | -3 | write denyoom | 1 -1 1 | write set slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 range -1 1 0
sinter | -2 | readonly | 1 -1 1 | read set slow | nondeterministic_output_order | RO access @ index 1 range -1 1 0
sintercard | -3 | readonly movablekeys |  | read set slow |  | RO access @ index 1 keynum 0 1 1
sinterstore | -3 | write denyoom | 1 -1 1 | write set slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 range -1 1 0
sismember | 3 | readonly fast | 1 1 1 | read set fast |  | RO @ index 1 range 0 1 0
smembers | 2 | readonly | 1 1 1 | read set slow | nondeterministic_output_order | RO access @ index 1 range 0 1 0
smismember | -3 | readonly fast | 1 1 1 | read set fast |  | RO access @ index 1 range 0 1 0
smove | 4 | write fast | 1 2 1 | write set fast |  | RW access delete @ index 1 range 0 1 0 ; RW insert @ index 2 range 0 1 0
spop | -2 | write fast | 1 1 1 | write set fast | nondeterministic_output | RW access delete @ index 1 range 0 1 0
srandmember | -2 | readonly | 1 1 1 | read set slow | nondeterministic_output | RO access @ index 1 range 0 1 0
srem | -3 | write fast | 1 1 1 | write set fast |  | RW delete @ index 1 range 0 1 0
sscan | -3 | readonly | 1 1 1 | read set slow | nondeterministic_output | RO access @ index 1 range 0 1 0
sunion | -2 | readonly | 1 -1 1 | read set slow | nondeterministic_output_order | RO access @ index 1 range -1 1 0
sunionstore | -3 | write denyoom | 1 -1 1 | write set slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 range -1 1 0
bzmpop | -5 | write blocking movablekeys |  | write sortedset slow blocking |  | RW access delete @ index 2 keynum 0 1 1
bzpopmax | -3 | write blocking fast | 1 -2 1 | write sortedset fast blocking |  | RW access delete @ index 1 range -2 1 0
bzpopmin | -3 | write blocking fast | 1 -2 1 | write sortedset fast blocking |  | RW access delete @ index 1 range -2 1 0
zadd | -4 | write denyoom fast | 1 1 1 | write sortedset fast |  | RW update @ index 1 range 0 1 0
zcard | 2 | readonly fast | 1 1 1 | read sortedset fast |  | RO @ index 1 range 0 1 0
zcount | 4 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zdiff | -3 | readonly movablekeys |  | read sortedset slow |  | RO access @ index 1 keynum 0 1 1
zdiffstore | -4 | write denyoom movablekeys | 1 1 1 | write sortedset slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 keynum 0 1 1
zincrby | 4 | write denyoom fast | 1 1 1 | write sortedset fast |  | RW access update @ index 1 range 0 1 0
zinter | -3 | readonly movablekeys |  | read sortedset slow |  | RO access @ index 1 keynum 0 1 1
zintercard | -3 | readonly movablekeys |  | read sortedset slow |  | RO access @ index 1 keynum 0 1 1
zinterstore | -4 | write denyoom movablekeys | 1 1 1 | write sortedset slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 keynum 0 1 1
zlexcount | 4 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zmpop | -4 | write movablekeys |  | write sortedset slow |  | RW access delete @ index 1 keynum 0 1 1
zmscore | -3 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zpopmax | -2 | write fast | 1 1 1 | write sortedset fast |  | RW access delete @ index 1 range 0 1 0
zpopmin | -2 | write fast | 1 1 1 | write sortedset fast |  | RW access delete @ index 1 range 0 1 0
zrandmember | -2 | readonly | 1 1 1 | read sortedset slow | nondeterministic_output | RO access @ index 1 range 0 1 0
zrange | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrangebylex | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrangebyscore | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrangestore | -5 | write denyoom | 1 2 1 | write sortedset slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 range 0 1 0
zrank | -3 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zrem | -3 | write fast | 1 1 1 | write sortedset fast |  | RW delete @ index 1 range 0 1 0
zremrangebylex | 4 | write | 1 1 1 | write sortedset slow |  | RW delete @ index 1 range 0 1 0
zremrangebyrank | 4 | write | 1 1 1 | write sortedset slow |  | RW delete @ index 1 range 0 1 0
zremrangebyscore | 4 | write | 1 1 1 | write sortedset slow |  | RW delete @ index 1 range 0 1 0
zrevrange | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrevrangebylex | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrevrangebyscore | -4 | readonly | 1 1 1 | read sortedset slow |  | RO access @ index 1 range 0 1 0
zrevrank | -3 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zscan | -3 | readonly | 1 1 1 | read sortedset slow | nondeterministic_output | RO access @ index 1 range 0 1 0
zscore | 3 | readonly fast | 1 1 1 | read sortedset fast |  | RO access @ index 1 range 0 1 0
zunion | -3 | readonly movablekeys |  | read sortedset slow |  | RO access @ index 1 keynum 0 1 1
zunionstore | -4 | write denyoom movablekeys | 1 1 1 | write sortedset slow |  | OW update @ index 1 range 0 1 0 ; RO access @ index 2 keynum 0 1 1
psubscribe | -2 | pubsub noscript loading stale |  | pubsub slow
publish | 3 | pubsub loading stale fast |  | pubsub fast
pubsub | -2 |  |  | slow
pubsub|channels | -2 | pubsub loading stale |  | pubsub slow
pubsub|numpat | 2 | pubsub loading stale |  | pubsub slow
pubsub|numsub | -2 | pubsub loading stale |  | pubsub slow
pubsub|shardchannels | -2 | pubsub loading stale |  | pubsub slow
pubsub|shardnumsub | -2 | pubsub loading stale |  | pubsub slow
punsubscribe | -1 | pubsub noscript loading stale |  | pubsub slow
subscribe | -2 | pubsub noscript loading stale |  | pubsub slow
unsubscribe | -1 | pubsub noscript loading stale |  | pubsub slow
ssubscribe | -2 | pubsub noscript loading stale | 1 -1 1 | pubsub slow |  | not_key @ index 1 range -1 1 0
sunsubscribe | -1 | pubsub noscript loading stale | 1 -1 1 | pubsub slow |  | not_key @ index 1 range -1 1 0
spublish | 3 | pubsub loading stale fast | 1 1 1 | pubsub fast |  | not_key @ index 1 range 0 1 0
discard | 1 | noscript loading stale fast allow_busy |  | fast transaction
exec | 1 | noscript loading stale skip_slowlog |  | slow transaction
multi | 1 | noscript loading stale fast allow_busy |  | fast transaction
unwatch | 1 | noscript loading stale fast allow_busy |  | fast transaction
watch | -2 | noscript loading stale fast allow_busy | 1 -1 1 | fast transaction |  | RO @ index 1 range -1 1 0
auth | -2 | noscript loading stale fast no_auth allow_busy |  | fast connection
client | -2 |  |  | slow
client|getname | 2 | noscript loading stale |  | slow connection
client|getredir | 2 | noscript loading stale |  | slow connection
client|id | 2 | noscript loading stale |  | slow connection
client|info | 2 | noscript loading stale |  | slow connection | nondeterministic_output
client|kill | -3 | admin noscript loading stale |  | admin slow dangerous connection
client|list | -2 | admin noscript loading stale |  | admin slow dangerous connection | nondeterministic_output
client|no-evict | 3 | admin noscript loading stale |  | admin slow dangerous connection
client|no-touch | 3 | noscript loading stale |  | slow connection
client|pause | -3 | admin noscript loading stale |  | admin slow dangerous connection
client|reply | 3 | noscript loading stale |  | slow connection
client|setinfo | 4 | noscript loading stale |  | slow connection | request_policy:all_nodes, response_policy:all_succeeded
client|setname | 3 | noscript loading stale |  | slow connection | request_policy:all_nodes, response_policy:all_succeeded
client|unblock | -3 | admin noscript loading stale |  | admin slow dangerous connection
client|unpause | 2 | admin noscript loading stale |  | admin slow dangerous connection
echo | 2 | loading stale fast |  | fast connection
hello | -1 | noscript loading stale fast no_auth allow_busy |  | fast connection
ping | -1 | fast |  | fast connection | request_policy:all_shards, response_policy:all_succeeded
quit | -1 | noscript loading stale fast no_auth allow_busy |  | fast connection
reset | 1 | noscript loading stale fast no_auth allow_busy |  | fast connection
select | 2 | loading stale fast |  | fast connection
acl | -2 |  |  | slow
acl|whoami | 2 | noscript loading stale |  | slow
acl|users | 2 | admin noscript loading stale |  | admin slow dangerous
bgrewriteaof | 1 | admin noscript no_async_loading |  | admin slow dangerous
bgsave | -1 | admin noscript no_async_loading |  | admin slow dangerous
command | -1 | loading stale |  | slow connection | nondeterministic_output_order
command|count | 2 | loading stale |  | slow connection
command|docs | -2 | loading stale |  | slow connection | nondeterministic_output_order
command|getkeys | -3 | loading stale |  | slow connection
command|info | -2 | loading stale |  | slow connection | nondeterministic_output_order
command|list | -2 | loading stale |  | slow connection | nondeterministic_output_order
config | -2 |  |  | slow
config|get | -3 | admin noscript loading stale |  | admin slow dangerous
config|resetstat | 2 | admin noscript loading stale |  | admin slow dangerous | request_policy:all_nodes, response_policy:all_succeeded
config|rewrite | 2 | admin noscript loading stale |  | admin slow dangerous | request_policy:all_nodes, response_policy:all_succeeded
config|set | -4 | admin noscript loading stale |  | admin slow dangerous | request_policy:all_nodes, response_policy:all_succeeded
dbsize | 1 | readonly fast |  | keyspace read fast | request_policy:all_shards, response_policy:agg_sum
flushall | -1 | write |  | keyspace write slow dangerous | request_policy:all_shards, response_policy:all_succeeded
flushdb | -1 | write |  | keyspace write slow dangerous | request_policy:all_shards, response_policy:all_succeeded
info | -1 | loading stale |  | slow dangerous | nondeterministic_output, request_policy:all_shards, response_policy:special
lastsave | 1 | loading stale fast |  | admin fast dangerous | nondeterministic_output
monitor | 1 | admin noscript loading stale |  | admin slow dangerous
role | 1 | noscript loading stale fast |  | admin fast dangerous
save | 1 | admin noscript no_async_loading no_multi |  | admin slow dangerous
shutdown | -1 | admin noscript loading stale no_multi allow_busy |  | admin slow dangerous
slowlog | -2 |  |  | slow
slowlog|get | -2 | admin loading stale |  | admin slow dangerous | request_policy:all_nodes, nondeterministic_output
slowlog|len | 2 | admin loading stale |  | admin slow dangerous | request_policy:all_nodes, response_policy:agg_sum, nondeterministic_output
slowlog|reset | 2 | admin loading stale |  | admin slow dangerous | request_policy:all_nodes, response_policy:all_succeeded
swapdb | 3 | write fast |  | keyspace write fast dangerous
time | 1 | loading stale fast |  | fast | nondeterministic_output
cluster | -2 |  |  | slow
cluster|info | 2 | stale |  | slow | nondeterministic_output
cluster|nodes | 2 | stale |  | slow | nondeterministic_output
cluster|slots | 2 | loading stale |  | slow | nondeterministic_output
cluster|shards | 2 | loading stale |  | slow | nondeterministic_output
cluster|keyslot | 3 | stale |  | slow
cluster|myid | 2 | stale |  | slow
cluster|countkeysinslot | 3 | stale |  | slow
readonly | 1 | loading stale fast |  | fast connection
readwrite | 1 | loading stale fast |  | fast connection
asking | 1 | fast |  | fast connection
module | -2 |  |  | slow
module|list | 2 | admin noscript |  | admin slow dangerous | nondeterministic_output_order
`
  .trim()
  .split("\n");
