import type { Program } from "@dryharbor/kernel";
import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { isSince } from "../../test/since.js";
import { createSimulator, type SimulatorOptions } from "../simulator.js";

/** Writes a file: `put FILE MODE TEXT`. */
const put: Program = async ({ argv: [, file = "", mode = "", text = ""], files }) => {
  files.write(file, text);
  files.chmod(file, Number.parseInt(mode, 8));
  return 0;
};

/** Prints its arguments. */
const interpreter: Program = async ({ argv, stdout }) => {
  stdout(`${argv.join("|")}\n`);
  return 0;
};

async function world(options: SimulatorOptions = {}) {
  const programs = { put, interpreter };
  const time = virtualTime();
  const simulator = createSimulator({ time, programs, ...options });
  const { engine } = simulator;
  return {
    simulator,
    start: async (request: { WorkingDir?: string; Cmd?: string[] } = {}) => {
      const { Id } = await engine.containers.create({
        Image: "busybox",
        Cmd: ["sleep", "1000"],
        Env: ["PATH=/bin"],
        ...request,
      });
      await engine.containers.start(Id);
      return Id;
    },
    exec: async (container: string, ...Cmd: string[]) => {
      const { Id } = await engine.exec.create(container, { Cmd, AttachStdout: true, AttachStderr: true });
      const { stdout, stderr } = await collectOutput(await engine.exec.start(Id));
      return { stdout, stderr, code: (await engine.exec.inspect(Id)).ExitCode };
    },
  };
}

describe("a container's files", () => {
  it("are its own, and stay when it is started again", async () => {
    const { simulator, start, exec } = await world();
    const [one, other] = [await start(), await start()];
    await exec(one, "put", "/tmp/f", "644", "text");
    expect(await exec(one, "cat", "/tmp/f")).toMatchObject({ stdout: "text" });
    expect(await exec(other, "cat", "/tmp/f")).toMatchObject({ code: 1 });
    await simulator.engine.containers.restart(one);
    expect(await exec(one, "cat", "/tmp/f")).toMatchObject({ stdout: "text" });
  });

  it("are in a snapshot", async () => {
    const { simulator, start, exec } = await world();
    const id = await start();
    await exec(id, "put", "/etc/passwd", "600", "nobody");
    const snapshot = JSON.parse(JSON.stringify(simulator.snapshot()));
    const restored = await world({ snapshot });
    expect(await restored.exec(id, "cat", "/etc/passwd")).toMatchObject({ stdout: "nobody" });
    expect(restored.simulator.snapshot().state).toMatchObject({
      containers: [{ layer: [[expect.any(Number), { type: "file", mode: 0o600 }]] }],
    });
  });

  it("have a working directory made for them", async () => {
    const { start, exec } = await world();
    const id = await start({ WorkingDir: "/srv/app" });
    await exec(id, "put", "f", "644", "here");
    expect(await exec(id, "cat", "/srv/app/f")).toMatchObject({ stdout: "here" });
  });
});

describe("what can be run", () => {
  // Recorded from the kernel and runc of 28.5.
  it("is a script with an interpreter", async () => {
    const { start, exec } = await world();
    const id = await start();
    await exec(id, "put", "/bin/greet", "755", "#! /bin/interpreter -a b\nrest");
    await exec(id, "put", "/bin/twice", "755", "#!/bin/greet");
    expect(await exec(id, "greet", "x")).toMatchObject({ stdout: "/bin/interpreter|-a b|/bin/greet|x\n" });
    expect(await exec(id, "/bin/../bin/greet")).toMatchObject({
      stdout: "/bin/interpreter|-a b|/bin/../bin/greet\n",
    });
    expect(await exec(id, "twice")).toMatchObject({
      stdout: "/bin/interpreter|-a b|/bin/greet|/bin/twice\n",
    });
  });

  it.each(["20.10", "28.5"] as const)("is no other text: %s", async (release) => {
    const { start, exec } = await world({ release });
    const id = await start();
    await exec(id, "put", "/garbage", "755", "xyz");
    await exec(id, "put", "/lost", "755", "#!/bin/nope\n");
    const code = isSince(release, "28.5") ? 255 : 1;
    expect(await exec(id, "/garbage")).toEqual({
      stdout: "",
      stderr: "exec /garbage: exec format error\n",
      code,
    });
    expect(await exec(id, "/lost")).toEqual({
      stdout: "",
      stderr: "exec /lost: no such file or directory\n",
      code,
    });
  });

  it("is found on the PATH by what env runs, too", async () => {
    const { start, exec } = await world();
    const id = await start();
    expect(await exec(id, "env", "greet")).toMatchObject({ code: 127 });
    await exec(id, "put", "/bin/greet", "755", "#!/bin/interpreter");
    expect(await exec(id, "env", "greet", "x")).toMatchObject({ stdout: "/bin/interpreter|/bin/greet|x\n" });
    expect(await exec(id, "/usr/bin/env", "cat", "/etc/nsswitch.conf")).toMatchObject({ code: 0 });
  });
});
