import { tarOf } from "@dryharbor/kernel/tar";
import { EngineError } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { tarEntry } from "../../../test/tar-entry.js";
import { createSimulator, type SimulatorOptions } from "../../simulator.js";

const context = (dockerfile: string, files: Readonly<Record<string, string>> = {}) =>
  tarOf(
    Object.entries({ Dockerfile: dockerfile, ...files }).map(([name, text]) =>
      tarEntry({ name, content: new TextEncoder().encode(text) }),
    ),
  );

async function built(dockerfile: string, options: SimulatorOptions = {}) {
  await using simulator = createSimulator(options);
  const { engine } = simulator;
  let output = "";
  await engine.images.build(context(dockerfile), {
    t: "out",
    onProgress: ({ stream }) => {
      output += stream ?? "";
    },
  });
  const { RootFS, Config } = await engine.images.inspect("out");
  return { output, layers: RootFS.Layers?.length ?? 0, config: Config };
}

describe("a program that the simulator lacks", () => {
  const lacking = [
    ["debian:12", "RUN apt-get update && apt-get install -y curl"],
    ["node:22", "RUN npm ci"],
    ["node:22", 'RUN ["npm", "ci"]'],
    ["python:3.13", "RUN set -e; touch /before; pip install -r requirements.txt"],
    ["example.org/nobody/knows:1", "RUN make"],
    ["example.org/nobody/knows:1", 'RUN ["make"]'],
    ["alpine:3.22", "RUN apk add --no-cache curl"],
  ] as const;

  it.each(lacking)("is left out in %s: %s", async (image, run) => {
    const { output, layers } = await built(`FROM ${image}\n${run}\nRUN echo done\n`);
    expect(output).toMatch(/ ---> \[Warning\] the simulator has no [a-z-]+: this step changes nothing\n/);
    expect(output).toContain("done\n");
    expect(layers).toBe(1);
  });

  it.each(lacking)("ends a strict build in %s: %s", async (image, run) => {
    await expect(built(`FROM ${image}\n${run}\n`, { strictBuild: true })).rejects.toThrow(EngineError);
  });

  it("is no excuse for other mistakes", async () => {
    await expect(built("FROM debian:12\nRUN no-such-thing\n")).rejects.toThrow(/non-zero code: 127/);
    await expect(built("FROM debian:12\nRUN exit 3\n")).rejects.toThrow(/non-zero code: 3/);
  });
});

describe("a build", () => {
  it("survives a snapshot, with its cache", async () => {
    const dockerfile =
      "FROM scratch\nENV A=1\nCOPY a /a\nFROM busybox\nCOPY --from=0 /a /b\nRUN cat /b > /c\n";
    await using one = createSimulator();
    await one.engine.images.build(context(dockerfile, { a: "text" }), { t: "out" });
    await using other = createSimulator({ snapshot: one.snapshot() });
    let output = "";
    await other.engine.images.build(context(dockerfile, { a: "text" }), {
      onProgress: ({ stream }) => {
        output += stream ?? "";
      },
    });
    expect(output.match(/Using cache/g)).toHaveLength(4);
    expect(other.snapshot()).toEqual(other.snapshot());
  });

  it("ends with the signal of its caller, and takes its container along", async () => {
    await using simulator = createSimulator();
    const { engine } = simulator;
    const left = new AbortController();
    const running = engine.images.build(context("FROM busybox\nRUN echo begun; sleep 1000\n"), {
      abortSignal: left.signal,
      onProgress: ({ stream }) => {
        if (stream === "begun\n") left.abort();
      },
    });
    await expect(running).rejects.toThrow();
    await expect.poll(() => engine.containers.list({ all: true })).toEqual([]);
  });

  it("refuses what is no Dockerfile in the engine's words", async () => {
    await expect(built("NOPE\n")).rejects.toThrow(/unknown instruction: NOPE/);
  });
});
