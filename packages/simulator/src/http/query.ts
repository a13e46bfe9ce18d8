import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../core/daemon.js";
import type { FilterValues } from "../core/filters/match.js";
import { quotedText } from "../core/quote.js";
import { InvalidNumber, parseInteger, parseUnsigned } from "../core/strconv.js";
import { readFilters } from "../requests/filters.js";
import { bytesOfUnescaped, EscapeError, unescaped } from "./escapes.js";

/** The values after the question mark, and before them those of a form in the body, as moby reads them. */
export class Query {
  readonly #values = new Map<string, string[]>();
  #problem: string | undefined;

  /** @param form the body, where it is one of `application/x-www-form-urlencoded` */
  constructor(text: string, form = "") {
    this.#read(form);
    const formProblem = this.#problem;
    this.#problem = undefined;
    this.#read(text);
    this.#problem = formProblem ?? this.#problem;
  }

  #read(text: string): void {
    for (const pair of text === "" ? [] : text.split("&")) {
      if (pair.includes(";")) this.#problem = "invalid semicolon separator in query";
      else if (pair !== "") this.#readPair(pair);
    }
  }

  #readPair(pair: string): void {
    const equals = pair.indexOf("=");
    try {
      const name = unescaped((equals < 0 ? pair : pair.slice(0, equals)).replaceAll("+", " "));
      const value = equals < 0 ? "" : unescaped(pair.slice(equals + 1).replaceAll("+", " "));
      const values = this.#values.get(name);
      if (values) values.push(value);
      else this.#values.set(name, [value]);
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      this.#problem ??= error.message;
    }
  }

  /** @throws 400 something in it cannot be read */
  check(): void {
    if (this.#problem !== undefined) throw engineError(400, this.#problem);
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

  /** The same, where nothing said of it need not be no (httputils.BoolValueOrDefault). */
  boolOr(name: string, otherwise: boolean): boolean {
    return this.has(name) ? this.bool(name) : otherwise;
  }

  /**
   * @param tellsWhy the error has Go's own words in it
   * @throws 400 it is given, and no word that Go's ParseBool knows
   */
  strictBool(name: string, { tellsWhy = true } = {}): boolean {
    const text = this.text(name);
    if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
    if (text === "" || /^(0|f|F|FALSE|false|False)$/.test(text)) return false;
    const why = `: strconv.ParseBool: parsing ${quotedText(text)}: invalid syntax`;
    throw engineError(400, `invalid value for ${name}: ${text}${tellsWhy ? why : ""}`);
  }

  /**
   * A whole number; `undefined` for none.
   *
   * @param status of the error: most handlers pass it on as it is, which makes it the engine's own fault
   * @throws it is something else
   */
  int(name: string, status = 500): number | undefined {
    const text = this.text(name);
    try {
      return text === "" ? undefined : parseInteger(text);
    } catch (error) {
      throw error instanceof InvalidNumber ? engineError(status, error.message) : error;
    }
  }

  /**
   * A whole number of 64 bits without a sign.
   *
   * @param message of the error, from the text and what Go says of it
   * @throws 400 it is something else, or not there
   */
  uint(name: string, message: (text: string, why: string) => string): number {
    const text = this.text(name);
    try {
      return parseUnsigned(text, 64);
    } catch (error) {
      throw error instanceof InvalidNumber ? engineError(400, message(text, error.message)) : error;
    }
  }

  /**
   * The parameter `filters`.
   *
   * @param status of the error, where the handler makes one of its own
   * @throws 400, on 20.10 500: it is none
   */
  filters({ release }: Daemon, status?: number): FilterValues {
    return readFilters(release, bytesOfUnescaped(this.text("filters")), status);
  }
}
