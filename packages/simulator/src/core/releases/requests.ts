import { row, since26, since28 } from "./row.js";

/**
 * Whose words say what is wrong in JSON: Go's `scanner`, or the parser that took its place in Go 1.27
 * (`jsontext`), which keeps most of them.
 */
export type SyntaxWords = "scanner" | "jsontext";

/** How a Go release tells of a value of the wrong type. */
export interface TypeWords {
  /**
   * Where it is told to be: `keys`, the struct around it and the keys that lead there; `keysAndEmbedded`, the
   * names of embedded structs among them (Go 1.24); `everything`, the outermost struct, and map keys and
   * places in lists too (Go 1.27).
   */
  readonly place: "keys" | "keysAndEmbedded" | "everything";
  /** A type that decodes itself ends all decoding where it fails, and what went wrong before is not told. */
  readonly ownDecodingEndsIt: boolean;
}

interface Decoder {
  readonly syntax: SyntaxWords;
  /** A body that broke off after its value has more in it. */
  readonly brokenOffIsMore: boolean;
  readonly types: TypeWords;
}

/**
 * The engine's ways of reading a body: most handlers' (`json`), that of `/swarm` and of plugins, that of a new
 * container, of a commit, of `/containers/{id}/update` and of `/auth`.
 */
export type BodyReading = "json" | "swarm" | "config" | "commit" | "update" | "auth";

export interface BodyRules {
  /** Whether the header Content-Type must say JSON. */
  readonly checksType: boolean;
  /** A request without a body is as good as one of `{}`. */
  readonly mayBeMissing: boolean;
  /** Whether something after the value is refused. */
  readonly refusesMore: boolean;
  /** Status of what the decoder refuses, and what stands before its words. */
  readonly status: number;
  readonly before: string;
  /** The message about a body that has nothing in it. */
  readonly nothing: string;
}

const checked20: BodyRules = {
  checksType: true,
  mayBeMissing: false,
  refusesMore: false,
  status: 400,
  before: "",
  nothing: "got EOF while reading request body",
};

/** The decoder's error as it is, which the engine takes for its own fault. */
const bare20: BodyRules = { ...checked20, status: 500, nothing: "EOF" };

const checked26: BodyRules = {
  checksType: true,
  mayBeMissing: true,
  refusesMore: true,
  status: 400,
  before: "invalid JSON: ",
  nothing: "invalid JSON: got EOF while reading request body",
};

const auth: BodyRules = { ...bare20, checksType: false };

/** What differs between releases in how requests are read and answered. Each row says where it was seen. */
export const requestsRows = {
  /** How the Go release that the engine is built with tells of what is wrong in JSON. Seen: wrong types in every place, bodies that break off. */
  decoder: row<Decoder>(
    { syntax: "scanner", brokenOffIsMore: false, types: { place: "keys", ownDecodingEndsIt: true } },
    {
      syntax: "scanner",
      brokenOffIsMore: false,
      types: { place: "keysAndEmbedded", ownDecodingEndsIt: true },
    },
    { syntax: "jsontext", brokenOffIsMore: true, types: { place: "everything", ownDecodingEndsIt: false } },
  ),

  /** How it writes text: back space and form feed by a letter, and what is no UTF-8. Seen: names that have such. */
  encoder: row(
    { shortEscapes: false, invalidText: "\\ufffd" },
    { shortEscapes: true, invalidText: "\\ufffd" },
    { shortEscapes: true, invalidText: "\ufffd" },
  ),

  /** How a body of JSON is read, by what reads it. Seen: bodies that are empty, of another type, too long. */
  bodies: since26<Readonly<Record<BodyReading, BodyRules>>>(
    {
      json: checked20,
      swarm: { ...checked20, checksType: false },
      config: bare20,
      commit: { ...bare20, mayBeMissing: true },
      update: bare20,
      auth,
    },
    {
      json: checked26,
      swarm: checked26,
      config: { ...checked26, mayBeMissing: false },
      commit: checked26,
      update: checked26,
      auth,
    },
  ),

  /** The parameter `filters` is no JSON of filters. Seen: `{`, `[]`, `{"name":5}`. */
  malformedFilters: since26(
    { status: 500, message: (words: string) => words },
    { status: 400, message: () => "invalid filter" },
  ),

  /** A content type that is not JSON's. Seen: `text/plain`, none, and such as make no sense. */
  notJson: since26(
    (given: string, _problem: string | undefined) =>
      `Content-Type specified (${given}) must be 'application/json'`,
    (given: string, problem: string | undefined) =>
      problem === undefined
        ? `unsupported Content-Type header (${given}): must be 'application/json'`
        : `malformed Content-Type header (${given}): ${problem}`,
  ),

  /**
   * A wait for a condition that there is none of: 20.10 takes it for `not-running`. Seen on all three
   * (docs/engine-facts.md, 4.2).
   */
  refusesUnknownWaitCondition: since26(false, true),
  /**
   * Whether the answer of a wait has an `Error` where nothing went wrong. Seen on all three
   * (docs/engine-facts.md, 4.2).
   */
  waitShowsNoError: since26(true, false),

  /** Logs say what type they are. Seen on all three. */
  tellsTypeOfLogs: since26(false, true),
  /** What is said of a terminal's height or width that is none; `undefined`: it is read as any number. Seen on all three. */
  badTerminalSize: since28<((what: string, quoted: string, why: string) => string) | undefined>(
    undefined,
    (what, quoted, why) => `invalid resize ${what} ${quoted}: ${why}`,
  ),

  /**
   * Errors are plain text for clients of API versions before this one; empty for none. Seen on all three
   * (docs/engine-facts.md, 6).
   */
  plainErrorsBefore: row("1.24", "", "1.24"),
  /** The same of what has no route. Seen on all three: `PATCH /v1.20/networks`. */
  plainNotFoundBefore: row("1.24", "", ""),
};
