import type { ByteText } from "../../../busybox/byte-text.js";
import type { Client } from "../engine/client.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import { errorReply, noReply, ok, type Reply } from "../protocol/reply.js";
import { integer, Options, place } from "./arguments.js";
import { checkName } from "./connection.js";

/** The sizes of buffers that a client of a real server has. */
const buffers = { query: 16_384, reply: 16_392, client: 17_232 } as const;

function flagsOf(client: Client): string {
  const flags = [
    client.isMonitor ? "O" : "",
    client.isSubscriber ? "P" : "",
    client.transaction ? "x" : "",
    client.isWaiting ? "b" : "",
    client.isDirty ? "d" : "",
    client.isNeverEvicted ? "e" : "",
    client.leavesKeysUntouched ? "T" : "",
  ].join("");
  return flags === "" ? "N" : flags;
}

/** Shows a client in one line, as `CLIENT LIST` does. */
function lineOf({ redis }: Call, client: Client): string {
  const seconds = (since: number) => Math.max(0, Math.floor(redis.now() / 1000) - Math.floor(since / 1000));
  const { channel, pattern, shard } = client.subscriptions;
  const fields: Readonly<Record<string, string | number>> = {
    id: client.id,
    addr: client.connection.remote,
    laddr: client.connection.local,
    fd: client.id + 5,
    name: client.name,
    age: seconds(client.connectedAt),
    idle: seconds(client.lastUsedAt),
    flags: flagsOf(client),
    db: client.databaseIndex,
    sub: channel.size,
    psub: pattern.size,
    ssub: shard.size,
    multi: client.transaction ? client.transaction.queued.length : -1,
    watch: client.watched.length,
    qbuf: client.pending,
    "qbuf-free": buffers.query,
    "argv-mem": 0,
    "multi-mem": 0,
    rbs: buffers.reply,
    rbp: 0,
    obl: 0,
    oll: 0,
    omem: 0,
    "tot-mem": buffers.client + buffers.reply,
    events: "r",
    cmd: client.lastCommand?.name ?? "NULL",
    user: "default",
    redir: -1,
    resp: client.version,
    "lib-name": client.libraryName,
    "lib-ver": client.libraryVersion,
  };
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ")}\n`;
}

type ClientType = "normal" | "master" | "replica" | "slave" | "pubsub";

function readType(text: ByteText): ClientType {
  const type = text.toLowerCase();
  if (!/^(?:normal|master|replica|slave|pubsub)$/.test(type))
    throw new CommandError(`ERR Unknown client type '${text}'`);
  return type as ClientType;
}

function isOfType(client: Client, type: ClientType): boolean {
  if (client.isMonitor) return type === "slave" || type === "replica";
  return type === (client.isSubscriber ? "pubsub" : "normal");
}

function list(call: Call): Reply {
  const { redis, args } = call;
  const [option, ...rest] = args;
  let clients = [...redis.clients];
  if (option !== undefined) {
    if (/^type$/i.test(option) && rest.length === 1) {
      const type = readType(rest[0] as ByteText);
      clients = clients.filter((client) => isOfType(client, type));
    } else if (/^id$/i.test(option) && rest.length > 0) {
      const ids = rest.map((text) => place(text, "ERR Invalid client ID"));
      clients = ids.flatMap((id) => clients.filter((client) => client.id === id));
    } else {
      throw new CommandError(syntaxError);
    }
  }
  return { kind: "text", text: clients.map((client) => lineOf(call, client)).join("") };
}

function readSwitch(text: ByteText | undefined): boolean {
  if (!/^(?:on|off)$/i.test(text ?? "")) throw new CommandError(syntaxError);
  return text?.toLowerCase() === "on";
}

/** Reads the conditions of `CLIENT KILL`. */
function readConditions(call: Call): {
  readonly conditions: readonly ((client: Client) => boolean)[];
  readonly skipsOwn: boolean;
} {
  const { redis, args } = call;
  if (args.length === 1) {
    return { conditions: [({ connection }) => connection.remote === args[0]], skipsOwn: false };
  }
  const options = new Options(args);
  const conditions: ((client: Client) => boolean)[] = [];
  let skipsOwn = true;
  while (options.hasMore) {
    if (options.takes("ID", 1)) {
      const id = place(options.next(), "ERR client-id should be greater than 0");
      if (id < 1) throw new CommandError("ERR client-id should be greater than 0");
      conditions.push((client) => client.id === id);
    } else if (options.takes("MAXAGE", 1)) {
      const age = place(options.next(), "ERR maxage is not an integer or out of range");
      if (age <= 0) throw new CommandError("ERR maxage should be greater than 0");
      conditions.push((client) => redis.now() - client.connectedAt >= age * 1000);
    } else if (options.takes("TYPE", 1)) {
      const type = readType(options.next());
      conditions.push((client) => isOfType(client, type));
    } else if (options.takes("ADDR", 1)) {
      const address = options.next();
      conditions.push(({ connection }) => connection.remote === address);
    } else if (options.takes("LADDR", 1)) {
      const address = options.next();
      conditions.push(({ connection }) => connection.local === address);
    } else if (options.takes("USER", 1)) {
      const user = options.next();
      if (user !== "default") throw new CommandError(`ERR No such user '${user}'`);
    } else if (options.takes("SKIPME", 1)) {
      const answer = options.next().toLowerCase();
      if (answer !== "yes" && answer !== "no") throw new CommandError(syntaxError);
      skipsOwn = answer === "yes";
    } else {
      options.refuse();
    }
  }
  return { conditions, skipsOwn };
}

function kill(call: Call): Reply {
  const { redis, client: own, args } = call;
  const { conditions, skipsOwn } = readConditions(call);
  const chosen = [...redis.clients].filter(
    (client) => !(skipsOwn && client === own) && conditions.every((holds) => holds(client)),
  );
  const isOldForm = args.length === 1;
  if (isOldForm && chosen.length === 0) throw new CommandError("ERR No such client");
  const reply = isOldForm ? ok : chosen.length;
  for (const client of chosen) if (client !== own) client.end();
  if (!chosen.includes(own)) return reply;
  own.send(reply);
  own.end();
  return noReply;
}

export const clientCommands: Readonly<Record<string, Handler>> = {
  "client|id": ({ client }) => client.id,
  "client|getname": ({ client }) => (client.name === "" ? null : client.name),
  "client|setname"({ client, args: [name = ""] }) {
    checkName(name);
    client.name = name;
    return ok;
  },
  "client|setinfo"({ client, args: [what = "", value = ""] }) {
    const name = what.toLowerCase();
    if (name !== "lib-name" && name !== "lib-ver")
      throw new CommandError(`ERR Unrecognized option '${what}'`);
    checkName(value, what);
    if (name === "lib-name") client.libraryName = value;
    else client.libraryVersion = value;
    return ok;
  },
  "client|info": (call) => ({ kind: "text", text: lineOf(call, call.client) }),
  "client|list": list,
  "client|kill": kill,
  "client|getredir": () => -1,
  "client|no-evict"({ client, args }) {
    client.isNeverEvicted = readSwitch(args[0]);
    return ok;
  },
  "client|no-touch"({ client, args }) {
    client.leavesKeysUntouched = readSwitch(args[0]);
    return ok;
  },
  "client|reply"({ client, args: [mode = ""] }) {
    switch (mode.toUpperCase()) {
      case "ON":
        client.replies = "on";
        return ok;
      case "OFF":
        client.replies = "off";
        return noReply;
      case "SKIP":
        if (client.replies !== "off") client.replies = "skip next";
        return noReply;
      default:
        throw new CommandError(syntaxError);
    }
  },
  "client|pause"({ redis, args }) {
    const [time, mode = "ALL", ...others] = args;
    if (others.length > 0) throw new CommandError(syntaxError);
    if (!/^(?:all|write)$/i.test(mode)) throw new CommandError("ERR CLIENT PAUSE mode must be WRITE or ALL");
    const milliseconds = place(time, "ERR timeout is not an integer or out of range");
    if (milliseconds < 0) throw new CommandError("ERR timeout is negative");
    redis.pause(milliseconds, mode.toUpperCase() === "WRITE");
    return ok;
  },
  "client|unpause"({ redis }) {
    redis.unpause();
    return ok;
  },
  "client|unblock"({ redis, args: [id, reason = "TIMEOUT"] }) {
    if (!/^(?:timeout|error)$/i.test(reason)) {
      throw new CommandError("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    const wanted = Number(integer(id));
    const client = [...redis.clients].find((each) => each.id === wanted);
    const isError = reason.toUpperCase() === "ERROR";
    const problem = isError ? errorReply("UNBLOCKED client unblocked via CLIENT UNBLOCK") : undefined;
    return client && redis.unblock(client, problem) ? 1 : 0;
  },
};
