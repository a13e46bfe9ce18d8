import { formatAddress, parseAddress } from "@dryharbor/kernel/host";
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
  const problem = addrProblem(text);
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
  const refuse = (why: string) => new JsonTypeError(`netip.ParsePrefix(${quotedText(text)}): ${why}`);
  const slash = text.lastIndexOf("/");
  if (slash < 0) throw refuse("no '/'");
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  const problem = address === "" ? wrongAddr("", "unable to parse IP") : addrProblem(address);
  if (problem !== undefined) throw refuse(problem);
  if (withoutZone(address)[1] !== undefined) throw refuse("IPv6 zones cannot be present in a prefix");
  if (!/^(\d|[1-9]\d+)$/.test(bits) || BigInt(bits) >= 1n << 63n) {
    throw refuse(`bad bits after slash: ${quotedText(bits)}`);
  }
  if (Number(bits) > (address.includes(":") ? 128 : 32)) throw refuse("prefix length out of range");
  return `${readAddr(address)}/${bits}`;
}

/** Splits the zone off an IPv6 address. */
function withoutZone(text: string): readonly [bare: string, zone: string | undefined] {
  const at = text.indexOf("%");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Returns what is wrong with an address, in Go's words, or `undefined`. */
function addrProblem(text: string): string | undefined {
  const [first] = /[.:%]/.exec(text) ?? [];
  if (first === ".") return ipv4Problem(text, text);
  if (first === ":") return ipv6Problem(text);
  return wrongAddr(text, first === "%" ? "missing IPv6 address" : "unable to parse IP");
}

function wrongAddr(text: string, why: string, at = ""): string {
  return `ParseAddr(${quotedText(text)}): ${why}${at === "" ? "" : ` (at ${quotedText(at)})`}`;
}

/** @param part - the part of the text that is an IPv4 address */
function ipv4Problem(text: string, part: string): string | undefined {
  let dots = 0;
  let value = 0;
  let digits = 0;
  for (const [at, character] of [...part].entries()) {
    const rest = part.slice(at);
    if (/\d/.test(character)) {
      if (digits === 1 && value === 0) return wrongAddr(text, "IPv4 field has octet with leading zero");
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return wrongAddr(text, "IPv4 field has value >255");
    } else if (character === ".") {
      if (digits === 0 || rest.length === 1) {
        return wrongAddr(text, "IPv4 field must have at least one digit", rest);
      }
      if (dots === 3) return wrongAddr(text, "IPv4 address too long");
      dots++;
      value = 0;
      digits = 0;
    } else {
      return wrongAddr(text, "unexpected character", rest);
    }
  }
  return dots < 3 ? wrongAddr(text, "IPv4 address too short") : undefined;
}

function ipv6Problem(text: string): string | undefined {
  const [bare, zone] = withoutZone(text);
  if (zone === "") return wrongAddr(text, "zone must be a non-empty string");
  let rest = bare;
  let shortened = false;
  if (rest.startsWith("::")) {
    shortened = true;
    rest = rest.slice(2);
    if (rest === "") return undefined;
  }
  let bytes = 0;
  while (bytes < 16) {
    const [digits = ""] = /^[0-9a-f]*/i.exec(rest) ?? [];
    if (digits.length > 4) return wrongAddr(text, "each group must have 4 or less digits", rest);
    if (digits === "") {
      return wrongAddr(text, "each colon-separated field must have at least one digit", rest);
    }
    if (rest[digits.length] === ".") {
      if (!shortened && bytes !== 12) {
        return wrongAddr(text, "embedded IPv4 address must replace the final 2 fields of the address", rest);
      }
      if (bytes > 12) {
        return wrongAddr(text, "too many hex fields to fit an embedded IPv4 at the end of the address", rest);
      }
      const problem = ipv4Problem(text, rest);
      if (problem !== undefined) return problem;
      rest = "";
      bytes += 4;
      break;
    }
    bytes += 2;
    rest = rest.slice(digits.length);
    if (rest === "") break;
    if (!rest.startsWith(":")) return wrongAddr(text, "unexpected character, want colon", rest);
    if (rest === ":") return wrongAddr(text, "colon must be followed by more characters", rest);
    rest = rest.slice(1);
    if (rest.startsWith(":")) {
      if (shortened) return wrongAddr(text, "multiple :: in address", rest);
      shortened = true;
      rest = rest.slice(1);
      if (rest === "") break;
    }
  }
  if (rest !== "") return wrongAddr(text, "trailing garbage after address", rest);
  if (bytes < 16 && !shortened) return wrongAddr(text, "address string too short");
  if (bytes === 16 && shortened) return wrongAddr(text, "the :: must expand to at least one field of zeros");
  return undefined;
}
