import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressSet } from "./address-set.js";

const operation = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), offset: fc.nat(2099) }),
  fc.record({ kind: fc.constant("delete" as const), offset: fc.nat(2099) }),
  fc.record({ kind: fc.constant("takeLowest" as const), from: fc.nat(2099), to: fc.nat(2099) }),
  fc.record({ kind: fc.constant("fill" as const), from: fc.nat(2099), to: fc.nat(2099) }),
);

describe("a set of addresses", () => {
  it("agrees with a plain set, the lowest free offset included", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1n, 2n, 32n, 33n, 1024n, 2100n, 1n << 80n),
        fc.array(operation, { maxLength: 60 }),
        (size, operations) => {
          const set = addressSet(size);
          const model = new Set<bigint>();
          const inSet = (offset: number) => BigInt(offset) % size;
          for (const operation of operations) {
            if (operation.kind === "add") {
              const offset = inSet(operation.offset);
              expect(set.add(offset)).toBe(!model.has(offset));
              model.add(offset);
            } else if (operation.kind === "delete") {
              const offset = inSet(operation.offset);
              expect(set.delete(offset)).toBe(model.delete(offset));
            } else {
              const [a, b] = [inSet(operation.from), inSet(operation.to)];
              const [first, last] = a < b ? [a, b] : [b, a];
              let free: bigint | undefined;
              for (let at = first; at <= last; at++) {
                if (model.has(at)) continue;
                free = set.lowestFree(first, last);
                expect(free).toBe(at);
                set.add(at);
                model.add(at);
                if (operation.kind === "takeLowest") break;
              }
              if (free === undefined || operation.kind === "fill") {
                expect(set.lowestFree(first, last)).toBeUndefined();
              }
            }
            expect(set.taken).toBe(model.size);
          }
          for (const offset of model) expect(set.has(offset)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("finds the last free of 2^64", () => {
    const last = (1n << 64n) - 1n;
    const set = addressSet(1n << 64n);
    expect(set.add(last)).toBe(true);
    expect(set.lowestFree(last, last)).toBeUndefined();
    expect(set.lowestFree(last - 1n, last)).toBe(last - 1n);
  });
});
