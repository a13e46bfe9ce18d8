import { formatAddress, readNumericHost } from "@dryharbor/kernel";
import { applet, BadUsage, Died } from "./applet.js";
import { readNumber } from "./number.js";

const help = `ipcalc [-bnmphs] ADDRESS[/PREFIX] [NETMASK]

Calculate and display network settings from IP address

	-b	Broadcast address
	-n	Network address
	-m	Default netmask for IP
	-p	Prefix for IP/NETMASK
	-h	Resolved host name
	-s	No error messages`;

const long = { netmask: "m", broadcast: "b", network: "n", prefix: "p", hostname: "h", silent: "s" } as const;

const all = 0xffff_ffffn;

/** `ipcalc ADDRESS[/PREFIX] [NETMASK]`: prints the network of an IPv4 address. */
export const ipcalc = applet(
  { help, options: { flags: "mbnphs", long } },
  async (process, { given, operands }) => {
    const [first, netmask] = operands;
    if (first === undefined || operands.length > 2) throw new BadUsage();
    const isCalculated = ["b", "n", "p"].some((letter) => given.has(letter));
    const asked = [...given.keys()].filter((letter) => letter !== "s");
    if (!isCalculated && (asked.length === 0 || netmask !== undefined)) throw new BadUsage();
    try {
      const [, text = "", prefix] = /^([^/]*)(?:\/(.*))?$/s.exec(first) ?? [];
      const bits = prefix === undefined || prefix === "" ? undefined : readNumber(prefix, 0, 32);
      const address = valueIn(text);
      if (address === undefined) throw new Died(`bad IP address: ${text}`);
      if (netmask !== undefined && bits !== undefined) {
        throw new Died("use prefix or netmask, not both");
      }
      const mask = netmask === undefined ? maskOf(bits ?? classOf(address)) : valueIn(netmask);
      if (mask === undefined) throw new Died(`bad netmask: ${netmask}`);
      const print = (name: string, value: string | number) => process.stdout(`${name}=${value}\n`);
      if (given.has("m")) print("NETMASK", dotted(mask));
      if (given.has("b")) print("BROADCAST", dotted((address & mask) | (all ^ mask)));
      if (given.has("n")) print("NETWORK", dotted(address & mask));
      if (given.has("p")) print("PREFIX", mask.toString(2).replaceAll("0", "").length);
      if (given.has("h")) {
        const host = await process.reverse(dotted(address));
        if (!host) throw new Died(`can't find hostname for ${text}: Unknown host`);
        print("HOSTNAME", host.name.toLowerCase());
      }
      return 0;
    } catch (error) {
      if (error instanceof Died && given.has("s")) return error.code;
      throw error;
    }
  },
);

function valueIn(text: string): bigint | undefined {
  const address = readNumericHost(text);
  return address?.family === 4 ? address.value : undefined;
}

function dotted(value: bigint): string {
  return formatAddress({ family: 4, value });
}

function maskOf(bits: number): bigint {
  return all ^ (all >> BigInt(bits));
}

/** The prefix length of an address's class: A, B, or C. */
function classOf(address: bigint): number {
  if (address >> 30n === 3n) return 24;
  return address >> 31n === 1n ? 16 : 8;
}
