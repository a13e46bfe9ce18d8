// The table of all commands.
import type { Command, CommandTable, Handler } from "../engine/command.js";
import { bitCommands } from "./bits.js";
import { clientCommands } from "./clients.js";
import { configurationCommands } from "./configuration.js";
import { connectionCommands } from "./connection.js";
import { expiryCommands } from "./expiry.js";
import { commandFacts } from "./facts.js";
import { hashCommands } from "./hashes.js";
import { infoCommands } from "./info.js";
import { introspectionCommands } from "./introspection.js";
import { keyCommands } from "./keys.js";
import { listCommands } from "./lists.js";
import { pubsubCommands } from "./pubsub.js";
import { scanCommands } from "./scan.js";
import { serverCommands } from "./server.js";
import { setCommands } from "./sets.js";
import { sortedCombinationCommands } from "./sorted-combinations.js";
import { sortedSetCommands } from "./sorted-sets.js";
import { sortingCommands } from "./sorting.js";
import { stringCommands } from "./strings.js";
import { transactionCommands } from "./transactions.js";

/** The commands by the groups that `COMMAND DOCS` tells. */
const groups: readonly (readonly [group: string, handlers: Readonly<Record<string, Handler>>])[] = [
  ["string", stringCommands],
  ["bitmap", bitCommands],
  ["generic", keyCommands],
  ["generic", expiryCommands],
  ["generic", scanCommands],
  ["generic", sortingCommands],
  ["list", listCommands],
  ["hash", hashCommands],
  ["set", setCommands],
  ["sorted-set", sortedSetCommands],
  ["sorted-set", sortedCombinationCommands],
  ["pubsub", pubsubCommands],
  ["transactions", transactionCommands],
  ["connection", connectionCommands],
  ["connection", clientCommands],
  ["server", serverCommands],
  ["server", configurationCommands],
  ["server", infoCommands],
  ["server", introspectionCommands],
];

function made(): CommandTable {
  const handlers = new Map(
    groups.flatMap(([group, each]) =>
      Object.entries(each).map(([name, handler]) => [name, { group, handler }] as const),
    ),
  );
  const table = new Map<string, Command & { readonly subcommands: Map<string, Command> }>();
  for (const facts of commandFacts) {
    const [name = "", sub] = facts.name.split("|");
    const own = handlers.get(facts.name);
    const command = {
      ...facts,
      group: own?.group ?? "",
      handler: own?.handler,
      subcommands: new Map<string, Command>(),
    };
    if (sub === undefined) table.set(name, command);
    else table.get(name)?.subcommands.set(sub, command);
  }
  return table;
}

/** The commands of the server. */
export const commandTable: CommandTable = made();
