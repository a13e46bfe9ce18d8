import { LookupError, type ProcessContext } from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";
import { readNumber } from "./number.js";
import { printRoutes, printRoutes6 } from "./routes.js";

const help = `route [-ne] [-A inet[6]] [{add|del} [-net|-host] TARGET [netmask MASK]
	[gw GATEWAY] [metric N] [mss BYTES] [window BYTES] [reject] [IFACE]]

Show or edit kernel routing tables

	-n	Don't resolve names
	-e	Display other/more information
	-A inet[6]	Select address family`;

/** `route`: prints the routing table. It cannot be changed. */
export const route = applet(
  // -net and -host belong to what is added. A hash keeps them from being options.
  {
    help,
    options: { flags: "ne", values: "A" },
    prepare: (args) =>
      args.map((word) => (word === "-net" || word === "-host" ? word.replace("-", "#") : word)),
  },
  async (process, { given, operands }) => {
    const family = given.get("A")?.at(-1) ?? "inet";
    if (family !== "inet" && family !== "inet6") throw new BadUsage();
    const [action, ...rest] = operands;
    if (action !== undefined) {
      if (!["add", "del", "delete"].includes(action) || rest.length === 0) throw new BadUsage();
      await checkRoute(process, rest, family === "inet" ? 4 : 6);
      throw new Died(`${action === "add" ? "SIOCADDRT" : "SIOCDELRT"}: Operation not permitted`);
    }
    const isNumeric = given.has("n");
    if (family === "inet6") printRoutes6(process);
    else await printRoutes(process, { isNumeric, showsWindow: given.has("e") });
    return 0;
  },
);

const withValue = ["metric", "netmask", "gw", "gateway", "mss", "window", "irtt", "dev", "device"];
const alone = ["reject", "mod", "dyn", "reinstate"];

/** Reads what is to be added or deleted. @throws {Died} it makes no sense @throws {BadUsage} */
async function checkRoute(process: ProcessContext, words: readonly string[], family: 4 | 6): Promise<void> {
  const rest = [...words];
  if (rest[0] === "#net" || rest[0] === "#host") rest.shift();
  const target = rest.shift();
  if (target === undefined) throw new BadUsage();
  const [network = "", prefix] = target.split("/", 2);
  if (prefix !== undefined) readNumber(prefix, 0, family === 4 ? 32 : 128);
  if (network !== "default") await checkHost(process, network, family);
  let device: string | undefined;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (alone.includes(word)) continue;
    if (!withValue.includes(word)) {
      // A device may come last without its keyword.
      if (device !== undefined || rest.length > 0) throw new BadUsage();
      device = word;
      continue;
    }
    const value = rest.shift();
    if (value === undefined) throw new BadUsage();
    if (word === "dev" || word === "device") device = value;
    else if (word === "gw" || word === "gateway" || word === "netmask")
      await checkHost(process, value, family);
    else readNumber(value, 0, Number.MAX_SAFE_INTEGER);
  }
}

async function checkHost(process: ProcessContext, host: string, family: 4 | 6): Promise<void> {
  try {
    await process.lookup(host, family);
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new Died(`resolving ${host}`);
  }
}
