// What a setting may be, by its kind, and how Redis words what it may not be.
import type { ByteText } from "../../../busybox/byte-text.js";
import { parseInteger } from "../values/numbers.js";

/** A setting cannot be what it is given. The message says why, such as `argument must be 'yes' or 'no'`. */
export class SettingError extends Error {}

/** Reads the words of a setting. Returns the value as it is kept. @throws {SettingError} */
export type SettingReader = (words: readonly ByteText[]) => ByteText;

const units: Readonly<Record<string, bigint>> = {
  "": 1n,
  b: 1n,
  k: 1000n,
  kb: 1024n,
  m: 1000n ** 2n,
  mb: 1024n ** 2n,
  g: 1000n ** 3n,
  gb: 1024n ** 3n,
};

/** Makes the reader of a kind, such as `integer 0 65535` or `choice yes no`. */
export function settingReader(name: string, kind: string): SettingReader {
  const [type, ...rest] = kind.split(" ");
  switch (type) {
    case "boolean":
      return oneWord((word) => {
        if (!/^(?:yes|no)$/i.test(word)) throw new SettingError("argument must be 'yes' or 'no'");
        return word.toLowerCase();
      });
    case "choice":
      return (words) => {
        const chosen = words.map((word) => rest.find((each) => each === word.toLowerCase()));
        if (chosen.includes(undefined)) {
          throw new SettingError(`argument(s) must be one of the following: ${rest.join(", ")}`);
        }
        return chosen.join(" ");
      };
    case "integer":
      return oneWord((word) =>
        bounded(parseInteger(word), "argument couldn't be parsed into an integer", rest),
      );
    case "octal":
      return oneWord((word) => {
        const value = /^[0-7]+$/.test(word) ? BigInt(`0o${word}`) : undefined;
        return bounded(value, "argument couldn't be parsed as an octal number", rest);
      });
    case "memory":
      return oneWord((word) => bounded(bytesOf(word), "argument must be a memory value", rest));
    case "special":
      return specialReaders[name] ?? ((words) => words.join(" "));
    default:
      return oneWord((word) => word);
  }
}

function oneWord(read: (word: ByteText) => ByteText): SettingReader {
  return (words) => {
    const [word, ...others] = words;
    if (word === undefined || others.length > 0) throw new SettingError("wrong number of arguments");
    return read(word);
  };
}

function bounded(
  value: bigint | undefined,
  problem: string,
  [low = "0", high = "0"]: readonly string[],
): string {
  if (value === undefined) throw new SettingError(problem);
  if (value < BigInt(low) || value > BigInt(high)) {
    throw new SettingError(`argument must be between ${low} and ${high} inclusive`);
  }
  return value.toString();
}

/** Reads an amount of memory, such as `100mb`. */
function bytesOf(word: ByteText): bigint | undefined {
  const [, digits, unit = ""] = /^(\d+)([a-z]*)$/i.exec(word) ?? [];
  const factor = units[unit.toLowerCase()];
  return digits === undefined || factor === undefined ? undefined : BigInt(digits) * factor;
}

/** The letters of `notify-keyspace-events` in the order in which they are shown. `A` is most of them. */
const eventClasses = "g$lshzxetdKEmn";
const mostEvents = "g$lshzxetd";

const specialReaders: Readonly<Record<string, SettingReader>> = {
  save(words) {
    if (words.length === 1 && words[0] === "") return "";
    const isValid = words.every((word, at) => /^\d+$/.test(word) && (at % 2 === 1 || Number(word) > 0));
    if (words.length % 2 === 1 || !isValid) throw new SettingError("Invalid save parameters");
    return words.map(Number).join(" ");
  },
  "notify-keyspace-events": oneWord((word) => {
    const letters = new Set(word.replace("A", mostEvents));
    if (![...letters].every((letter) => eventClasses.includes(letter))) {
      throw new SettingError("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
    const shown = [...eventClasses].filter((letter) => letters.has(letter)).join("");
    return shown.replace(mostEvents, "A");
  }),
};
