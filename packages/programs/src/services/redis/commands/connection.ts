import type { ByteText } from "../../../busybox/byte-text.js";
import type { Client } from "../engine/client.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import { wrongArity } from "../engine/perform.js";
import type { Redis } from "../engine/redis.js";
import { version } from "../engine/version.js";
import { map, noReply, ok, type Reply, status } from "../protocol/reply.js";
import { place } from "./arguments.js";
import { databaseAt } from "./keys.js";

/** Checks a name and a password. Only the user `default` is there. */
function authenticate({ redis, client }: Call, user: ByteText, password: ByteText): void {
  if (user !== "default" || (redis.password !== "" && password !== redis.password)) {
    throw new CommandError("WRONGPASS invalid username-password pair or user is disabled.");
  }
  client.isAuthenticated = true;
}

/** Refuses a name of a client that cannot be shown in one line. */
export function checkName(name: ByteText, what = "Client names"): void {
  if (/[^!-~]/.test(name))
    throw new CommandError(`ERR ${what} cannot contain spaces, newlines or special characters.`);
}

function ping({ client, args, command }: Call): Reply {
  const [message, ...others] = args;
  if (others.length > 0) throw new CommandError(wrongArity(command));
  if (client.isSubscriber && client.version === 2) return ["pong", message ?? ""];
  return message ?? status("PONG");
}

function hello(call: Call): Reply {
  const { client, args } = call;
  const [wanted, ...options] = args;
  const protocol =
    wanted === undefined
      ? client.version
      : place(wanted, "ERR Protocol version is not an integer or out of range");
  if (protocol !== 2 && protocol !== 3) throw new CommandError("NOPROTO unsupported protocol version");
  let name: ByteText | undefined;
  let login: readonly [ByteText, ByteText] | undefined;
  for (let at = 0; at < options.length; at++) {
    const option = options[at] as ByteText;
    const [next, afterNext] = [options[at + 1], options[at + 2]];
    if (/^auth$/i.test(option) && next !== undefined && afterNext !== undefined) {
      login = [next, afterNext];
      at += 2;
    } else if (/^setname$/i.test(option) && next !== undefined) {
      checkName(next);
      name = next;
      at++;
    } else {
      throw new CommandError(`ERR Syntax error in HELLO option '${option}'`);
    }
  }
  if (login) authenticate(call, ...login);
  if (!client.isAuthenticated) {
    throw new CommandError(
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH " +
        "<user> <pass> option can be used to authenticate the client and select the RESP protocol version at the " +
        "same time",
    );
  }
  if (name !== undefined) client.name = name;
  client.version = protocol;
  return map([
    ["server", "redis"],
    ["version", version],
    ["proto", protocol],
    ["id", client.id],
    ["mode", "standalone"],
    ["role", "master"],
    ["modules", []],
  ]);
}

/** Sets back what a client has set for itself. */
function reset(redis: Redis, client: Client): void {
  redis.endTransaction(client);
  redis.pubsub.leave(client);
  client.databaseIndex = 0;
  client.version = 2;
  client.name = "";
  client.isMonitor = false;
  client.isNeverEvicted = false;
  client.leavesKeysUntouched = false;
  client.replies = "on";
  client.isAuthenticated = redis.password === "";
}

export const connectionCommands: Readonly<Record<string, Handler>> = {
  ping,
  echo: ({ args: [message = ""] }) => message,
  hello,
  auth(call) {
    const [user = "", password, ...others] = call.args;
    if (others.length > 0) throw new CommandError(syntaxError);
    if (password === undefined && call.redis.password === "") {
      throw new CommandError(
        "ERR AUTH <password> called without any password configured for the default user. Are you sure your " +
          "configuration is correct?",
      );
    }
    if (password === undefined) authenticate(call, "default", user);
    else authenticate(call, user, password);
    return ok;
  },
  select(call) {
    call.client.databaseIndex = call.redis.databases.indexOf(databaseAt(call, call.args[0]));
    return ok;
  },
  quit({ client }) {
    client.send(ok);
    client.end();
    return noReply;
  },
  reset({ redis, client }) {
    reset(redis, client);
    return status("RESET");
  },
};
