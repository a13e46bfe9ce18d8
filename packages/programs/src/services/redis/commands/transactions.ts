import { Block } from "../engine/block.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError } from "../engine/command-error.js";
import { outcomeOf } from "../engine/perform.js";
import { isError, nullArray, ok, type Reply } from "../protocol/reply.js";

function exec({ redis, client }: Call): Reply {
  const { transaction } = client;
  if (!transaction) throw new CommandError("ERR EXEC without MULTI");
  // A watched key that has expired is found to have changed when somebody looks for it.
  for (const { database, key } of client.watched) database.has(key);
  const { isDirty } = client;
  redis.endTransaction(client);
  if (transaction.isBroken) {
    throw new CommandError("EXECABORT Transaction discarded because of previous errors.");
  }
  if (isDirty) return nullArray;
  return transaction.queued.map(({ command, args }) => {
    const reply = outcomeOf({ redis, client, database: client.database, command, args });
    // Nothing waits inside of a transaction.
    const outcome = reply instanceof Block ? reply.inTransaction : reply;
    if (isError(outcome)) redis.statistics.countError(outcome.text);
    return outcome;
  });
}

export const transactionCommands: Readonly<Record<string, Handler>> = {
  multi({ client }) {
    if (client.transaction) throw new CommandError("ERR MULTI calls can not be nested");
    client.transaction = { queued: [], isBroken: false };
    return ok;
  },
  exec,
  discard({ redis, client }) {
    if (!client.transaction) throw new CommandError("ERR DISCARD without MULTI");
    redis.endTransaction(client);
    return ok;
  },
  watch({ redis, client, args }) {
    if (client.transaction) throw new CommandError("ERR WATCH inside MULTI is not allowed");
    if (!client.isDirty) for (const key of args) redis.watch(client, key);
    return ok;
  },
  unwatch({ redis, client }) {
    redis.unwatch(client);
    return ok;
  },
};
