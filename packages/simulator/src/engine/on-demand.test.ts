import { expect, it } from "vitest";
import { createSimulator } from "../index.js";

it("calls that are made while code for the first one is loaded happen in the order in which they are made", async () => {
  await using simulator = createSimulator();
  const { images } = simulator.engine;
  const outcomes = await Promise.allSettled([
    images.history("busybox"),
    images.tag("busybox", { repo: "mine" }),
    images.history("mine"),
    images.remove("mine"),
    images.history("mine"),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
  ]);
});
