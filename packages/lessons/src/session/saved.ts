// A session as plain JSON, and as text for a link or a file. The next releases read what this one writes: the version
// grows with the shape, and `readSaved` goes on reading the earlier ones. A state may be of another version of the
// simulator; then the commands lead to it again.

import { UsageError } from "@dryharbor/sdk/port";
import type { Outcome } from "../checks/state.js";
import type { Level, LevelRelease } from "../level/level.js";

/** The mark by which a saved session is known. */
export const savedFormat = "dryharbor-session";
export const savedVersion = 1;

/** A session as plain JSON. */
export interface SavedSession {
  readonly format: typeof savedFormat;
  readonly version: typeof savedVersion;
  /** The level's id, or a level that is in no list. */
  readonly level: string | Level;
  readonly release?: LevelRelease;
  readonly commands: readonly SavedCommand[];
  /** How many steps are done. */
  readonly position: number;
  /** The answers to predictions: the place of the step, and that of the choice. */
  readonly answers: readonly (readonly [step: number, choice: number])[];
  /** How many hints have been given. */
  readonly hints: number;
  /** The state that the commands have led to. */
  readonly snapshot?: object;
}

/** A command of a {@link SavedSession}. Only one with a snapshot has the outcome, since commands alone are carried out again. */
export interface SavedCommand {
  readonly command: string;
  readonly typed?: readonly string[];
  readonly cwd?: string;
  readonly movedTo?: string;
  readonly outcome?: Outcome;
  readonly position?: number;
}

/**
 * Returns a session of a level in which nothing has been done yet, as a link to a level holds it that is in no list.
 *
 * @example location.hash = await toText(untouched(readLevel(file)));
 */
export function untouched(level: Level): SavedSession {
  return {
    format: savedFormat,
    version: savedVersion,
    level,
    commands: [],
    position: 0,
    answers: [],
    hints: 0,
  };
}

/** What a text begins with: it tells what it is, and how it is written. */
const mark = "dh1.";

/**
 * Writes a saved session as text of letters, digits, `-`, `_` and `.`, for the fragment of a link.
 *
 * @example location.hash = await toText(session.save({ state: false })); // "dh1.H4sIAAAA…"
 */
export async function toText(saved: SavedSession): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(saved));
  return `${mark}${toBase64(await through(new CompressionStream("gzip"), bytes))}`;
}

/**
 * Reads what {@link toText} has written, now or in an earlier release.
 * @throws {UsageError} it is something else, damaged, or of a later version
 */
export async function fromText(text: string): Promise<SavedSession> {
  const trimmed = text.trim();
  if (!trimmed.startsWith(mark)) {
    if (/^dh\d+\./.test(trimmed))
      throw new UsageError("this link is of a later version of Dryharbor than this one");
    throw new UsageError(`this is no saved session: one begins with "${mark}"`);
  }
  let value: unknown;
  try {
    const bytes = await through(new DecompressionStream("gzip"), fromBase64(trimmed.slice(mark.length)));
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UsageError("this link is damaged: a part of it is missing or has changed");
  }
  return readSaved(value);
}

/**
 * Reads a saved session from what JSON holds.
 * @throws {UsageError} it is none, or of a later version
 */
export function readSaved(value: unknown): SavedSession {
  const given = (typeof value === "object" && value !== null ? value : {}) as Partial<SavedSession>;
  if (given.format !== savedFormat)
    throw new UsageError(`this is no saved session: its format is not "${savedFormat}"`);
  if (given.version !== savedVersion) {
    throw new UsageError(
      `this session is of version ${given.version}, and this release reads version ${savedVersion}`,
    );
  }
  const isList = (list: unknown, each: (one: unknown) => boolean) => Array.isArray(list) && list.every(each);
  const isCommand = (one: unknown) =>
    typeof (one as SavedCommand | null)?.command === "string" &&
    isList((one as SavedCommand).typed ?? [], (line) => typeof line === "string") &&
    [(one as SavedCommand).cwd, (one as SavedCommand).movedTo].every(
      (path) => path === undefined || (typeof path === "string" && path.startsWith("/")),
    );
  const isAnswer = (one: unknown) => Array.isArray(one) && one.length === 2 && one.every(isCount);
  const right =
    (typeof given.level === "string" || (typeof given.level === "object" && given.level !== null)) &&
    isList(given.commands, isCommand) &&
    isCount(given.position) &&
    isList(given.answers, isAnswer) &&
    isCount(given.hints) &&
    (given.snapshot === undefined || typeof given.snapshot === "object");
  if (!right) throw new UsageError("this saved session is damaged: parts of it are missing or have changed");
  return given as SavedSession;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

async function through({ readable, writable }: CompressionStream, bytes: Uint8Array): Promise<Uint8Array> {
  const writer = writable.getWriter();
  // What goes wrong here goes wrong for the reader, too.
  const written = writer.write(bytes as Uint8Array<ArrayBuffer>).then(() => writer.close());
  written.catch(() => undefined);
  const reader = readable.getReader();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value!);
  }
  await written;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64 for links (RFC 4648, section 5), without padding. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const count = Math.min(bytes.length - at, 3) + 1;
    for (let place = 0; place < count; place++) text += letters[(group >> (18 - 6 * place)) & 63];
  }
  return text;
}

function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const letter of text) {
    const value = letters.indexOf(letter);
    if (value < 0) throw new UsageError("this link is damaged");
    bits = ((bits << 6) | value) & 0xfff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = (bits >> count) & 0xff;
    }
  }
  return bytes;
}
