import { createSimulator, releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { course, made } from "../src/course/course.js";
import { teach } from "../src/course/teach.js";

describe.each(releaseNames)("the course on the simulator as %s", (release) => {
  it("holds, step by step, and leaves nothing behind", async () => {
    const { engine } = createSimulator({ release });
    const failed: string[] = [];
    for await (const { step, shown, checks } of teach(course, { engine, image: "busybox" })) {
      for (const { claim, held } of checks) {
        if (!held) failed.push(`${step.command}: ${claim}; it shows: ${shown.join("; ")}`);
      }
    }
    expect(failed).toEqual([]);
    expect(await engine.containers.list({ all: true })).toEqual([]);
    expect((await engine.networks.list()).map(({ Name }) => Name).sort()).toEqual(["bridge", "host", "none"]);
  });
});

it("does not begin where its names are taken", async () => {
  const { engine } = createSimulator();
  await engine.networks.create({ Name: "backend-network" });
  const lessons = teach(course, { engine, image: "busybox" });
  await expect(lessons.next()).rejects.toThrow("This engine already has backend-network");
  expect(await engine.networks.inspect("backend-network")).toMatchObject({ Name: "backend-network" });
});

it("clears away all that its lessons make", async () => {
  const { engine } = createSimulator();
  const seen = { containers: new Set<string>(), networks: new Set<string>() };
  for await (const _ of teach(course, { engine, image: "busybox" })) {
    for (const { Names } of await engine.containers.list({ all: true }))
      seen.containers.add(Names[0]!.slice(1));
    for (const { Name } of await engine.networks.list()) seen.networks.add(Name);
  }
  for (const name of ["bridge", "host", "none"]) seen.networks.delete(name);
  expect(made.containers).toEqual(expect.arrayContaining([...seen.containers]));
  expect(made.networks).toEqual(expect.arrayContaining([...seen.networks]));
});
