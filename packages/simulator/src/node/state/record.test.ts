import { expect, it } from "vitest";
import { DamagedRecord, loadChecksum, readRecords, record } from "./record.js";

const checksum = await loadChecksum();
const texts = ['{"one":1}', '{"two":"zwei ü"}', '{"three":[3]}'];
const file = Buffer.concat(texts.map((text) => record(text, checksum)));

it("reads what was written", () => {
  expect(readRecords(file, checksum)).toEqual({ texts, length: file.length, torn: false });
  expect(readRecords(Buffer.alloc(0), checksum)).toEqual({ texts: [], length: 0, torn: false });
});

it("drops a last record wherever its writing was interrupted", () => {
  const whole = file.length - record(texts[2]!, checksum).length;
  for (let length = whole + 1; length < file.length; length++) {
    const read = readRecords(file.subarray(0, length), checksum);
    expect(read).toEqual({ texts: texts.slice(0, 2), length: whole, torn: true });
    // A file system may extend a file before it writes the bytes.
    const zeros = Buffer.concat([file.subarray(0, length), Buffer.alloc(file.length - length)]);
    expect(readRecords(zeros, checksum).texts).toEqual(texts.slice(0, 2));
  }
});

it("refuses a file of which any bit before the last record has changed", () => {
  const last = file.length - record(texts[2]!, checksum).length;
  for (let at = 0; at < last; at++) {
    const damaged = Buffer.from(file);
    damaged[at]! ^= 1 << (at % 8);
    expect(() => readRecords(damaged, checksum), `byte ${at}`).toThrow(DamagedRecord);
  }
});
