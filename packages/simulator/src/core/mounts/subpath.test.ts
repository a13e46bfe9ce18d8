import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../../index.js";

const base = "/var/lib/docker/volumes/vol/_data";
const missing = (path: string, place: string) =>
  `cannot access path ${base}/${path}: lstat ${place}: no such file or directory`;
const escapes = (path: string) =>
  `path concatenation escapes the base directory, base: ${base}, subpath: ${path}`;
const unresolved = (path: string, why: string) =>
  `error while resolving symlinks in combined path "${base}/${path}": ${why}`;

/** What a start said, or what `ls` printed. Seen on 26.1 and 28.5. */
const cases: readonly (readonly [subpath: string, outcome: string])[] = [
  ["dir", "g\n"],
  ["dir/../dir", "g\n"],
  ["nowhere/../dir", "g\n"],
  ["link", "g\n"],
  ["file", "/m\n"],
  ["flink", "/m\n"],
  ["abs", missing("abs", "/dir")],
  ["missing", missing("missing", `${base}/missing`)],
  ["dangling", missing("dangling", `${base}/nowhere`)],
  ["dir/dangling", missing("dir/dangling", `${base}/dir/dangling`)],
  ["out", escapes("out")],
  ["etc", escapes("etc")],
  ["loop", unresolved("loop", "EvalSymlinks: too many links")],
  ["file/x", unresolved("file/x", "not a directory")],
];

describe.each(["26.1", "28.5"] as const)("%s", (release) => {
  it.each(cases)("subpath %s", async (subpath, outcome) => {
    await using simulator = createSimulator({ release, time: virtualTime() });
    const { containers } = simulator.engine;
    const run = async (script: string, destination: string, options: object) => {
      const { Id } = await containers.create({
        Image: "busybox",
        Cmd: ["sh", "-c", script],
        HostConfig: {
          Mounts: [{ Type: "volume", Source: "vol", Target: destination, VolumeOptions: options }],
        },
      });
      await containers.start(Id);
      await containers.wait(Id);
      return (await collectOutput(await containers.logs(Id))).stdout;
    };
    await run(
      `cd /v; mkdir dir; echo g > dir/g; echo f > file; ln -s dir link; ln -s file flink; ln -s /dir abs;
      ln -s ../.. out; ln -s /etc etc; ln -s nowhere dangling; ln -s loop loop`,
      "/v",
      {},
    );
    const said = await run("ls /m", "/m", { Subpath: subpath }).catch((error: Error) => error.message);
    expect(said.replace("failed to set up container networking: ", "")).toBe(outcome);
  });
});
