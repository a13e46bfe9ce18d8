// How the commands of `ip` read their words.
import { type Address, addressBits, formatAddress, type Prefix, parseAddress } from "@dryharbor/kernel";
import { BadUsage, Died } from "./applet.js";

/** What `ip` is asked for before the command. */
export interface IpOptions {
  /** `link` shows no addresses. */
  readonly family: 4 | 6 | "link" | undefined;
  /** What ends a line within one record: a newline, or a backslash with `-o`. */
  readonly lineEnd: "\n" | "\\";
}

/** The words of a command that are not read yet. */
export class Words {
  readonly #words: string[];

  constructor(words: readonly string[]) {
    this.#words = [...words];
  }

  get isEmpty(): boolean {
    return this.#words.length === 0;
  }

  /** Takes the next word, if there is one. */
  take(): string | undefined {
    return this.#words.shift();
  }

  /** Takes the value of the word before. @throws {Died} there is none */
  value(code = 1): string {
    const value = this.#words.shift();
    if (value === undefined) throw new Died('command line is not complete, try "help"', code);
    return value;
  }
}

/** Finds the keyword that a word begins. Returns `undefined` when there is none, or several. */
export function keyword<K extends string>(keywords: readonly K[], word: string): K | undefined {
  const exact = keywords.find((each) => each === word);
  if (exact !== undefined) return exact;
  const begun = word === "" ? [] : keywords.filter((each) => each.startsWith(word));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Finds the command that a word begins. @throws {Died} there is none */
export function command<K extends string>(commands: readonly K[], word: string, code = 1): K {
  const found = keyword(commands, word);
  if (found === undefined) throw new Died(`invalid argument '${word}' to 'ip'`, code);
  return found;
}

const families = { inet: 4, inet6: 6, link: "link" } as const;

/** Reads the options before the command. @throws {BadUsage} */
export function readOptions(args: readonly string[]): {
  readonly options: IpOptions;
  readonly rest: string[];
} {
  const rest = [...args];
  let family: IpOptions["family"];
  let lineEnd: IpOptions["lineEnd"] = "\n";
  while (rest[0]?.startsWith("-")) {
    const word = rest.shift() as string;
    if (word === "--") break;
    switch (keyword(["oneline", "family", "4", "6", "0"], word.replace(/^--?/, ""))) {
      case "oneline":
        lineEnd = "\\";
        break;
      case "family":
        family = familyOf(rest.shift());
        break;
      case "4":
        family = 4;
        break;
      case "6":
        family = 6;
        break;
      case "0":
        family = "link";
        break;
      case undefined:
        throw new BadUsage();
    }
  }
  return { options: { family, lineEnd }, rest };
}

function familyOf(word: string | undefined): IpOptions["family"] {
  if (word === undefined) throw new BadUsage();
  if (word === "inet" || word === "inet6" || word === "link") return families[word];
  throw new Died(`invalid argument '${word}' to 'family'`);
}

/**
 * A prefix that selects addresses. `family` is `undefined` for `default` and `all`, which any family has. Text
 * that is no address selects all of IPv4, as in BusyBox.
 */
export interface Selection {
  readonly family: 4 | 6 | undefined;
  readonly prefix: Prefix | undefined;
}

const wildcards = ["default", "all", "any"];

/** Reads a prefix such as `10.0.0.0/8`. @throws {Died} its length is none */
export function readSelection(text: string, family: IpOptions["family"], code = 1): Selection {
  if (family === "link") {
    throw new Died(`"${text}" may be inet prefix, but it is not allowed in this context`, code);
  }
  if (wildcards.includes(text)) return { family, prefix: undefined };
  const [start = "", length] = text.split("/", 2);
  const address = readAddress(start);
  if (!address || (family !== undefined && address.family !== family)) {
    return { family: start.includes(":") ? 6 : 4, prefix: undefined };
  }
  const all = addressBits[address.family];
  if (length === undefined) return { family: address.family, prefix: { address, bits: all } };
  const bits = /^\d+$/.test(length) && Number(length) <= all ? Number(length) : maskBits(length);
  if (bits === undefined) throw new Died(`an inet prefix is expected rather than "${start}"`, code);
  return { family: address.family, prefix: { address, bits } };
}

/** IPv4 may have fewer than four parts, of which the last ones are zero. */
function readAddress(text: string): Address | undefined {
  if (text.includes(":")) return parseAddress(text);
  const parts = text.split(".");
  if (parts.length > 4 || !parts.every((part) => /^\d*$/.test(part) && Number(part) < 256)) return undefined;
  const value = [...parts, "0", "0", "0"].slice(0, 4).reduce((sum, part) => sum * 256 + Number(part), 0);
  return { family: 4, value: BigInt(value) };
}

function maskBits(text: string): number | undefined {
  const mask = parseAddress(text);
  if (mask?.family !== 4) return undefined;
  const bits = mask.value.toString(2).padStart(32, "0");
  return /^1*0*$/.test(bits) ? bits.replaceAll("0", "").length : undefined;
}

/** Returns whether a selection has an address. */
export function selects({ prefix }: Selection, address: Address): boolean {
  if (!prefix) return true;
  if (prefix.address.family !== address.family) return false;
  const hostBits = BigInt(addressBits[address.family] - prefix.bits);
  return prefix.address.value >> hostBits === address.value >> hostBits;
}

/** Writes a destination: without its length where it is a single host, as `default` where it is everything. */
export function destinationText({ address, bits }: Prefix): string {
  if (bits === 0) return "default";
  const all = addressBits[address.family];
  return bits === all ? formatAddress(address) : `${formatAddress(address)}/${bits}`;
}

/** Checks a number, decimal or hexadecimal. @throws {Died} */
export function checkNumber(text: string, name: string, code = 1): void {
  if (!/^(0x[\da-f]+|\d+)$/i.test(text)) throw new Died(`invalid argument '${text}' to '${name}'`, code);
}

/** What an answer of the kernel is called that refuses. @throws {Died} always */
export function refuse(reason = "Operation not permitted"): never {
  throw new Died(`RTNETLINK answers: ${reason}`, 2);
}

/** Checks that an interface exists. @throws {Died} */
export function checkDevice(names: readonly { readonly name: string }[], device: string, code = 1): void {
  if (!names.some(({ name }) => name === device)) throw new Died(`can't find device '${device}'`, code);
}
