// In which words Go's package net/netip refuses what is no address and no block: programs pass them on to people.

/** Puts a text in quotes, as Go's `%q` does. */
export type Quote = (text: string) => string;

/** What is wrong with an address, as `netip.ParseAddr` says it; `undefined` where it is one. */
export function addressProblem(text: string, quote: Quote): string | undefined {
  const [first] = /[.:%]/.exec(text) ?? [];
  if (first === ".") return ipv4Problem(text, text, quote);
  if (first === ":") return ipv6Problem(text, quote);
  return wrongAddress(text, quote, first === "%" ? "missing IPv6 address" : "unable to parse IP");
}

/** What is wrong with a block such as `10.1.0.0/24`, as `netip.ParsePrefix` says it; `undefined` where it is one. */
export function prefixProblem(text: string, quote: Quote): string | undefined {
  const refuse = (why: string) => `netip.ParsePrefix(${quote(text)}): ${why}`;
  const slash = text.lastIndexOf("/");
  if (slash < 0) return refuse("no '/'");
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  const problem = addressProblem(address, quote);
  if (problem !== undefined) return refuse(problem);
  if (withoutZone(address)[1] !== undefined) return refuse("IPv6 zones cannot be present in a prefix");
  if (!/^(\d|[1-9]\d+)$/.test(bits) || BigInt(bits) >= 1n << 63n) {
    return refuse(`bad bits after slash: ${quote(bits)}`);
  }
  return Number(bits) > (address.includes(":") ? 128 : 32) ? refuse("prefix length out of range") : undefined;
}

/** Splits the zone off an IPv6 address. */
export function withoutZone(text: string): readonly [bare: string, zone: string | undefined] {
  const at = text.indexOf("%");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function wrongAddress(text: string, quote: Quote, why: string, at = ""): string {
  return `ParseAddr(${quote(text)}): ${why}${at === "" ? "" : ` (at ${quote(at)})`}`;
}

/** @param part - the part of the text that is an IPv4 address */
function ipv4Problem(text: string, part: string, quote: Quote): string | undefined {
  let dots = 0;
  let value = 0;
  let digits = 0;
  for (const [at, character] of [...part].entries()) {
    const rest = part.slice(at);
    if (/\d/.test(character)) {
      if (digits === 1 && value === 0)
        return wrongAddress(text, quote, "IPv4 field has octet with leading zero");
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return wrongAddress(text, quote, "IPv4 field has value >255");
    } else if (character === ".") {
      if (digits === 0 || rest.length === 1) {
        return wrongAddress(text, quote, "IPv4 field must have at least one digit", rest);
      }
      if (dots === 3) return wrongAddress(text, quote, "IPv4 address too long");
      dots++;
      value = 0;
      digits = 0;
    } else {
      return wrongAddress(text, quote, "unexpected character", rest);
    }
  }
  return dots < 3 ? wrongAddress(text, quote, "IPv4 address too short") : undefined;
}

function ipv6Problem(text: string, quote: Quote): string | undefined {
  const [bare, zone] = withoutZone(text);
  if (zone === "") return wrongAddress(text, quote, "zone must be a non-empty string");
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
    if (digits.length > 4) return wrongAddress(text, quote, "each group must have 4 or less digits", rest);
    if (digits === "") {
      return wrongAddress(text, quote, "each colon-separated field must have at least one digit", rest);
    }
    if (rest[digits.length] === ".") {
      if (!shortened && bytes !== 12) {
        return wrongAddress(
          text,
          quote,
          "embedded IPv4 address must replace the final 2 fields of the address",
          rest,
        );
      }
      if (bytes > 12) {
        return wrongAddress(
          text,
          quote,
          "too many hex fields to fit an embedded IPv4 at the end of the address",
          rest,
        );
      }
      const problem = ipv4Problem(text, rest, quote);
      if (problem !== undefined) return problem;
      rest = "";
      bytes += 4;
      break;
    }
    bytes += 2;
    rest = rest.slice(digits.length);
    if (rest === "") break;
    if (!rest.startsWith(":")) return wrongAddress(text, quote, "unexpected character, want colon", rest);
    if (rest === ":") return wrongAddress(text, quote, "colon must be followed by more characters", rest);
    rest = rest.slice(1);
    if (rest.startsWith(":")) {
      if (shortened) return wrongAddress(text, quote, "multiple :: in address", rest);
      shortened = true;
      rest = rest.slice(1);
      if (rest === "") break;
    }
  }
  if (rest !== "") return wrongAddress(text, quote, "trailing garbage after address", rest);
  if (bytes < 16 && !shortened) return wrongAddress(text, quote, "address string too short");
  if (bytes === 16 && shortened)
    return wrongAddress(text, quote, "the :: must expand to at least one field of zeros");
  return undefined;
}
