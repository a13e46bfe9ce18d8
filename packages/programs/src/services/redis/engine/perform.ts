// A request on its way to its command: whether there is such a command, and whether the client may call it now.
import type { ByteText } from "../../../busybox/byte-text.js";
import { errorReply, queued, type Reply } from "../protocol/reply.js";
import type { Request } from "../protocol/requests.js";
import { Block } from "./block.js";
import type { Client } from "./client.js";
import type { Call, Command } from "./command.js";
import { CommandError, wrongType } from "./command-error.js";
import type { Redis } from "./redis.js";

/** The commands of a transaction that are not queued. */
const notQueued: ReadonlySet<string> = new Set(["exec", "discard", "multi", "watch", "quit", "reset"]);
const allowedToSubscribers: ReadonlySet<string> = new Set([
  "ping",
  "subscribe",
  "ssubscribe",
  "unsubscribe",
  "sunsubscribe",
  "psubscribe",
  "punsubscribe",
  "quit",
  "reset",
]);

/** Performs a request and sends the reply. Returns false when it has to wait for the end of a pause. */
export function perform(redis: Redis, client: Client, request: Request): boolean {
  redis.tick();
  client.lastUsedAt = redis.now();
  const attack = request[0].toLowerCase();
  if (attack === "host:" || attack === "post") {
    redis.log(
      "warning",
      "Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. " +
        "This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis " +
        `instance. Connection from ${client.connection.remote} aborted.`,
    );
    client.abort();
    return true;
  }
  const call = admitted(redis, client, request);
  if (!("refusal" in call) && redis.isPaused(call.command)) return false;
  if (client.replies === "skip") client.replies = "on";
  else if (client.replies === "skip next") client.replies = "skip";
  if ("refusal" in call) {
    if (client.transaction) client.transaction.isBroken = true;
    if (call.command?.name === "exec") redis.endTransaction(client);
    client.send(errorReply(refusalOf(call)));
    return true;
  }
  if (client.transaction && !notQueued.has(call.command.name)) {
    client.transaction.queued.push(call);
    client.send(queued);
    return true;
  }
  run(redis, call, request);
  return true;
}

/** Performs a command that is allowed, and lets the client wait if it has to. */
function run(redis: Redis, call: Call, request: Request): void {
  const { client } = call;
  redis.monitored(client, call.command, request);
  const reply = outcomeOf(call);
  if (reply instanceof Block) wait(redis, call, reply);
  else client.send(reply);
  redis.waiting.serve();
}

/** Calls a command. A refusal is an error reply. */
export function outcomeOf(call: Call): Reply | Block {
  call.redis.statistics.commands++;
  try {
    return (call.command.handler as NonNullable<Command["handler"]>)(call);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return errorReply(inOneLine(error.message));
  }
}

function wait(redis: Redis, call: Call, block: Block): void {
  const { client, database } = call;
  client.isWaiting = true;
  const stopTimer =
    block.timeout === 0
      ? () => {}
      : redis.host.after(block.timeout, () => redis.unblock(client, block.otherwise));
  const retry = (): boolean => {
    const reply = outcomeOf(call);
    if (reply instanceof Block) return false;
    // A key that has become something else is waited for.
    if (typeof reply === "object" && reply && "text" in reply && reply.text === wrongType) return false;
    redis.unblock(client, reply);
    return true;
  };
  redis.waiting.add({ client, database, block, retry, stopTimer });
}

interface Refusal {
  readonly refusal: string;
  readonly command?: Command;
}

/** The text of a refusal. `EXEC` has a code of its own. */
function refusalOf({ refusal, command }: Refusal): string {
  const text = inOneLine(refusal);
  return command?.name === "exec"
    ? `EXECABORT Transaction discarded because of: ${text.replace(/^ERR /, "")}`
    : text;
}

function admitted(redis: Redis, client: Client, [word, ...rest]: Request): Call | Refusal {
  const found = redis.commands.get(word.toLowerCase());
  const hasSubcommands = found !== undefined && found.subcommands.size > 0 && rest.length > 0;
  const command = hasSubcommands ? found.subcommands.get((rest[0] as ByteText).toLowerCase()) : found;
  if (!found) return { refusal: unknownCommand(word, rest) };
  if (!command) {
    const name = word.toUpperCase();
    return { refusal: `ERR unknown subcommand '${(rest[0] as ByteText).slice(0, 128)}'. Try ${name} HELP.` };
  }
  client.lastCommand = command;
  const words = rest.length + 1;
  if (
    command.handler === undefined ||
    (command.arity > 0 ? words !== command.arity : words < -command.arity)
  ) {
    return { refusal: wrongArity(command), command };
  }
  if (!client.isAuthenticated && !command.flags.includes("no_auth")) {
    return { refusal: "NOAUTH Authentication required.", command };
  }
  if (client.transaction && command.flags.includes("no_multi")) {
    return { refusal: "ERR Command not allowed inside a transaction", command };
  }
  if (client.isSubscriber && client.version === 2 && !allowedToSubscribers.has(command.name)) {
    return {
      refusal:
        `ERR Can't execute '${command.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET ` +
        "are allowed in this context",
      command,
    };
  }
  const args = command.name.includes("|") ? rest.slice(1) : rest;
  return { redis, client, database: client.database, args, command };
}

/** The message that a command was called with too many or too few words. */
export function wrongArity({ name }: Pick<Command, "name">): string {
  return `ERR wrong number of arguments for '${name}' command`;
}

function unknownCommand(word: ByteText, rest: readonly ByteText[]): string {
  let shown = "";
  for (const each of rest) {
    if (shown.length >= 128) break;
    shown += `'${each.slice(0, 128 - shown.length)}' `;
  }
  return `ERR unknown command '${word.slice(0, 128)}', with args beginning with: ${shown}`;
}

function inOneLine(text: string): string {
  return text.replace(/[\r\n]/g, " ");
}
