import {
  addressProblem,
  formatAddress,
  parseAddress,
  prefixProblem,
  withoutZone,
} from "@dryharbor/kernel/host";
import { quotedText } from "../quote.js";
import { JsonTypeError } from "./decode.js";

// How Go's package net/netip reads addresses and prefixes: into what, and in which words it refuses the rest.
// Bodies of requests have such fields since 29.

/**
 * Reads an address as `netip.Addr` does, and returns it as Go writes it. Empty text is no address.
 *
 * @throws {JsonTypeError} the text is no address
 */
export function readAddr(text: string): string {
  if (text === "") return "";
  const problem = addressProblem(text, quotedText);
  if (problem !== undefined) throw new JsonTypeError(problem);
  const [bare, zone] = withoutZone(text);
  return formatAddress(parseAddress(bare)!) + (zone === undefined ? "" : `%${zone}`);
}

/**
 * Reads a prefix as `netip.Prefix` does, and returns it as Go writes it. Empty text is no prefix.
 *
 * @throws {JsonTypeError} the text is no prefix
 */
export function readPrefix(text: string): string {
  if (text === "") return "";
  const problem = prefixProblem(text, quotedText);
  if (problem !== undefined) throw new JsonTypeError(problem);
  const slash = text.lastIndexOf("/");
  return `${readAddr(text.slice(0, slash))}${text.slice(slash)}`;
}
