import { row, since26, since28, since29 } from "./row.js";

/**
 * The words in which Go reports a JSON syntax error: those of its `scanner`, or those of `jsontext`, the
 * parser that replaced it in Go 1.27 and kept most of them.
 */
export type SyntaxWords = "scanner" | "jsontext";

/** How a Go release reports a JSON value of the wrong type. */
export interface TypeWords {
  /**
   * How the place of the value is written.
   * - `keys`: the enclosing struct and the keys that lead to the value.
   * - `keysAndEmbedded`: the names of embedded structs as well (Go 1.24).
   * - `everything`: the outermost struct, with map keys and list indexes (Go 1.27).
   */
  readonly place: "keys" | "keysAndEmbedded" | "everything";
  /** A type with its own decoder ends all decoding when it fails, and earlier problems are not reported. */
  readonly ownDecodingEndsIt: boolean;
  /** A time is parsed together with the quotes around it, and errors show them. */
  readonly timeIsParsedQuoted: boolean;
}

interface Decoder {
  readonly syntax: SyntaxWords;
  /** A body that breaks off after its first value counts as having more data. */
  readonly brokenOffIsMore: boolean;
  readonly types: TypeWords;
}

/**
 * The engine's ways to read a body: `json` for most handlers, `swarm` for `/swarm` and plugins, and one each
 * for the create of a container, a commit, `/containers/{id}/update` and `/auth`.
 */
export type BodyReading = "json" | "swarm" | "config" | "commit" | "update" | "auth";

export interface BodyRules {
  /** The header Content-Type must say JSON. */
  readonly checksType: boolean;
  /** A request without a body counts as one with `{}`. */
  readonly mayBeMissing: boolean;
  /** The message about data after the first value, which is refused with 400. `undefined`: it is passed over. */
  readonly more: string | undefined;
  /** Status of a decoder's error, and the prefix of its message. */
  readonly status: number;
  readonly before: string;
  /** The message about a body without JSON, empty or all spaces. `undefined`: it counts as an empty object. */
  readonly nothing: string | undefined;
}

const checked20: BodyRules = {
  checksType: true,
  mayBeMissing: false,
  more: undefined,
  status: 400,
  before: "",
  nothing: "got EOF while reading request body",
};

/** The decoder's error is passed on as it is, and counts as a server error. */
const bare20: BodyRules = { ...checked20, status: 500, nothing: "EOF" };

const checked26: BodyRules = {
  checksType: true,
  mayBeMissing: true,
  more: "unexpected content after JSON",
  status: 400,
  before: "invalid JSON: ",
  nothing: "invalid JSON: got EOF while reading request body",
};

const auth: BodyRules = { ...bare20, checksType: false };

const badAuth = "invalid X-Registry-Auth header: ";

const bodies26: Readonly<Record<BodyReading, BodyRules>> = {
  json: checked26,
  swarm: checked26,
  config: { ...checked26, mayBeMissing: false },
  commit: { ...checked26, nothing: undefined },
  update: checked26,
  auth,
};

/**
 * Differences between releases in how requests are read and answered. The comment of a boolean row describes
 * `true`. "Seen" names the request that showed the difference; a number in parentheses is a section of
 * docs/engine-facts.md.
 */
export const requestsRows = {
  /**
   * How the Go version that a release is built with reports invalid JSON. Seen: wrong types in every place,
   * bodies that break off.
   */
  decoder: row<Decoder>(
    {
      syntax: "scanner",
      brokenOffIsMore: false,
      types: { place: "keys", ownDecodingEndsIt: true, timeIsParsedQuoted: true },
    },
    {
      syntax: "scanner",
      brokenOffIsMore: false,
      types: { place: "keysAndEmbedded", ownDecodingEndsIt: true, timeIsParsedQuoted: false },
    },
    {
      syntax: "jsontext",
      brokenOffIsMore: true,
      types: { place: "everything", ownDecodingEndsIt: false, timeIsParsedQuoted: false },
    },
    // Docker builds 29 with Go 1.26, and Debian builds 28.5 with 1.27.
    {
      syntax: "scanner",
      brokenOffIsMore: false,
      types: { place: "keysAndEmbedded", ownDecodingEndsIt: true, timeIsParsedQuoted: false },
    },
  ),

  /**
   * How that Go version writes text: whether back space and form feed have short escapes, and what stands for
   * invalid UTF-8. Seen: names that contain these.
   */
  encoder: row(
    { shortEscapes: false, invalidText: "\\ufffd" },
    { shortEscapes: true, invalidText: "\\ufffd" },
    { shortEscapes: true, invalidText: "\ufffd" },
    { shortEscapes: true, invalidText: "\\ufffd" },
  ),

  /** How JSON bodies are read, by handler. Seen: bodies that are empty, of another type, too long. */
  bodies: row<Readonly<Record<BodyReading, BodyRules>>>(
    {
      json: checked20,
      swarm: { ...checked20, checksType: false },
      config: bare20,
      commit: { ...bare20, nothing: undefined },
      update: bare20,
      auth,
    },
    bodies26,
    bodies26,
    {
      ...bodies26,
      config: { ...checked26, mayBeMissing: false, nothing: "invalid JSON: EOF" },
      commit: checked26,
      auth: {
        ...checked26,
        checksType: false,
        mayBeMissing: false,
        before: `${badAuth}invalid JSON: `,
        nothing: `${badAuth}invalid JSON: EOF`,
        more: `${badAuth}multiple JSON documents not allowed`,
      },
    },
  ),

  /** The refusal of a parameter `filters` that does not parse as filters. Seen: `{`, `[]`, `{"name":5}`. */
  malformedFilters: since26(
    { status: 500, message: (words: string) => words },
    { status: 400, message: () => "invalid filter" },
  ),

  /** The message about a content type other than JSON. Seen: `text/plain`, none, and malformed ones. */
  notJson: since26(
    (given: string, _problem: string | undefined) =>
      `Content-Type specified (${given}) must be 'application/json'`,
    (given: string, problem: string | undefined) =>
      problem === undefined
        ? `unsupported Content-Type header (${given}): must be 'application/json'`
        : `malformed Content-Type header (${given}): ${problem}`,
  ),

  /**
   * A wait for an unknown condition is refused. 20.10 treats it as `not-running`. Seen on all three
   * (docs/engine-facts.md, 4.2).
   */
  refusesUnknownWaitCondition: since26(false, true),
  /**
   * The answer of a wait has `Error` even when nothing went wrong. Seen on all three (docs/engine-facts.md,
   * 4.2).
   */
  waitShowsNoError: since26(true, false),

  /** The refusal of a `since` or `until` of events and logs that is no time. Seen: `zz`, `1.x`. */
  badTime: since29(
    { status: 500, message: (_quotedName: string, why: string) => why },
    { status: 400, message: (quotedName: string, why: string) => `invalid value for ${quotedName}: ${why}` },
  ),
  /** What is wrong with such a time is said in words of the engine's own, and not in strconv's. Seen: the same. */
  timesInOwnWords: since29(false, true),
  /** Logs read their times before they look for the container. Seen: logs of an unknown container. */
  readsTimesOfLogsFirst: since29(false, true),
  /** The message about logs of neither stream. Seen: logs without `stdout` and `stderr`. */
  noStreamOfLogs: since29(
    "Bad parameters: you must choose at least one stream",
    "must specify at least one of 'stdout' or 'stderr'",
  ),
  /** The API version from which logs come as JSON where a client asks so; `undefined` for none. Seen: `format=json`. */
  jsonLogsSince: since29<string | undefined>(undefined, "1.54"),

  /** Status of an integer that does not parse. Seen: a list's `limit`, a stop's `t`. */
  badIntegerStatus: since29(500, 400),

  /** The answer of logs has the content type of its stream. Seen on all three. */
  tellsTypeOfLogs: since26(false, true),
  /**
   * Returns the message about a terminal's height or width that is no number; `undefined` when it is read as
   * any integer parameter is. Seen on all three.
   */
  badTerminalSize: since28<((what: string, quoted: string, why: string) => string) | undefined>(
    undefined,
    (what, quoted, why) => `invalid resize ${what} ${quoted}: ${why}`,
  ),

  /**
   * Errors are plain text for clients of API versions before this one; empty when they are always JSON. Seen
   * on all three (docs/engine-facts.md, 6).
   */
  plainErrorsBefore: row("1.24", "", "1.24"),
  /** The same for the answer to a path without a route. Seen on all three: `PATCH /v1.20/networks`. */
  plainNotFoundBefore: row("1.24", "", ""),
};
