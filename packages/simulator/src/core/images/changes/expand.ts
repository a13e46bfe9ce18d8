import { engineError } from "@dryharbor/sdk/port";

/** Returns the value of a variable, or `undefined` if it is not set. */
export type Variables = (name: string) => string | undefined;

/**
 * Expands a word of a Dockerfile: removes its quotes and replaces `$name`, `${name}`, `${name:-otherwise}`
 * and `${name:+instead}` outside of single quotes.
 *
 * @throws 400 for a quote or brace that is not closed
 */
export function expand(word: string, variables: Variables): string {
  let at = 0;
  const failed = (why: string) => engineError(400, `failed to process ${JSON.stringify(word)}: ${why}`);

  /** Reads up to the character `end`, which stays unread. */
  function until(end: string): string {
    let text = "";
    while (at < word.length && word[at] !== end) {
      const character = word[at++] as string;
      if (character === "'" && end !== '"') text += singleQuoted();
      else if (character === '"' && end !== '"') text += doubleQuoted();
      else if (character === "$") text += variable();
      else if (character === "\\") {
        if (at === word.length) return text;
        const next = word[at++] as string;
        text += end === '"' && next !== '"' && next !== "$" && next !== "\\" ? `\\${next}` : next;
      } else text += character;
    }
    return text;
  }

  function singleQuoted(): string {
    const end = word.indexOf("'", at);
    if (end < 0) throw failed("unexpected end of statement while looking for matching single-quote");
    const text = word.slice(at, end);
    at = end + 1;
    return text;
  }

  function doubleQuoted(): string {
    const text = until('"');
    if (at === word.length) {
      throw failed("unexpected end of statement while looking for matching double-quote");
    }
    at++;
    return text;
  }

  function variable(): string {
    if (word[at] !== "{") {
      const [name = ""] = /^([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])/.exec(word.slice(at)) ?? [];
      at += name.length;
      return name === "" ? "$" : (variables(name) ?? "");
    }
    at++;
    const [name = ""] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(word.slice(at)) ?? [];
    at += name.length;
    const value = variables(name) ?? "";
    const modifier = /^:?[-+]/.exec(word.slice(at))?.[0] ?? "";
    at += modifier.length;
    const other = modifier === "" ? "" : until("}");
    if (word[at] !== "}") throw failed("syntax error: missing '}'");
    at++;
    if (modifier.endsWith("-")) return value === "" ? other : value;
    if (modifier.endsWith("+")) return value === "" ? "" : other;
    return value;
  }

  return until("");
}
