import type { ByteReader, ByteWriter } from "./bytes.js";
import { DnsMessageError } from "./error.js";

// Names are strings as DNS tools write them: labels joined by dots, no dot at the end, the root empty.
// In a label, `\X` stands for the character X and `\DDD` for the byte DDD in decimal, so that a label
// may hold any byte, and every name that is read can be written again as it was.

const longestLabel = 63;
/** With a length before each label and the root after the last. */
const longestName = 255;
/** The two highest bits of a length say that it is not one, but the place where the name goes on. */
const pointerMark = 0b1100_0000;
const pointerReach = 0x4000;

/** The name that is `text` letter for letter: only its dots part labels, nothing in it is an escape. */
export function nameFromText(text: string): string {
  return text
    .replace(/\.$/, "")
    .split(".")
    .map((label) => labelText(new TextEncoder().encode(label)))
    .join(".");
}

/** Reads a name, following the pointers of compressed ones. */
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
      // Only ever backwards, so that a chain of pointers comes to its end.
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

/** Where the names of a message were written, so that later ones can point there. */
export type WrittenNames = Map<string, number>;

/** Writes a name; with `written`, as a pointer as soon as its rest stands in the message already. */
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

/** Escapes what the library of Docker's own DNS server escapes, so that names read alike on both sides. */
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
