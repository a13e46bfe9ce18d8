import fc from "fast-check";
import { expect, it } from "vitest";
import { createSimulator } from "../simulator.js";
import { compareText, sortedByKey } from "./go-order.js";

it("compares as the bytes of UTF-8 do", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "\ud7ff", "\ue000", "！", "😀", "😁") });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(Math.sign(compareText(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
    }),
  );
});

it("sorts the keys of a map", () => {
  expect(Object.keys(sortedByKey({ "😀": 1, "！": 2, b: 3, B: 4 }))).toEqual(["B", "b", "！", "😀"]);
});

// Seen on 20.10 and 28.5.
it("orders labels and options as an engine shows them", async () => {
  await using simulator = createSimulator();
  const { containers, networks } = simulator.engine;
  const Labels = { "😀": "", "！": "" };
  await containers.create({ Image: "busybox", Labels }, { name: "web" });
  await networks.create({ Name: "net", Labels, Options: Labels });
  const { Config } = await containers.inspect("web");
  const network = await networks.inspect("net");
  for (const map of [Config.Labels, network.Labels, network.Options]) {
    expect(Object.keys(map ?? {})).toEqual(["！", "😀"]);
  }
});
