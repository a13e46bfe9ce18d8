// The command line of dig: lookups with their options. Those before the first name hold for all.
import { reverseName } from "@dryharbor/kernel/dns-message";
import { digHelp, digUsage } from "./help.js";
import { classNamed, typeNamed, version } from "./names.js";

/** One name to ask for, and how. */
export interface DigLookup {
  name: string;
  type: number;
  class: number;
  server: string | undefined;
  /** What is shown of an answer. */
  shows: Record<
    "cmd" | "comments" | "question" | "answer" | "authority" | "additional" | "stats" | "qr",
    boolean
  >;
  short: boolean;
  identify: boolean;
  isMultiline: boolean;
  showsTtl: boolean;
  showsClass: boolean;
  ttlUnits: boolean;
  overTcp: boolean | undefined;
  tries: number;
  timeout: number;
  recursion: boolean;
  authenticData: boolean;
  checkingDisabled: boolean;
  authoritative: boolean;
  /** The version of EDNS. `undefined` for none. */
  edns: number | undefined;
  udpSize: number;
  cookie: boolean;
  dnssec: boolean;
  ignoresTruncation: boolean;
  stopsAtServfail: boolean;
  search: boolean;
  showsSearch: boolean;
  domain: string | undefined;
  ndots: number | undefined;
  opcode: number;
  headerOnly: boolean;
  id: number | undefined;
}

export interface DigCommand {
  readonly lookups: readonly DigLookup[];
  readonly port: number;
  readonly family: 4 | 6 | undefined;
  readonly from: string | undefined;
  readonly microseconds: boolean;
  /** Warnings about the command line. */
  readonly warnings: string;
}

/** What the command line says in place of lookups. */
export interface DigEnding {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code: number;
}

const typeNs = 2;
const typeA = 1;
const typePtr = 12;

function firstLookup(): DigLookup {
  return {
    name: "",
    type: typeA,
    class: 1,
    server: undefined,
    shows: {
      cmd: true,
      comments: true,
      question: true,
      answer: true,
      authority: true,
      additional: true,
      stats: true,
      qr: false,
    },
    short: false,
    identify: false,
    isMultiline: false,
    showsTtl: true,
    showsClass: true,
    ttlUnits: false,
    overTcp: undefined,
    tries: 3,
    timeout: 5,
    recursion: true,
    authenticData: true,
    checkingDisabled: false,
    authoritative: false,
    edns: 0,
    udpSize: 1232,
    cookie: true,
    dnssec: false,
    ignoresTruncation: false,
    stopsAtServfail: true,
    search: false,
    showsSearch: false,
    domain: undefined,
    ndots: undefined,
    opcode: 0,
    headerOnly: false,
    id: undefined,
  };
}

/** Reads the command line. */
export function readDigCommand(args: readonly string[]): DigCommand | DigEnding {
  const reader = new DigReader(args);
  return reader.read();
}

class DigReader {
  readonly #rest: string[];
  readonly #defaults = firstLookup();
  readonly #lookups: DigLookup[] = [];
  #port = 53;
  #family: 4 | 6 | undefined;
  #from: string | undefined;
  #microseconds = false;
  #warnings = "";
  /** Whether words may be types and classes. Behind `-t` and `-c` they are names. */
  #takesTypes = true;

  constructor(args: readonly string[]) {
    this.#rest = [...args];
  }

  /** What an option changes: the last lookup, or what holds for all that come. */
  get #current(): DigLookup {
    return this.#lookups.at(-1) ?? this.#defaults;
  }

  read(): DigCommand | DigEnding {
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      const ending = this.#take(word);
      if (ending) return ending;
    }
    if (this.#lookups.length === 0) this.#begin(".", typeNs);
    return {
      lookups: this.#lookups,
      port: this.#port,
      family: this.#family,
      from: this.#from,
      microseconds: this.#microseconds,
      warnings: this.#warnings,
    };
  }

  #begin(name: string, type?: number): void {
    const { shows, ...rest } = this.#defaults;
    this.#lookups.push({ ...rest, shows: { ...shows }, name, ...(type !== undefined && { type }) });
  }

  #take(word: string): DigEnding | undefined {
    if (word.startsWith("@")) {
      this.#current.server = word.slice(1);
      return undefined;
    }
    if (word.startsWith("+")) {
      const isKnown = setPlus(this.#current, word.slice(1));
      return isKnown ? undefined : this.#invalid(word);
    }
    if (word.startsWith("-") && word.length > 1) return this.#dash(word);
    const type = this.#takesTypes ? typeNamed(word) : undefined;
    const isNamed = this.#lookups.length > 0;
    if (type !== undefined && (isNamed || this.#rest.length > 0 || word.toUpperCase() === word)) {
      this.#setType(type);
      return undefined;
    }
    const class_ = this.#takesTypes ? classNamed(word) : undefined;
    if (class_ !== undefined && isNamed) {
      this.#current.class = class_;
      return undefined;
    }
    this.#begin(word);
    return undefined;
  }

  #setType(type: number): void {
    this.#current.type = type;
  }

  #invalid(word: string): DigEnding {
    return { stderr: `Invalid option: ${word}\n${digUsage}`, code: 1 };
  }

  #dash(word: string): DigEnding | undefined {
    const letter = word[1] as string;
    switch (letter) {
      case "4":
      case "6":
        this.#family = letter === "4" ? 4 : 6;
        return undefined;
      case "v":
        return { stderr: `DiG ${version}\n`, code: 0 };
      case "h":
        return { stdout: digHelp, code: 0 };
      case "u":
        this.#microseconds = true;
        return undefined;
      case "i":
      case "m":
      case "r":
        return undefined;
    }
    const value = word.length > 2 ? word.slice(2) : this.#rest.shift();
    if (value === undefined) return this.#invalid(word);
    switch (letter) {
      case "b":
        this.#from = value.split("#")[0];
        return undefined;
      case "c": {
        this.#takesTypes = false;
        const class_ = classNamed(value);
        if (class_ === undefined) this.#warnings += `;; Warning, ignoring invalid class ${value}\n`;
        else this.#current.class = class_;
        return undefined;
      }
      case "f":
        return {
          stderr: `${value}: No such file or directory\ndig: couldn't open specified batch file\n`,
          code: 8,
        };
      case "p":
        if (!/^\d+$/.test(value) || Number(value) > 0xffff) {
          return { stderr: `dig: Couldn't parse port number '${value}': out of range\n`, code: 1 };
        }
        this.#port = Number(value);
        return undefined;
      case "q":
        this.#begin(value);
        return undefined;
      case "t": {
        this.#takesTypes = false;
        const type = typeNamed(value);
        if (type === undefined) this.#warnings += `;; Warning, ignoring invalid type ${value}\n`;
        else this.#setType(type);
        return undefined;
      }
      case "x": {
        const name = reverseName(value) ?? `${value.split(".").reverse().join(".")}.in-addr.arpa`;
        this.#begin(`${name}.`, typePtr);
        return undefined;
      }
      default:
        return this.#invalid(word);
    }
  }
}

const sections = ["question", "answer", "authority", "additional"] as const;

type Flag = Exclude<
  {
    [Key in keyof DigLookup]: DigLookup[Key] extends boolean | undefined ? Key : never;
  }[keyof DigLookup],
  undefined
>;

/** Options that are on or off, with what they set. */
const flags: Readonly<Record<string, Flag>> = {
  aaflag: "authoritative",
  aaonly: "authoritative",
  adflag: "authenticData",
  cdflag: "checkingDisabled",
  class: "showsClass",
  cookie: "cookie",
  defname: "search",
  dnssec: "dnssec",
  fail: "stopsAtServfail",
  "header-only": "headerOnly",
  identify: "identify",
  ignore: "ignoresTruncation",
  multiline: "isMultiline",
  rdflag: "recursion",
  recurse: "recursion",
  search: "search",
  showsearch: "showsSearch",
  tcp: "overTcp",
  ttlid: "showsTtl",
  ttlunits: "ttlUnits",
  vc: "overTcp",
};

/** Options that change nothing that the servers here know of. */
const without = new Set(
  `badcookie besteffort coflag crypto dns64prefix ednsflags ednsnegotiation ednsopt expandaaaa expire idnin idnout
keepalive keepopen nsid onesoa padding raflag rrcomments showbadcookie split subnet tcflag unknownformat zflag`.split(
    /\s+/,
  ),
);

const all = [
  ...Object.keys(flags),
  ...without,
  "all",
  "bufsize",
  "cmd",
  "comments",
  "domain",
  "edns",
  "ndots",
  "opcode",
  "qid",
  "qr",
  "retry",
  "short",
  "stats",
  "timeout",
  "tries",
  ...sections,
];

/** Sets what an option of the form `+[no]keyword[=value]` says. Returns `false` for one that there is not. */
function setPlus(lookup: DigLookup, text: string): boolean {
  const [given = "", value] = text.split("=", 2);
  const isOff = given.startsWith("no") && optionNamed(given) === undefined;
  const name = optionNamed(isOff ? given.slice(2) : given);
  if (name === undefined) return false;
  const isOn = !isOff;
  const flag = flags[name];
  if (flag) (lookup as Record<Flag, boolean | undefined>)[flag] = isOn;
  if (name === "ttlunits" && isOn) lookup.showsTtl = true;
  if (name === "showsearch" && isOn) lookup.search = true;
  if (name === "dnssec" && isOn) lookup.edns ??= 0;
  if (flag || without.has(name)) return true;
  const number = Number(value);
  switch (name) {
    case "all":
      for (const section of [...sections, "comments", "stats", "cmd"] as const) lookup.shows[section] = isOn;
      return true;
    case "short":
      lookup.short = isOn;
      return true;
    case "edns":
      lookup.edns = isOn ? (value === undefined ? 0 : number) : undefined;
      return true;
    case "bufsize":
      lookup.udpSize = value === undefined || isOff ? 1232 : number;
      return !Number.isNaN(lookup.udpSize);
    case "domain":
      lookup.domain = isOn ? value : undefined;
      lookup.search = isOn;
      return true;
    case "ndots":
      lookup.ndots = number;
      return !Number.isNaN(number);
    case "opcode":
      lookup.opcode = opcodeNamed(value ?? "");
      return true;
    case "qid":
      lookup.id = number & 0xffff;
      return !Number.isNaN(number);
    case "retry":
      lookup.tries = Math.max(1, number + 1);
      return !Number.isNaN(number);
    case "tries":
      lookup.tries = Math.max(1, number);
      return !Number.isNaN(number);
    case "timeout":
      lookup.timeout = Math.max(1, number);
      return !Number.isNaN(number);
    default:
      lookup.shows[name as keyof DigLookup["shows"]] = isOn;
      return true;
  }
}

function opcodeNamed(text: string): number {
  const names = ["QUERY", "IQUERY", "STATUS", "RESERVED3", "NOTIFY", "UPDATE"];
  const at = names.indexOf(text.toUpperCase());
  return at >= 0 ? at : Number(text) & 0xf || 0;
}

/** Finds an option by its name or by a beginning that no other one has. */
function optionNamed(text: string): string | undefined {
  if (all.includes(text)) return text;
  // Some beginnings mean one option though others begin so, too.
  if (text === "time") return "timeout";
  if (text === "rec" || text === "recur") return "recurse";
  const found = all.filter((name) => name.startsWith(text));
  return text !== "" && found.length === 1 ? found[0] : undefined;
}
