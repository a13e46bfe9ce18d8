// A record is one line: a checksum, the length of the text in bytes, and the text. People read these files,
// too.

const checksumDigits = 16;
const lineFeed = 10;

/** Computes some digits that change with the bytes. */
export type Checksum = (body: Buffer) => string;

/** Loads SHA-256. On demand, because it takes a third as long as everything else together. */
export async function loadChecksum(): Promise<Checksum> {
  const { createHash } = await import("node:crypto");
  return (body) => createHash("sha256").update(body).digest("hex").slice(0, checksumDigits);
}

/** Returns the record of a text. The text contains no line feed. */
export function record(text: string, checksum: Checksum): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${checksum(body)} ${body.length} `), body, Buffer.from("\n")]);
}

/** The records of a file. */
export interface Records {
  readonly texts: readonly string[];
  /** The length of the records in bytes. */
  readonly length: number;
  /** True if the last whole record is followed by the beginning of another, whose writing was interrupted. */
  readonly torn: boolean;
}

/** The error of a record that is not as it was written, although others follow it. */
export class DamagedRecord extends Error {
  override readonly name = "DamagedRecord";
  constructor(
    /** The offset of the record in the file, in bytes. */
    readonly at: number,
  ) {
    super(`the record at byte ${at} is not as it was written`);
  }
}

/**
 * Reads the records of a file.
 * @throws {DamagedRecord} a record before the last is not as it was written
 */
export function readRecords(file: Buffer, checksum: Checksum): Records {
  const texts: string[] = [];
  let at = 0;
  while (at < file.length) {
    const found = readRecord(file, at, checksum);
    if (!found) {
      if (endsWithin(file, at)) return { texts, length: at, torn: true };
      throw new DamagedRecord(at);
    }
    texts.push(found.text);
    at = found.end;
  }
  return { texts, length: at, torn: false };
}

interface Found {
  readonly text: string;
  readonly end: number;
}

function readRecord(file: Buffer, at: number, checksum: Checksum): Found | undefined {
  const head = headAt(file, at);
  if (!head) return undefined;
  const body = file.subarray(head.from, head.from + head.length);
  const end = head.from + head.length + 1;
  if (file[end - 1] !== lineFeed || checksum(body) !== head.checksum) return undefined;
  return { text: body.toString(), end };
}

function headAt(file: Buffer, at: number) {
  const text = file.toString("latin1", at, at + checksumDigits + 20);
  const [whole, digits, length] = /^([0-9a-f]{16}) ([0-9]{1,15}) /.exec(text) ?? [];
  if (whole === undefined || digits === undefined) return undefined;
  return { checksum: digits, length: Number(length), from: at + whole.length };
}

/** Returns whether the record at `at` is the last one. Only the last one can have been interrupted. */
function endsWithin(file: Buffer, at: number): boolean {
  const head = headAt(file, at);
  if (head && head.from + head.length + 1 < file.length) return false;
  const lineEnd = file.indexOf(lineFeed, at);
  return lineEnd < 0 || lineEnd === file.length - 1;
}
