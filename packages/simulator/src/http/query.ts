import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../core/daemon.js";
import type { FilterValues } from "../core/filters/match.js";

/** The values after the question mark, as moby reads them. */
export class Query {
  readonly #values = new Map<string, string[]>();

  constructor(text: string) {
    for (const pair of text === "" ? [] : text.split("&")) {
      const [key = "", ...rest] = pair.split("=");
      const name = unescaped(key);
      const values = this.#values.get(name);
      const value = unescaped(rest.join("="));
      if (values) values.push(value);
      else this.#values.set(name, [value]);
    }
  }

  /** The first value of that name; empty for none. */
  text(name: string): string {
    return this.#values.get(name)?.[0] ?? "";
  }

  /** All values of that name. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Whatever is not a word for no counts as yes (httputils.BoolValue). */
  bool(name: string): boolean {
    return !["", "0", "no", "false", "none"].includes(this.text(name).trim().toLowerCase());
  }

  /** @throws 400 it is given, and no word that Go's ParseBool knows */
  strictBool(name: string): boolean {
    const text = this.text(name);
    if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
    if (text === "" || /^(0|f|F|FALSE|false|False)$/.test(text)) return false;
    throw engineError(
      400,
      `invalid value for ${name}: ${text}: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }

  /** A whole number; `undefined` for none. @throws 500 it is something else */
  int(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    if (/^[+-]?\d+$/.test(text)) return Number(text);
    throw engineError(500, `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }

  /** The parameter `filters`. @throws 400, on 20.10 500: it is none */
  filters(daemon: Daemon): FilterValues {
    const text = this.text("filters");
    if (text === "") return {};
    try {
      const given = JSON.parse(text) as Record<string, string[] | Record<string, boolean> | null> | null;
      return Object.fromEntries(
        Object.entries(given ?? {}).map(([key, values]) => [
          key,
          Array.isArray(values) ? values : Object.keys(values ?? {}),
        ]),
      );
    } catch {
      throw engineError(daemon.release.name === "20.10" ? 500 : 400, "invalid filter");
    }
  }
}

function unescaped(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
