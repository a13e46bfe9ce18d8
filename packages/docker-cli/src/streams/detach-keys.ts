// The keys that detach from a container's terminal, as they are written and as they are typed.
import { CommandError } from "../command/errors.js";
import { isIn, type Release } from "../releases.js";

/** What the keys are where nobody says otherwise: ctrl-p, ctrl-q. */
export const usualDetachKeys: readonly number[] = [16, 17];

const others: Readonly<Record<string, number>> = { "@": 0, "[": 27, "\\": 28, "]": 29, "^": 30, _: 31 };

/** Reads keys such as `ctrl-x,q`. Returns `undefined` where they cannot be read; no text means the usual keys. */
export function readDetachKeys(text: string): readonly number[] | undefined {
  if (text === "") return usualDetachKeys;
  const keys = text.split(",").map(bytesOf);
  return keys.includes(undefined) ? undefined : keys.flatMap((bytes) => bytes ?? []);
}

/** What is typed for one of the keys. */
function bytesOf(word: string): readonly number[] | undefined {
  if ([...word].length === 1) return [...new TextEncoder().encode(word)];
  const letter = /^ctrl-(.)$/.exec(word)?.[1] ?? "";
  const key = /^[a-z]$/.test(letter) ? letter.charCodeAt(0) - 96 : others[letter];
  return key === undefined ? undefined : [key];
}

/** The part of such keys that is none; `undefined` where all can be read. */
export function unknownKey(text: string): string | undefined {
  return text === "" ? undefined : text.split(",").find((word) => bytesOf(word) === undefined);
}

/** Since 29 a command refuses keys that cannot be read, before it does anything. @throws {CommandError} */
export function checkDetachKeys(text: string, release: Release): void {
  const unknown = isIn(release, { since: "29" }) ? unknownKey(text) : undefined;
  if (unknown !== undefined)
    throw new CommandError(`invalid detach keys (${text}): Unknown character: '${unknown}'`);
}

/** Looks for the keys in what is typed. */
export class DetachKeysSeen {
  #matched = 0;

  constructor(readonly keys: readonly number[]) {}

  /** Takes what was typed. Returns what is to be passed on, and whether the last of the keys has come. */
  take(typed: Uint8Array): { readonly data: Uint8Array; readonly detached: boolean } {
    const passed: number[] = [];
    for (const byte of typed) {
      if (byte === this.keys[this.#matched]) {
        this.#matched++;
        if (this.#matched === this.keys.length) return { data: Uint8Array.from(passed), detached: true };
        continue;
      }
      passed.push(...this.keys.slice(0, this.#matched), byte);
      this.#matched = 0;
    }
    return { data: Uint8Array.from(passed), detached: false };
  }
}
