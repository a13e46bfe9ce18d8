import type { Build } from "./build.js";
import { categories as categories7, options as options7 } from "./options-7.js";
import { categories as categories8, options as options8 } from "./options-8.js";

/** An option of curl. */
export interface Option {
  /** Empty for an option that has only a long name. */
  readonly letter: string;
  readonly name: string;
  /** The description of its argument. Empty for one that has none. */
  readonly argument: string;
  readonly description: string;
  readonly categories: readonly string[];
  /** `flag` can be reversed with `--no-`, `single` cannot. */
  readonly kind: "flag" | "single" | "value";
}

/** The options of a build. */
export interface OptionTable {
  /** Those that the help shows, in its order. Names of some begin with `no-`. */
  readonly shown: readonly Option[];
  /** All by name, without `no-`. */
  readonly byName: ReadonlyMap<string, Option>;
  readonly byLetter: ReadonlyMap<string, Option>;
  /** The categories of the help with their descriptions. */
  readonly categories: readonly (readonly [string, string])[];
}

/** Options without an argument that cannot be reversed. */
const singles: ReadonlySet<string> = new Set([
  ...[
    "anyauth",
    "dump-ca-embed",
    "http1.0",
    "http1.1",
    "http2",
    "http2-prior-knowledge",
    "http3",
    "http3-only",
  ],
  ...["ipv4", "ipv6", "next", "proxy-tlsv1", "sslv2", "sslv3"],
  ...["tlsv1", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3"],
]);

/** Options that no help shows: what they have in common with a shown one is only what they do. */
const unshown = [
  "eprt",
  "epsv",
  "ftp-ssl",
  "ftp-ssl-reqd",
  "include",
  "metalink",
  "npn",
  "socks",
  "krb4=<level>",
];

/** Returns the options of a build. Releases between the two that were seen count as the older one. */
export function optionTable(build: Build): OptionTable {
  const isNew = build.since("8.10");
  let table = tables.get(isNew);
  if (!table) {
    table = isNew ? readTable(options8, categories8) : readTable(options7, categories7);
    tables.set(isNew, table);
  }
  return table;
}

const tables = new Map<boolean, OptionTable>();

function readTable(options: string, categories: string): OptionTable {
  const shown = options.slice(1, -1).split("\n").map(readOption);
  const byName = new Map<string, Option>();
  const byLetter = new Map<string, Option>();
  for (const option of shown) {
    byName.set(option.name.replace(/^no-/, ""), option);
    if (option.letter !== "") byLetter.set(option.letter, option);
  }
  for (const each of unshown) {
    const [name = "", argument = ""] = each.split("=");
    const kind = argument === "" ? "flag" : "value";
    if (!byName.has(name))
      byName.set(name, { letter: "", name, argument, description: "", categories: [], kind });
  }
  return {
    shown,
    byName,
    byLetter,
    categories: categories
      .trim()
      .split("\n")
      .map((line) => [line.replace(/ .*/, ""), line.replace(/^\S+ /, "")] as const),
  };
}

function readOption(line: string): Option {
  const [letter = "", name = "", argument = "", description = "", categories = ""] = line.split("\t");
  const kind = argument !== "" ? "value" : singles.has(name) ? "single" : "flag";
  return { letter, name, argument, description, categories: categories.split(" "), kind };
}
