// The commands for the bits of a string. Bit 0 is the highest one of the first byte.
import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, syntaxError } from "../engine/command-error.js";
import type { Reply } from "../protocol/reply.js";
import { StringValue } from "../values/value.js";
import { enclosed, place } from "./arguments.js";

const noOffset = "ERR bit offset is not an integer or out of range";
const noBit = "ERR bit is not an integer or out of range";

function readOffset({ redis }: Call, text: ByteText | undefined): number {
  const offset = place(text, noOffset);
  if (offset < 0 || offset / 8 >= redis.settings.number("proto-max-bulk-len"))
    throw new CommandError(noOffset);
  return offset;
}

function bitAt(text: ByteText, offset: number): 0 | 1 {
  const byte = offset >= text.length * 8 ? 0 : text.charCodeAt(Math.floor(offset / 8));
  return ((byte >> (7 - (offset % 8))) & 1) === 1 ? 1 : 0;
}

function setBit(call: Call): Reply {
  const { database, args } = call;
  const [key = "", at, bit] = args;
  const offset = readOffset(call, at);
  const value = place(bit, noBit);
  if (value !== 0 && value !== 1) throw new CommandError(noBit);
  const before = database.find(key, "string")?.text ?? "";
  const index = Math.floor(offset / 8);
  const text = before.padEnd(index + 1, "\0");
  const mask = 1 << (7 - (offset % 8));
  const byte = value === 1 ? text.charCodeAt(index) | mask : text.charCodeAt(index) & ~mask;
  const changed = text.slice(0, index) + String.fromCharCode(byte) + text.slice(index + 1);
  database.put(key, new StringValue(changed, true), { keepsExpiry: true });
  return bitAt(before, offset);
}

/** Reads whether places count bits or bytes. */
function isBitUnit(unit: ByteText | undefined): boolean {
  if (unit !== undefined && !/^(?:bit|byte)$/i.test(unit)) throw new CommandError(syntaxError);
  return unit?.toUpperCase() === "BIT";
}

/** Returns the bits that two places enclose, as offsets. */
function bitRange(
  text: ByteText,
  first: number,
  last: number,
  isBit: boolean,
): readonly [from: number, to: number] {
  const unit = isBit ? 1 : 8;
  const length = (text.length * 8) / unit;
  const [from, to] = enclosed(length, first, last < 0 ? Math.max(-length, last) : last);
  return [from * unit, to * unit];
}

function countBits({ database, args }: Call): Reply {
  const [key = "", start, end, unit, ...others] = args;
  if (others.length > 0 || (start !== undefined && end === undefined)) throw new CommandError(syntaxError);
  const [first, last] = start === undefined ? [0, -1] : [place(start), place(end)];
  const isBit = isBitUnit(unit);
  const text = database.read(key, "string")?.text ?? "";
  if (first < 0 && last < 0 && first > last) return 0;
  const [from, to] = bitRange(text, first, last, isBit);
  let count = 0;
  for (let at = from; at < to; at++) count += bitAt(text, at);
  return count;
}

function findBit({ database, args }: Call): Reply {
  const [key = "", bit, start, end, unit, ...others] = args;
  const wanted = place(bit);
  if (wanted !== 0 && wanted !== 1) throw new CommandError("ERR The bit argument must be 1 or 0.");
  if (others.length > 0) throw new CommandError(syntaxError);
  const first = start === undefined ? 0 : place(start);
  const isBit = isBitUnit(unit);
  const last = end === undefined ? -1 : place(end);
  const value = database.read(key, "string");
  // A key that is not there is a row of zeros without end.
  if (!value) return wanted === 1 ? -1 : 0;
  const [from, to] = bitRange(value.text, first, last, isBit);
  for (let at = from; at < to; at++) if (bitAt(value.text, at) === wanted) return at;
  // Behind a text without an end there are zeros.
  return wanted === 0 && end === undefined && from < to ? to : -1;
}

const operations: Readonly<Record<string, (one: number, other: number) => number>> = {
  AND: (one, other) => one & other,
  OR: (one, other) => one | other,
  XOR: (one, other) => one ^ other,
};

function combineBits({ database, args: [word = "", target = "", ...keys] }: Call): Reply {
  const name = word.toUpperCase();
  const operation = operations[name];
  if (!operation && name !== "NOT") throw new CommandError(syntaxError);
  if (name === "NOT" && keys.length !== 1) {
    throw new CommandError("ERR BITOP NOT must be called with a single source key.");
  }
  const texts = keys.map((key) => database.read(key, "string")?.text ?? "");
  const length = Math.max(...texts.map((text) => text.length));
  const byteOf = (text: ByteText, at: number): number => (at < text.length ? text.charCodeAt(at) : 0);
  const bytes = Array.from({ length }, (_, at) => {
    const column = texts.map((text) => byteOf(text, at));
    return operation ? column.reduce(operation) : ~(column[0] as number) & 0xff;
  });
  if (length === 0) database.remove(target);
  else database.put(target, new StringValue(bytes.map((byte) => String.fromCharCode(byte)).join("")));
  return length;
}

export const bitCommands: Readonly<Record<string, Handler>> = {
  setbit: setBit,
  getbit(call) {
    const offset = readOffset(call, call.args[1]);
    return bitAt(call.database.read(call.args[0] ?? "", "string")?.text ?? "", offset);
  },
  bitcount: countBits,
  bitpos: findBit,
  bitop: combineBits,
};
