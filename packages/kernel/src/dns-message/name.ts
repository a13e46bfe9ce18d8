import type { ByteReader, ByteWriter } from "./bytes.js";
import { DnsMessageError } from "./error.js";

// Domain names in DNS messages. A name is a string as DNS tools write it: labels joined by dots, without a
// dot at the end. The root is the empty string. In a label, `\X` stands for the character X, and `\DDD` for
// the byte DDD in decimal. So a label can hold any byte, and every name that was read can be written again
// unchanged.

const longestLabel = 63;
/** The longest name in bytes, with the length before each label and the root at the end. */
const longestName = 255;
/**
 * The two highest bits of a length. When they are set, it is not a length but a pointer to the rest of the
 * name.
 */
const pointerMark = 0b1100_0000;
const pointerReach = 0x4000;

/** Makes a name from plain text. Dots separate labels, and backslashes are ordinary characters. */
export function nameFromText(text: string): string {
  return text
    .replace(/\.$/, "")
    .split(".")
    .map((label) => labelText(new TextEncoder().encode(label)))
    .join(".");
}

/** Reads a name. Follows the pointers of a compressed name. */
export function readName(reader: ByteReader): string {
  const labels: string[] = [];
  let at = reader;
  let start = reader.offset;
  let size = 1;
  for (;;) {
    const length = at.u8();
    if (length === 0) return labels.join(".");
    if (length >= pointerMark) {
      const target = (length - pointerMark) * 0x100 + at.u8();
      // A pointer may only point backwards, so that a chain of pointers ends.
      if (target >= start) throw new DnsMessageError(`a name points from ${start} forward to ${target}`);
      at = at.from(target);
      start = target;
      continue;
    }
    if (length > longestLabel) throw new DnsMessageError(`a label has the reserved length ${length}`);
    size += length + 1;
    if (size > longestName) throw new DnsMessageError(`a name is longer than ${longestName} bytes`);
    labels.push(labelText(at.take(length)));
  }
}

/** The offsets of the names that a message has so far, to which later names can point. */
export type WrittenNames = Map<string, number>;

/** Writes a name. With `written`, a rest of the name that the message already has becomes a pointer. */
export function writeName(writer: ByteWriter, name: string, written?: WrittenNames): void {
  const labels = labelsOf(name);
  const size = labels.reduce((sum, label) => sum + label.length + 1, 1);
  if (size > longestName) throw new DnsMessageError(`"${name}" is longer than ${longestName} bytes`);
  const texts = labels.map(labelText);
  for (const [index, label] of labels.entries()) {
    const rest = texts.slice(index).join(".");
    const earlier = written?.get(rest);
    if (earlier !== undefined) {
      writer.u16(pointerMark * 0x100 + earlier);
      return;
    }
    if (writer.length < pointerReach) written?.set(rest, writer.length);
    writer.u8(label.length);
    writer.put(label);
  }
  writer.u8(0);
}

function labelsOf(name: string): Uint8Array[] {
  const text = /(^|[^\\])(\\\\)*\.$/.test(name) ? name.slice(0, -1) : name;
  if (text === "") return [];
  const labels: number[][] = [[]];
  for (const [piece] of text.matchAll(/\\[0-9]{3}|\\?./gsu)) {
    if (piece === ".") labels.push([]);
    else labels.at(-1)!.push(...bytesOf(piece, name));
  }
  return labels.map((bytes) => {
    if (bytes.length === 0) throw new DnsMessageError(`"${name}" has an empty label`);
    if (bytes.length > longestLabel) {
      throw new DnsMessageError(`"${name}" has a label of more than ${longestLabel} bytes`);
    }
    return Uint8Array.from(bytes);
  });
}

function bytesOf(piece: string, name: string): Iterable<number> {
  if (piece === "\\") throw new DnsMessageError(`"${name}" ends within an escape`);
  if (!piece.startsWith("\\")) return new TextEncoder().encode(piece);
  const escaped = piece.slice(1);
  if (!/^[0-9]/.test(escaped)) return new TextEncoder().encode(escaped);
  const byte = Number(escaped);
  if (escaped.length < 3 || byte > 0xff) throw new DnsMessageError(`"${name}" has a bad escape: ${piece}`);
  return [byte];
}

const plain = /^[!#-&*+,\-/0-9:<=>?A-Z[\]^_`a-z{|}~]*$/;

/**
 * Formats a label. It escapes the same characters as Go's most used DNS library (miekg/dns), so that names are
 * the same.
 */
function labelText(label: Uint8Array): string {
  const text = String.fromCharCode(...label);
  if (plain.test(text)) return text;
  return Array.from(text, escaped).join("");
}

function escaped(character: string): string {
  if (plain.test(character)) return character;
  const byte = character.charCodeAt(0);
  return byte < 0x20 || byte > 0x7e ? `\\${String(byte).padStart(3, "0")}` : `\\${character}`;
}
