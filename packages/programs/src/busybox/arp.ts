import { LookupError, type Neighbour, type ProcessContext } from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";
import { familyOf } from "./host-address.js";
import { hostErrorText } from "./host-error.js";

const help = `arp
[-vn]	[-H HWTYPE] [-i IF] -a [HOSTNAME]
[-v]		    [-i IF] -d HOSTNAME [pub]
[-v]	[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [temp]
[-v]	[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [netmask MASK] pub
[-v]	[-H HWTYPE] [-i IF] -Ds HOSTNAME IFACE [netmask MASK] pub

Manipulate ARP cache

	-a		Display (all) hosts
	-d		Delete ARP entry
	-s		Set new entry
	-v		Verbose
	-n		Don't resolve names
	-i IF		Network interface
	-D		Read HWADDR from IFACE
	-A,-p AF	Protocol family
	-H HWTYPE	Hardware address type`;

/** `arp`: prints the neighbours whose MAC addresses are known. They cannot be changed. */
export const arp = applet(
  { help, options: { flags: "adnDsv", values: "ApHti" } },
  async (process, { given, operands }) => {
    const family = (given.get("A") ?? given.get("p"))?.at(-1) ?? "inet";
    if (!["inet", "inet6", "unspec"].includes(family)) throw new Died(`${family}: unknown address family`);
    const type = (given.get("H") ?? given.get("t"))?.at(-1);
    if (type !== undefined && !types.includes(type)) throw new Died(`${type}: unknown hardware type`);
    if (family !== "inet") throw new Died(`${family}: kernel only supports 'inet'`);
    const [host, ...rest] = operands;
    if (given.has("s") || given.has("d")) {
      if (host === undefined) throw new Died("need host name");
      await addressOf(process, host);
      if (given.has("s") && rest.length === 0) throw new Died("need hardware address");
      if (given.has("s") && !given.has("D") && !/^([\da-f]{1,2}:){5}[\da-f]{1,2}$/i.test(rest[0] as string)) {
        throw new Died("invalid hardware address");
      }
      checkModifiers(given.has("s") ? rest.slice(1) : rest);
      throw new Died(`${given.has("s") ? "SIOCSARP" : "SIOCDARP(priv)"}: Operation not permitted`);
    }
    const device = given.get("i")?.at(-1);
    const address = host === undefined ? undefined : await addressOf(process, host);
    const all = process.network.neighbours().filter((each) => familyOf(each.address) === 4);
    const shown = all.filter(
      (each) =>
        (type ?? "ether") === "ether" &&
        (address === undefined || each.address === address) &&
        (device === undefined || each.device === device),
    );
    for (const each of shown) process.stdout(await lineOf(process, each, given.has("n")));
    if (shown.length === 0 && (type ?? address ?? device) !== undefined) {
      process.stdout(`No match found in ${all.length} entries\n`);
    }
    return 0;
  },
);

const types = ["ether", "infiniband"];

/** Checks what may follow an entry that is added or deleted. @throws {BadUsage} */
function checkModifiers(words: readonly string[]): void {
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const takesValue = word === "dev" || word === "netmask";
    if (takesValue ? rest.shift() === undefined : !modifiers.includes(word)) throw new BadUsage();
  }
}

const modifiers = ["pub", "priv", "temp", "trail", "dontpub", "auto"];

async function addressOf(process: ProcessContext, host: string): Promise<string> {
  try {
    return (await process.lookup(host, 4)).addresses[0] as string;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new Died(`${host}: ${hostErrorText(error)}`);
  }
}

async function lineOf(
  process: ProcessContext,
  { address, device, mac }: Neighbour,
  isNumeric: boolean,
): Promise<string> {
  const name = isNumeric ? undefined : (await process.reverse(address))?.name;
  return `${name ?? "?"} (${address}) at ${mac === "" ? "<incomplete> " : `${mac} [ether] `} on ${device}\n`;
}
