// Alpine's getent: a program of its own, over musl. It ends at the first key that it does not find.
import {
  formatAddress,
  type HostEntry,
  LookupError,
  type ProcessContext,
  parseAddress,
  unmap,
} from "@dryharbor/kernel";
import { type Account, accountsOf, linesOf, membersOf, numberIn, servicesOf } from "./databases.js";

const notFound = 2;
const noEnumeration = 3;

const names = [
  ...["ethers", "group", "hosts", "ahosts", "ahostsv4", "ahostsv6", "networks"],
  ...["passwd", "protocols", "services", "shadow", "shells"],
];

/** `getent database [key ...]` of Alpine. */
export async function muslGetent(process: ProcessContext): Promise<number> {
  const [command, name, ...keys] = process.argv;
  if (name !== undefined && names.includes(name)) return new MuslGetent(process, keys).run(name);
  const short = command.slice(command.lastIndexOf("/") + 1);
  if (name !== undefined) process.stderr(`${short}: Unknown database \`${name}': No error information\n`);
  const lines = [names.slice(0, 7), names.slice(7)].map((each) => `\n\t\t${each.join(" ")}`).join("");
  process.stderr(`Usage: ${command} database [key ...]\n\tdatabase may be one of:${lines}\n`);
  return 1;
}

class MuslGetent {
  readonly #process: ProcessContext;
  readonly #keys: readonly string[];

  constructor(process: ProcessContext, keys: readonly string[]) {
    this.#process = process;
    this.#keys = keys;
  }

  async run(name: string): Promise<number> {
    if (name === "hosts") return this.#each([], (key) => this.#host(key));
    if (name.startsWith("ahosts")) return this.#each([], (key) => this.#addresses(name, key));
    if (name === "group") return this.#accounts("/etc/group", 4, groupLine);
    if (name === "passwd")
      return this.#accounts("/etc/passwd", 7, ({ fields }) => fields.slice(0, 7).join(":"));
    if (name === "protocols") return this.#protocols();
    // Services and secrets are found, and not listed.
    if (name === "services") return this.#each([], async (key) => this.#service(key));
    if (name === "shadow") return this.#each([], async (key) => this.#shadow(key));
    if (name === "shells") return this.#shells();
    return name === "ethers" ? this.#ethers() : this.#networks();
  }

  #print(line: string): void {
    this.#process.stdout(`${line}\n`);
  }

  /** Prints all entries where no key is given, and otherwise the entry of each key. */
  async #each(all: readonly string[], find: (key: string) => Promise<string | undefined>): Promise<number> {
    if (this.#keys.length === 0) for (const line of all) this.#print(line);
    for (const key of this.#keys) {
      const line = await find(key);
      if (line === undefined) return notFound;
      this.#print(line);
    }
    return 0;
  }

  async #host(key: string): Promise<string | undefined> {
    const address = parseAddress(key);
    if (address) {
      const shown =
        key.includes(":") && address.family === 6 ? inSix(formatAddress(address)) : formatAddress(address);
      const name = (await this.#process.reverse(formatAddress(unmap(address))))?.name ?? shown;
      return `${shown.padEnd(16)}  ${name}  ${name}`;
    }
    const entry = (await this.#lookUp(key, 6)) ?? (await this.#lookUp(key, 4));
    if (!entry) return undefined;
    const [first = ""] = entry.addresses;
    return `${first.padEnd(16)}  ${entry.name}  ${[entry.name, ...entry.aliases].join(" ")}`;
  }

  async #lookUp(name: string, family?: 4 | 6, onlyConfigured = false): Promise<HostEntry | undefined> {
    try {
      return await this.#process.lookup(name, { family, onlyConfigured });
    } catch (error) {
      if (error instanceof LookupError) return undefined;
      throw error;
    }
  }

  async #addresses(name: string, key: string): Promise<string | undefined> {
    const entry = await this.#lookUp(key, name === "ahostsv4" ? 4 : undefined, true);
    const six = entry?.addresses.filter((each) => each.includes(":")) ?? [];
    const shown = name !== "ahostsv6" ? entry?.addresses : six.length > 0 ? six : entry?.addresses.map(inSix);
    return shown
      ?.flatMap((each) =>
        ["STREAM", "DGRAM"].map((type) => `${each.padEnd(15)} ${type.padEnd(6)} ${entry?.name}`),
      )
      .join("\n");
  }

  async #accounts(path: string, least: number, show: (account: Account) => string): Promise<number> {
    const all = accountsOf(this.#process, path, least);
    return this.#each(all.map(show), async (key) => {
      const number = numberIn(key);
      const account = all.find(({ name, id }) => (number === undefined ? name === key : id === number));
      return account && show(account);
    });
  }

  async #protocols(): Promise<number> {
    const show = ([name, number]: readonly [string, number]): string =>
      `${name.padEnd(16)}  ${String(number).padStart(5)}`;
    return this.#each(protocols.map(show), async (key) => {
      const wanted = numberIn(key);
      const found = protocols.find(([name, number]) =>
        wanted === undefined ? name === key : number === wanted,
      );
      return found && show(found);
    });
  }

  #service(key: string): string | undefined {
    const [asked = "", protocol] = key.split("/");
    const port = numberIn(asked);
    const all = servicesOf(this.#process);
    for (const each of protocol === undefined ? ["tcp", "udp"] : [protocol]) {
      const found = all.find((service) => {
        if (service.protocol !== each) return false;
        if (port !== undefined) return service.port === (port & 0xffff);
        return service.name === asked || service.aliases.includes(asked);
      });
      const name = port === undefined ? asked : found?.name;
      if (found) return `${String(name).padEnd(16)}  ${String(found.port).padStart(5)}/${each}  ${name}`;
    }
    return undefined;
  }

  #shadow(key: string): string | undefined {
    return linesOf(this.#process, "/etc/shadow").find((line) => line.startsWith(`${key}:`));
  }

  async #shells(): Promise<number> {
    const lines = linesOf(this.#process, "/etc/shells");
    const all = lines.length > 0 ? lines : ["/bin/sh", "/bin/csh"];
    return this.#each(all, async (key) => all.find((shell) => shell === key));
  }

  #ethers(): number {
    if (this.#keys.length > 0) return notFound;
    this.#process.stderr("getent: Enumeration not supported on ethers\n");
    return noEnumeration;
  }

  /** musl knows no networks, and Alpine's getent does not expect that. */
  #networks(): number {
    const segmentationFault = 11;
    if (this.#keys.length === 0) return 0;
    this.#process.kill(this.#process.pid, segmentationFault);
    return 128 + segmentationFault;
  }
}

function groupLine(account: Account): string {
  const members = membersOf(account);
  return account.fields.slice(0, 3).join(":") + (members.length > 0 ? `:${members.join(",")}` : "");
}

/** Writes an IPv4 address as the IPv6 address that stands for it. */
function inSix(address: string): string {
  return address.includes(":") ? address : `::ffff:${address}`;
}

/** The protocols that musl knows. It reads no file for them. */
const protocols: readonly (readonly [string, number])[] = [
  ...([
    ["ip", 0],
    ["icmp", 1],
    ["igmp", 2],
    ["ggp", 3],
    ["ipencap", 4],
    ["st", 5],
    ["tcp", 6],
    ["egp", 8],
  ] as const),
  ...([
    ["pup", 12],
    ["udp", 17],
    ["hmp", 20],
    ["xns-idp", 22],
    ["rdp", 27],
    ["iso-tp4", 29],
    ["xtp", 36],
  ] as const),
  ...([
    ["ddp", 37],
    ["idpr-cmtp", 38],
    ["ipv6", 41],
    ["ipv6-route", 43],
    ["ipv6-frag", 44],
    ["idrp", 45],
  ] as const),
  ...([
    ["rsvp", 46],
    ["gre", 47],
    ["esp", 50],
    ["ah", 51],
    ["skip", 57],
    ["ipv6-icmp", 58],
    ["ipv6-nonxt", 59],
  ] as const),
  ...([
    ["ipv6-opts", 60],
    ["rspf", 73],
    ["vmtp", 81],
    ["ospf", 89],
    ["ipip", 94],
    ["encap", 98],
    ["pim", 103],
  ] as const),
  ["raw", 255],
];
