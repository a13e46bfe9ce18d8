// Flags that are addresses and blocks of addresses. Up to 28.5 the command takes any text; since 29 it reads them as Go
// does, and passes them on as Go writes them.
import { formatAddress, formatPrefix, masked, parseCIDR, parseIP } from "@dryharbor/kernel";
import { isIn, type Release } from "../releases.js";
import { FlagValueError } from "./errors.js";
import { type Flag, type FlagOptions, readCsv } from "./flags.js";
import { quoted } from "./quoted.js";

/** An address; empty where there is none. */
export function address(options: FlagOptions = {}): Flag<string> {
  return {
    kind: "string",
    initial: "",
    read: (value, _, release) => {
      if (!readsAddresses(release) || value === "") return value;
      return read(value, `failed to parse IP: ${quoted(value)}`);
    },
    ...options,
  };
}

/** Addresses, which may also come in one value, with commas. */
export function addresses(options: FlagOptions = {}): Flag<readonly string[]> {
  return several((value) => read(value, `invalid string being converted to IP address: ${value}`), options);
}

/** Blocks of addresses, which may also come in one value, with commas. */
export function blocks(options: FlagOptions = {}): Flag<readonly string[]> {
  return several((value) => {
    const block = parseCIDR(value.trim());
    if (!block) throw new FlagValueError(`invalid string being converted to CIDR: ${value}`);
    return formatPrefix(masked(block));
  }, options);
}

/** Whether a release reads addresses itself. */
export function readsAddresses(release: Release): boolean {
  return isIn(release, { since: "29" });
}

function read(value: string, refusal: string): string {
  const found = parseIP(value.trim());
  if (!found) throw new FlagValueError(refusal);
  return formatAddress(found);
}

function several(one: (value: string) => string, options: FlagOptions): Flag<readonly string[]> {
  return {
    kind: "strings",
    initial: [],
    read(value, before, release) {
      if (value === "") return before;
      if (!readsAddresses(release)) return [...before, ...readCsv(value)];
      return [...before, ...readCsv(value.replace(/["'`]/g, "")).map(one)];
    },
    ...options,
  };
}
