import { collectOutput, type Engine, run } from "@dryharbor/sdk/port";
import { expect, test, vi } from "vitest";
import { createSimulator } from "../../simulator.js";

/** A server whose own side stays open until the other one ends. */
const server = ["sh", "-c", "sleep 1000 | (nc -l -p 7 >/dev/null; echo ended $?)"];

const ends: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = {
  kill: (engine) => engine.containers.kill("client"),
  stop: (engine) => engine.containers.stop("client", { t: 1 }),
  "rm -f": (engine) => engine.containers.remove("client", { force: true }),
};

// Seen on 26.1: each of them, for the first process, its child and an exec.
test.each(Object.keys(ends))("after %s both sides of a child's connection are gone", async (how) => {
  const { engine } = createSimulator();
  await run(engine, { Image: "busybox", Cmd: server }, { name: "server", detach: true });
  const { NetworkSettings } = await engine.containers.inspect("server");
  const address = NetworkSettings.Networks.bridge?.IPAddress;
  const client = ["sh", "-c", `sleep 1000 | nc ${address} 7 & exec sleep 1000`];
  await run(engine, { Image: "busybox", Cmd: client }, { name: "client", detach: true });
  const connections = async (): Promise<string> => {
    const { Id } = await engine.exec.create("server", { Cmd: ["netstat", "-tan"], AttachStdout: true });
    const stream = await engine.exec.start(Id, {});
    await stream.end();
    return (await collectOutput(stream)).stdout
      .split("\n")
      .filter((line) => line.includes(":7 "))
      .join("\n");
  };
  await vi.waitFor(async () => expect(await connections()).toContain("ESTABLISHED"));
  await ends[how]?.(engine);
  await vi.waitFor(async () => {
    const { stdout } = await collectOutput(await engine.containers.logs("server", { stdout: true }));
    expect(stdout).toBe("ended 0\n");
  });
  expect(await connections()).toBe("");
});
