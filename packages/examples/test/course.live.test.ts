import { openEngine } from "@dryharbor/sdk";
import { describe, expect, it } from "vitest";
import { course } from "../src/course/course.js";
import { teach } from "../src/course/teach.js";

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);

describe.each(targets)("the course on the real engine %s", (target) => {
  it("holds, step by step", async () => {
    await using engine = await openEngine(target);
    const failed: string[] = [];
    for await (const { step, shown, checks } of teach(course, { engine, image: "busybox" })) {
      for (const { claim, held } of checks) {
        if (!held) failed.push(`${step.command}: ${claim}; it shows: ${shown.join("; ")}`);
      }
    }
    expect(failed).toEqual([]);
  });
});
