import {
  devicesOf,
  knownAddress,
  LookupError,
  type LookupErrorCode,
  type ProcessContext,
} from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";
import { largestSigned, readNumber } from "./number.js";
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

/** The ranges of the numbers of a route. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  ...{ mss: [64, 32_768], window: [128, largestSigned] },
  ...{ metric: [0, Number.MAX_SAFE_INTEGER], irtt: [0, Number.MAX_SAFE_INTEGER] },
};

const all = 0xffff_ffffn;

/** Reads what is to be added or deleted. @throws {Died} it makes no sense @throws {BadUsage} */
async function checkRoute(process: ProcessContext, words: readonly string[], family: 4 | 6): Promise<void> {
  const rest = [...words];
  const kind = rest[0] === "#net" || rest[0] === "#host" ? rest.shift() : undefined;
  const target = rest.shift();
  if (target === undefined) throw new BadUsage();
  const [network = "", prefix] = target.split("/", 2);
  let mask = prefix === undefined ? 0n : maskOf(readNumber(prefix, 0, family === 4 ? 32 : 128));
  let netmask = "default";
  const address = network === "default" ? 0n : await valueOfHost(process, network, family);
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
    else if (word === "gw" || word === "gateway") await valueOfHost(process, value, family);
    else if (word === "netmask") {
      if (mask !== 0n) throw new BadUsage();
      netmask = value;
      mask = await valueOfHost(process, value, family);
    } else readNumber(value, ...(ranges[word] as [number, number]));
  }
  if (family === 4) checkMask(address, mask, netmask, kind === "#host");
  else if (device !== undefined && !hasDevice(process, device))
    throw new Died("SIOCGIFINDEX: No such device");
}

function maskOf(bits: number): bigint {
  return all ^ (all >> BigInt(bits));
}

function checkMask(address: bigint, mask: bigint, netmask: string, isHost: boolean): void {
  if (mask === 0n) return;
  const hosts = all ^ mask;
  if (isHost && hosts !== all) {
    throw new Died(`netmask ${hosts.toString(16).padStart(8, "0")} and host route conflict`);
  }
  if ((hosts & (hosts + 1n)) !== 0n) throw new Died(`bogus netmask ${netmask}`);
  if ((address & hosts) !== 0n) throw new Died("netmask and route address conflict");
}

function hasDevice({ network }: ProcessContext, device: string): boolean {
  return devicesOf(network.namespace).some(({ name }) => name === device);
}

/** The numbers of failed lookups, as `getaddrinfo` returns them. */
const numbers: Readonly<Record<LookupErrorCode, number>> = {
  ...{ EAI_NONAME: -2, EAI_AGAIN: -3, EAI_NODATA: -5, EAI_ADDRFAMILY: -9 },
};

async function valueOfHost(process: ProcessContext, host: string, family: 4 | 6): Promise<bigint> {
  try {
    const { addresses } = await process.lookup(host, family);
    return knownAddress(addresses[0] as string).value;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    if (family === 6) process.stderr(`route: getaddrinfo: ${host}: ${numbers[error.code]}\n`);
    throw new Died(`resolving ${host}`);
  }
}
