/** The words and signs of a filter expression. */
export class FilterTokens {
  readonly #tokens: readonly string[];
  #at = 0;

  /** @throws {FilterError} */
  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  /** The token behind the next one. */
  get afterNext(): string | undefined {
    return this.#tokens[this.#at + 1];
  }

  /** Reads something, or goes back to where it began when it is something else. */
  attempt<T>(read: () => T): T | undefined {
    const from = this.#at;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      this.#at = from;
      return undefined;
    }
  }

  /** Takes the next token. @throws {FilterError} at the end */
  take(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new FilterError();
    return token;
  }

  /** Takes the next token if it is one of these. */
  takeIf(...wanted: readonly string[]): string | undefined {
    const { next } = this;
    if (next === undefined || !wanted.includes(next)) return undefined;
    this.#at++;
    return next;
  }

  /** @throws {FilterError} another token comes */
  expect(wanted: string): void {
    if (!this.takeIf(wanted)) throw new FilterError();
  }
}

/** Thrown for an expression that is wrong, with libpcap's words. */
export class FilterError extends Error {
  constructor(message = "can't parse filter expression: syntax error") {
    super(message);
  }
}

const sign = /^(?:&&|\|\||[=!<>]=|<<|>>|[-()[\]!=<>&|+*/%^:])/;
const insideBrackets = /^(?:0[xX][\da-fA-F]+|\d+|[a-zA-Z][\w-]*)/;
/** Names, numbers, addresses and networks. A `-` or `.` at the end belongs to no word. */
const word = /^[\w:](?:[\w.:/-]*[\w:])?/;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let depth = 0;
  let rest = text.trimStart();
  while (rest !== "") {
    const isAccess = depth > 0 || /[[&|+*^=<>]$/.test(tokens.at(-1) ?? "");
    const [found] = (isAccess ? insideBrackets : word).exec(rest) ?? sign.exec(rest) ?? [];
    if (found === undefined) throw new FilterError();
    if (found === "[") depth++;
    if (found === "]") depth--;
    tokens.push(found);
    rest = rest.slice(found.length).trimStart();
  }
  return tokens;
}
