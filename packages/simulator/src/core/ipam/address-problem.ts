/**
 * Returns the message with which Go's netip.ParseAddr refuses a text, or `undefined` when the text is an
 * address. The engine passes this message on in some places.
 */
export function addressProblem(text: string): string | undefined {
  const problem = problemOf(text);
  return problem === undefined ? undefined : `ParseAddr("${text}"): ${problem}`;
}

function problemOf(text: string): string | undefined {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === ".") return ipv4Problem(text);
  if (first === ":") return ipv6Problem(text);
  return first === "%" ? "missing IPv6 address" : "unable to parse IP";
}

function ipv4Problem(text: string): string | undefined {
  let fields = 0;
  let value = 0;
  let digits = 0;
  for (const [at, character] of [...text].entries()) {
    if (character >= "0" && character <= "9") {
      if (digits === 1 && value === 0) return "IPv4 field has octet with leading zero";
      value = value * 10 + Number(character);
      digits++;
      if (value > 255) return "IPv4 field has value >255";
    } else if (character === ".") {
      // There is no digit before the dot, or none after it.
      if (at === 0 || at === text.length - 1 || text[at - 1] === ".") {
        return `IPv4 field must have at least one digit${place(text.slice(at))}`;
      }
      if (fields === 3) return "IPv4 address too long";
      fields++;
      value = 0;
      digits = 0;
    } else {
      return `unexpected character${place(text.slice(at))}`;
    }
  }
  return fields < 3 ? "IPv4 address too short" : undefined;
}

function ipv6Problem(text: string): string | undefined {
  const percent = text.indexOf("%");
  if (percent >= 0 && percent === text.length - 1) return "zone must be a non-empty string";
  let rest = percent < 0 ? text : text.slice(0, percent);
  let bytes = 0;
  let ellipsis = false;
  if (rest.startsWith("::")) {
    ellipsis = true;
    rest = rest.slice(2);
    if (rest === "") return undefined;
  }
  while (bytes < 16) {
    const group = /^[0-9a-fA-F]*/.exec(rest)?.[0] as string;
    if (group.length > 4) {
      return `each group must have 4 or less digits${place(rest)}`;
    }
    if (group === "") return `each colon-separated field must have at least one digit${place(rest)}`;
    if (rest[group.length] === ".") {
      if (!ellipsis && bytes !== 12) {
        return `embedded IPv4 address must replace the final 2 fields of the address${place(rest)}`;
      }
      if (bytes + 4 > 16) {
        return `too many hex fields to fit an embedded IPv4 at the end of the address${place(rest)}`;
      }
      const problem = ipv4Problem(rest);
      if (problem !== undefined) return problem;
      bytes += 4;
      rest = "";
      break;
    }
    bytes += 2;
    rest = rest.slice(group.length);
    if (rest === "") break;
    if (!rest.startsWith(":")) return `unexpected character, want colon${place(rest)}`;
    if (rest === ":") return `colon must be followed by more characters${place(rest)}`;
    rest = rest.slice(1);
    if (rest.startsWith(":")) {
      if (ellipsis) return `multiple :: in address${place(rest)}`;
      ellipsis = true;
      rest = rest.slice(1);
      if (rest === "") break;
    }
  }
  if (rest !== "") return `trailing garbage after address${place(rest)}`;
  if (bytes < 16) return ellipsis ? undefined : "address string too short";
  return ellipsis ? "the :: must expand to at least one field of zeros" : undefined;
}

function place(rest: string): string {
  return ` (at "${rest}")`;
}
