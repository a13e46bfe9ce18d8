// A record is a line: a checksum, the length of the text in bytes, the text. Files are read by people, too.

const checksumDigits = 16;
const lineFeed = 10;

/** Some digits that change with the bytes. */
export type Checksum = (body: Buffer) => string;

/** SHA-256. Loaded when it is wanted: it takes as long as a third of all the rest. */
export async function loadChecksum(): Promise<Checksum> {
  const { createHash } = await import("node:crypto");
  return (body) => createHash("sha256").update(body).digest("hex").slice(0, checksumDigits);
}

/** The record that holds a text, which has no line feed in it. */
export function record(text: string, checksum: Checksum): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${checksum(body)} ${body.length} `), body, Buffer.from("\n")]);
}

/** What the records of a file say. */
export interface Records {
  readonly texts: readonly string[];
  /** Bytes of them. */
  readonly length: number;
  /** What follows the last whole record is the beginning of one whose writing was interrupted. */
  readonly torn: boolean;
}

/** A record in the midst of others is not as it was written. */
export class DamagedRecord extends Error {
  override readonly name = "DamagedRecord";
  constructor(
    /** Where it begins. */
    readonly at: number,
  ) {
    super(`the record at byte ${at} is not as it was written`);
  }
}

/** @throws {DamagedRecord} */
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

/** Whether the record that begins there is the last: only that can have been interrupted. */
function endsWithin(file: Buffer, at: number): boolean {
  const head = headAt(file, at);
  if (head && head.from + head.length + 1 < file.length) return false;
  const lineEnd = file.indexOf(lineFeed, at);
  return lineEnd < 0 || lineEnd === file.length - 1;
}
