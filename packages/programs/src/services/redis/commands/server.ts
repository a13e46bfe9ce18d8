import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import type { Redis } from "../engine/redis.js";
import { noReply, ok, type Reply, status } from "../protocol/reply.js";
import { onlyWords } from "./arguments.js";
import { databaseAt } from "./keys.js";

function flush(databases: (call: Call) => Redis["databases"]): Handler {
  return (call) => {
    onlyWords(call.args, "SYNC", "ASYNC");
    for (const database of databases(call)) database.clear();
    return ok;
  };
}

/** Writes the file. Returns whether it could be written. */
function saved(redis: Redis): boolean {
  if (!redis.host.save()) return false;
  redis.changes = 0;
  redis.saves++;
  redis.lastSave = Math.floor(redis.now() / 1000);
  return true;
}

function saveInBackground({ redis, args }: Call): Reply {
  onlyWords(args, "SCHEDULE");
  const child = redis.host.pid + redis.saves + 1;
  redis.log("notice", `Background saving started by pid ${child}`);
  const isSaved = saved(redis);
  redis.host.after(1, () => {
    if (isSaved) redis.log("notice", "Background saving terminated with success");
    else redis.log("warning", "Background saving error");
  });
  return status("Background saving started");
}

function shutdown({ redis, client, args }: Call): Reply {
  const words = new Set(args.map((word) => word.toUpperCase()));
  const known = ["NOSAVE", "SAVE", "NOW", "FORCE", "ABORT"];
  const has = (word: string): boolean => words.has(word);
  const isKnown = [...words].every((word) => known.includes(word));
  if (!isKnown || (has("ABORT") && words.size > 1) || (has("SAVE") && has("NOSAVE"))) {
    throw new CommandError(syntaxError);
  }
  if (has("ABORT")) throw new CommandError("ERR No shutdown in progress.");
  client.isWaiting = true;
  redis.host.shutdown(has("SAVE") ? { saves: true } : has("NOSAVE") ? { saves: false } : {});
  return noReply;
}

function swap(call: Call): Reply {
  const { databases } = call.redis;
  const [first, second] = [
    databaseAt(call, call.args[0], "ERR invalid first DB index"),
    databaseAt(call, call.args[1], "ERR invalid second DB index"),
  ];
  const [at, other] = [databases.indexOf(first), databases.indexOf(second)];
  databases[at] = second;
  databases[other] = first;
  return ok;
}

/** What a server that is no part of a cluster answers to commands about clusters. */
function noCluster(): never {
  throw new CommandError("ERR This instance has cluster support disabled");
}

const clusterNames: readonly string[] = [
  "info",
  "nodes",
  "slots",
  "shards",
  "keyslot",
  "myid",
  "countkeysinslot",
];

export const serverCommands: Readonly<Record<string, Handler>> = {
  dbsize: ({ database }) => database.size,
  flushall: flush(({ redis }) => redis.databases),
  flushdb: flush(({ database }) => [database]),
  time({ redis }) {
    const micros = redis.host.now() / 1000n;
    return [(micros / 1_000_000n).toString(), (micros % 1_000_000n).toString()];
  },
  lastsave: ({ redis }) => redis.lastSave,
  save({ redis }) {
    if (!saved(redis)) throw new CommandError("ERR");
    redis.log("notice", "DB saved on disk");
    return ok;
  },
  bgsave: saveInBackground,
  bgrewriteaof({ redis }) {
    redis.log(
      "notice",
      `Background append only file rewriting started by pid ${redis.host.pid + redis.saves + 1}`,
    );
    return status("Background append only file rewriting started");
  },
  shutdown,
  role: () => ["master", 0, []],
  swapdb: swap,
  monitor({ client }) {
    client.isMonitor = true;
    return ok;
  },
  "slowlog|get": () => [],
  "slowlog|len": () => 0,
  "slowlog|reset": () => ok,
  "module|list": () => [],
  "acl|whoami": () => "default",
  "acl|users": () => ["default"],
  readonly: noCluster,
  readwrite: noCluster,
  asking: noCluster,
  ...Object.fromEntries(clusterNames.map((name) => [`cluster|${name}`, noCluster])),
};
