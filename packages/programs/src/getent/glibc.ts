// glibc's getent.
import {
  formatAddress,
  type HostEntry,
  LookupError,
  type LookupOptions,
  type ProcessContext,
  parseAddress,
  unmap,
} from "@dryharbor/kernel";
import { parseOptions } from "../busybox/options.js";
import { addressIn } from "../libc/glibc/hosts-file.js";
import { type Account, accountsOf, linesOf, membersOf, numberIn, servicesOf, wordsIn } from "./databases.js";

const notFound = 2;
const noEnumeration = 3;
const badUsage = 64;

const hint = "Try `getent --help' or `getent --usage' for more information.\n";

const help = `Usage: getent [OPTION...] database [key ...]
Get entries from administrative database.

  -A, --no-addrconfig        do not filter out unsupported IPv4/IPv6 addresses
                             (with ahosts*)
  -i, --no-idn               disable IDN encoding
  -s, --service=CONFIG       Service configuration to be used
  -?, --help                 Give this help list
      --usage                Give a short usage message
  -V, --version              Print program version

Mandatory or optional arguments to long options are also mandatory or optional
for any corresponding short options.

Supported databases:
ahosts ahostsv4 ahostsv6 aliases ethers group gshadow hosts initgroups
netgroup networks passwd protocols rpc services shadow

For bug reporting instructions, please see:
<http://www.debian.org/Bugs/>.
`;

const usage = `Usage: getent [-Ai?V] [-s CONFIG] [--no-addrconfig] [--no-idn]
            [--service=CONFIG] [--help] [--usage] [--version]
            database [key ...]
`;

/** The letter of an option that has only a long name. */
const usageLetter = "\x01";

const options = {
  flags: `Ai?V${usageLetter}`,
  values: "s",
  long: {
    "no-addrconfig": "A",
    "no-idn": "i",
    service: "s",
    help: "?",
    usage: usageLetter,
    version: "V",
  },
};

/** `getent [-s CONFIG] database [key ...]` of glibc. */
export async function glibcGetent(process: ProcessContext): Promise<number> {
  const parsed = parseOptions(process.argv.slice(1), options);
  if (typeof parsed === "string") {
    process.stderr(`getent: ${parsed}\n${hint}`);
    return badUsage;
  }
  const { given, operands } = parsed;
  const shown = given.has("?")
    ? help
    : given.has(usageLetter)
      ? usage
      : given.has("V")
        ? version(process)
        : undefined;
  if (shown !== undefined) {
    process.stdout(shown);
    return 0;
  }
  const [name, ...keys] = operands;
  const database = name === undefined ? undefined : databases[name];
  if (name === undefined || !database) {
    process.stderr(
      name === undefined ? "getent: wrong number of arguments\n" : `Unknown database: ${name}\n`,
    );
    process.stdout(hint);
    return 1;
  }
  const sources = sourcesOf(given.get("s") ?? [], name.startsWith("ahosts") ? "hosts" : name);
  return database(new Query(process, name, keys, sources, !given.has("A")));
}

/** Reads what `-s` says of a database: `files dns`, or `hosts:files`. Returns `undefined` where it says nothing. */
function sourcesOf(configurations: readonly string[], database: string): readonly string[] | undefined {
  let sources: readonly string[] | undefined;
  for (const text of configurations) {
    const [, name, services = ""] = /^(?:([^:]*):)?(.*)$/s.exec(text) ?? [];
    if (name === undefined || name === database)
      sources = services.split(/\s+/).filter((each) => each !== "");
  }
  return sources;
}

/** One call of getent: the keys that are asked for, and where they are looked up. */
class Query {
  constructor(
    readonly process: ProcessContext,
    readonly name: string,
    readonly keys: readonly string[],
    readonly sources: readonly string[] | undefined,
    readonly onlyConfigured: boolean,
  ) {}

  print(line: string): void {
    this.process.stdout(`${line}\n`);
  }

  /** Whether the files count. */
  get readsFiles(): boolean {
    return this.sources?.includes("files") ?? true;
  }

  /** Prints all entries where no key is given, and otherwise the entries that are there of the keys. */
  async each(
    all: readonly string[],
    find: (key: string) => string | undefined | Promise<string | undefined>,
  ): Promise<number> {
    let code = 0;
    if (this.keys.length === 0) for (const line of all) this.print(line);
    for (const key of this.keys) {
      const line = await find(key);
      if (line === undefined) code = notFound;
      else this.print(line);
    }
    return code;
  }

  /** As {@link each}, of entries that are read from files. */
  entries<T>(
    all: readonly T[],
    show: (entry: T) => string,
    is: (entry: T, key: string) => boolean,
  ): Promise<number> {
    const known = this.readsFiles ? all : [];
    return this.each(known.map(show), (key) => {
      const found = known.find((entry) => is(entry, key));
      return found === undefined ? undefined : show(found);
    });
  }

  async lookUp(
    name: string,
    family: 4 | 6 | undefined,
    onlyConfigured: boolean,
  ): Promise<HostEntry | undefined> {
    const wanted = this.sources?.filter((each) => each === "files" || each === "dns");
    const given: LookupOptions = {
      family,
      onlyConfigured,
      ...(wanted && { sources: wanted as ("files" | "dns")[] }),
    };
    try {
      return await this.process.lookup(name, given);
    } catch (error) {
      if (error instanceof LookupError) return undefined;
      throw error;
    }
  }
}

/** A database: prints what is asked for, and resolves to the exit code. */
type Database = (query: Query) => Promise<number>;

const databases: Readonly<Record<string, Database>> = {
  ahosts: (query) => addresses(query, undefined),
  ahostsv4: (query) => addresses(query, 4),
  ahostsv6: (query) => addresses(query, 6),
  aliases: (query) =>
    query.entries(
      linesOf(query.process, "/etc/aliases").filter((line) => line.includes(":")),
      aliasLine,
      (line, key) => line.split(":")[0]?.trim() === key,
    ),
  ethers: (query) => unlisted(query, () => undefined),
  group: (query) => accounts(query, "/etc/group", 3, groupLine),
  gshadow: (query) => lines(query, "/etc/gshadow", 4),
  hosts: (query) => query.each(listedHosts(query), (key) => host(query, key)),
  initgroups: (query) => unlisted(query, (key) => groupsOf(query, key)),
  netgroup: (query) => unlisted(query, () => undefined),
  networks,
  passwd: (query) => accounts(query, "/etc/passwd", 7, ({ fields }) => fields.slice(0, 7).join(":")),
  protocols: (query) =>
    numbered(query, "/etc/protocols", (name, number, aliases) =>
      [`${name.padEnd(21)} ${number}`, ...aliases].join(" "),
    ),
  rpc: (query) =>
    numbered(query, "/etc/rpc", (name, number, aliases) => {
      const own = `${name.padEnd(15)} ${number}`;
      return aliases.length > 0 ? `${own}  ${aliases.join(" ")}` : own;
    }),
  services,
  shadow: (query) => lines(query, "/etc/shadow", 9),
};

function unlisted(query: Query, find: (key: string) => string | undefined): Promise<number> {
  if (query.keys.length > 0) return query.each([], find);
  query.process.stderr(`Enumeration not supported on ${query.name}\n`);
  return Promise.resolve(noEnumeration);
}

/** Lists the lines of /etc/hosts as IPv4 sees them. */
function listedHosts({ process }: Query): readonly string[] {
  return wordsIn(process, "/etc/hosts").flatMap(([first = "", name = "", ...aliases]) => {
    const address = parseAddress(first);
    const seen = address && addressIn({ address, name, aliases }, 4);
    return seen === undefined ? [] : [hostLine(seen, name, aliases)];
  });
}

function hostLine(address: string, name: string, aliases: readonly string[]): string {
  return [address.padEnd(15), name, ...aliases].join(" ");
}

async function host(query: Query, key: string): Promise<string | undefined> {
  const address = parseAddress(key);
  if (address) {
    const text = formatAddress(unmap(address));
    const entry = await query.process.reverse(text);
    return entry && hostLine(text, entry.name, entry.aliases);
  }
  const entry = (await query.lookUp(key, 6, false)) ?? (await query.lookUp(key, 4, false));
  return entry?.addresses.map((each) => hostLine(each, entry.name, entry.aliases)).join("\n");
}

function addresses(query: Query, family: 4 | 6 | undefined): Promise<number> {
  return query.each(listedHosts(query), async (key) => {
    const entry = await query.lookUp(key, family, query.onlyConfigured);
    return entry?.addresses
      .flatMap((each, at) =>
        ["STREAM", "DGRAM ", "RAW   "].map(
          (type, place) => `${each.padEnd(15)} ${type} ${at === 0 && place === 0 ? entry.name : ""}`,
        ),
      )
      .join("\n");
  });
}

function accounts(
  query: Query,
  path: string,
  least: number,
  show: (account: Account) => string,
): Promise<number> {
  // A line for NIS has no numbers.
  const nis = linesOf(query.process, path)
    .filter((line) => /^[+-]/.test(line))
    .map((line): Account => {
      const fields = line.split(":");
      return { name: fields[0] as string, fields: [...fields, ...Array(7).fill("")].slice(0, 7), id: -1 };
    });
  return query.entries([...accountsOf(query.process, path, least), ...nis], show, ({ name, id }, key) => {
    const number = numberIn(key);
    return number === undefined ? name === key : id === number;
  });
}

function aliasLine(line: string): string {
  const [, name = "", members = ""] = /^\s*([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
  return `${name}:`.padEnd(16) + members.split(/\s*,\s*/).join(", ");
}

function groupLine(account: Account): string {
  return `${account.fields.slice(0, 3).join(":")}:${membersOf(account).join(",")}`;
}

/** Entries of which each line is shown with this many fields. */
function lines(query: Query, path: string, count: number): Promise<number> {
  return query.entries(
    linesOf(query.process, path),
    (line) => [...line.split(":"), ...Array(count).fill("")].slice(0, count).join(":"),
    (line, key) => line.startsWith(`${key}:`),
  );
}

function groupsOf({ process }: Query, name: string): string {
  const ids = accountsOf(process, "/etc/group", 3)
    .filter((group) => membersOf(group).includes(name))
    .map(({ id }) => ` ${id}`);
  return `${name.padEnd(21)}${ids.join("")}`;
}

/** Entries with a name, a number and aliases. */
function numbered(
  query: Query,
  path: string,
  show: (name: string, number: number, aliases: readonly string[]) => string,
): Promise<number> {
  const all = wordsIn(query.process, path).filter(([, number = ""]) => /^\d+$/.test(number));
  return query.entries(
    all,
    ([name = "", number, ...aliases]) => show(name, Number(number), aliases),
    ([name, number, ...aliases], key) => {
      const wanted = numberIn(key);
      return wanted === undefined ? name === key || aliases.includes(key) : Number(number) === wanted;
    },
  );
}

function services(query: Query): Promise<number> {
  return query.entries(
    servicesOf(query.process),
    ({ name, port, protocol, aliases }) => [`${name.padEnd(21)} ${port}/${protocol}`, ...aliases].join(" "),
    ({ name, port, protocol, aliases }, key) => {
      const [asked = "", wanted] = key.split("/");
      const number = numberIn(asked);
      if (wanted !== undefined && wanted !== protocol) return false;
      return number === undefined ? name === asked || aliases.includes(asked) : port === number;
    },
  );
}

function networks(query: Query): Promise<number> {
  const all = wordsIn(query.process, "/etc/networks").flatMap(([name = "", text = "", ...aliases]) => {
    const parts = text.split(".");
    const number = numberOf([...parts, "0", "0", "0"].slice(0, 4));
    return number === undefined ? [] : [{ name, number, aliases }];
  });
  const dotted = (number: number): string =>
    [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
  return query.entries(
    all,
    ({ name, number, aliases }) => [name.padEnd(21), dotted(number), ...aliases].join(" "),
    ({ name, number, aliases }, key) => {
      const wanted = numberOf(key.split("."));
      return wanted === undefined ? name === key || aliases.includes(key) : number === wanted;
    },
  );
}

/** Reads the parts of a network's number, the last one as the lowest byte. */
function numberOf(parts: readonly string[]): number | undefined {
  if (parts.length > 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => value * 256 + Number(part), 0);
}

/** The version of glibc by the codename of the release. That of bookworm was seen. */
const versions: Readonly<Record<string, readonly [version: string, year: number]>> = {
  bookworm: ["Debian GLIBC 2.36-9+deb12u14) 2.36", 2022],
  trixie: ["Debian GLIBC 2.41-12+deb13u5) 2.41", 2024],
  bullseye: ["Debian GLIBC 2.31-13+deb11u11) 2.31", 2020],
  noble: ["Ubuntu GLIBC 2.39-0ubuntu8.4) 2.39", 2024],
  jammy: ["Ubuntu GLIBC 2.35-0ubuntu3.10) 2.35", 2022],
  focal: ["Ubuntu GLIBC 2.31-0ubuntu9.17) 2.31", 2020],
};

function version(process: ProcessContext): string {
  const release = linesOf(process, "/etc/os-release").find((line) => line.startsWith("VERSION_CODENAME="));
  const [name, year] =
    versions[release?.split("=")[1] ?? ""] ?? (versions.bookworm as readonly [string, number]);
  return `getent (${name}
Copyright (C) ${year} Free Software Foundation, Inc.
This is free software; see the source for copying conditions.  There is NO
warranty; not even for MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.
Written by Thorsten Kukuk.
`;
}
