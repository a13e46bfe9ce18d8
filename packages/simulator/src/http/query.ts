import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../core/daemon.js";
import type { FilterValues } from "../core/filters/match.js";
import { quotedText } from "../core/quote.js";
import { InvalidNumber, parseInteger, parseUnsigned } from "../core/strconv.js";
import { readFilters } from "../requests/filters.js";
import { bytesOfUnescaped, EscapeError, unescaped } from "./escapes.js";

/**
 * The parameters of a request: those of a form in the body first, then those of the query, as moby reads
 * them.
 */
export class Query {
  readonly #values = new Map<string, string[]>();
  #problem: string | undefined;

  /** @param form the body, if it is `application/x-www-form-urlencoded` */
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

  /** Checks that everything could be parsed. @throws {EngineError} 400 */
  check(): void {
    if (this.#problem !== undefined) throw engineError(400, this.#problem);
  }

  /** Returns the first value of this name, or an empty text. */
  text(name: string): string {
    return this.#values.get(name)?.[0] ?? "";
  }

  /** Returns all values of this name. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Returns the first value of each name. */
  first(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#values].map(([name, [value = ""]]) => [name, value]));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Returns a boolean. Every value counts as true except the words for no (moby's httputils.BoolValue). */
  bool(name: string): boolean {
    return !["", "0", "no", "false", "none"].includes(this.text(name).trim().toLowerCase());
  }

  /** Returns a boolean, or a default if the parameter is absent (moby's httputils.BoolValueOrDefault). */
  boolOr(name: string, otherwise: boolean): boolean {
    return this.has(name) ? this.bool(name) : otherwise;
  }

  /**
   * Returns a boolean that must be a word that Go's ParseBool knows.
   *
   * @param tellsWhy the message includes Go's own words
   * @throws {EngineError} 400 for any other value
   */
  strictBool(name: string, { tellsWhy = true } = {}): boolean {
    const text = this.text(name);
    if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
    if (text === "" || /^(0|f|F|FALSE|false|False)$/.test(text)) return false;
    const why = `: strconv.ParseBool: parsing ${quotedText(text)}: invalid syntax`;
    throw engineError(400, `invalid value for ${name}: ${text}${tellsWhy ? why : ""}`);
  }

  /**
   * Returns an integer, or `undefined` if the parameter is empty.
   *
   * @param status of the error; most handlers pass it on as it is, which makes it a server error
   * @throws {EngineError} for anything else
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
   * Returns an unsigned 64-bit integer.
   *
   * @param message makes the error's message from the value and Go's reason
   * @throws {EngineError} 400 for anything else, or if the parameter is absent
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
   * Parses the parameter `filters`.
   *
   * @param status of the error, for handlers that set their own
   * @throws {EngineError} 400, or 500 on 20.10, if it does not parse as filters
   */
  filters({ release }: Daemon, status?: number): FilterValues {
    return readFilters(release, bytesOfUnescaped(this.text("filters")), status);
  }
}
