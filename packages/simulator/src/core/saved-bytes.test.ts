import fc from "fast-check";
import { expect, it } from "vitest";
import { base64 } from "./base64.js";
import { restoreBytes, saveBytes } from "./saved-bytes.js";

const run = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.nat(200).map((length) => new Uint8Array(length)),
);
const bytes = fc.array(run).map((runs) => Uint8Array.from(runs.flatMap((run) => [...run])));

it("are restored as they were saved", () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(restoreBytes(JSON.parse(JSON.stringify(saveBytes(data))))).toEqual(data);
      expect(base64(data)).toBe(Buffer.from(data).toString("base64"));
    }),
  );
});

it("cost little where they are zero", () => {
  expect(saveBytes(new Uint8Array(1_000_000))).toEqual([1_000_000]);
});
