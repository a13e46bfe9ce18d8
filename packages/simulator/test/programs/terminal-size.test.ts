import { afterEach, describe, expect, it } from "vitest";
import { releaseNames } from "../../src/core/releases/row.js";
import { createSimulator, type Simulator } from "../../src/simulator.js";

let simulator: Simulator;
afterEach(() => simulator.close());

async function output(stream: AsyncIterable<{ readonly data: Uint8Array }>): Promise<string> {
  let text = "";
  for await (const { data } of stream) text += Buffer.from(data).toString();
  return text;
}

/** Starts a container with a terminal of 11 rows and 22 columns. */
async function started(script: string): Promise<string> {
  const { Id } = await simulator.engine.containers.create({
    Image: "busybox",
    Tty: true,
    Cmd: ["sh", "-c", script],
    HostConfig: { ConsoleSize: [11, 22] },
  });
  await simulator.engine.containers.start(Id);
  return Id;
}

/** The first thing that a container prints. */
async function firstLog(container: string): Promise<string> {
  const logs = await simulator.engine.containers.logs(container, { stdout: true, follow: true });
  for await (const { data } of logs) return Buffer.from(data).toString();
  return "";
}

const unknown = "stty: standard input\r\n";

// As the three engines of the lab answer.
describe.each(releaseNames)("a terminal of %s", (release) => {
  const sizesConsole = release !== "20.10";

  it("has the size of ConsoleSize, that of an exec before that of its container", async () => {
    simulator = createSimulator({ release });
    const { engine } = simulator;
    const container = await started("stty size; sleep 100");
    const sizeOf = async (created?: [number, number], begun?: [number, number]): Promise<string> => {
      const { Id } = await engine.exec.create(container, {
        Cmd: ["stty", "size"],
        Tty: true,
        AttachStdout: true,
        ...(created && { ConsoleSize: created }),
      });
      return await output(await engine.exec.start(Id, { Tty: true, ...(begun && { ConsoleSize: begun }) }));
    };
    expect(await firstLog(container)).toBe(sizesConsole ? "11 22\r\n" : unknown);
    expect(await sizeOf()).toBe(sizesConsole ? "11 22\r\n" : unknown);
    expect(await sizeOf([5, 6])).toBe(sizesConsole ? "5 6\r\n" : unknown);
    expect(await sizeOf([5, 6], [7, 8])).toBe(sizesConsole ? "7 8\r\n" : unknown);
    expect(await sizeOf(undefined, [7, 8])).toBe(sizesConsole ? "7 8\r\n" : unknown);
  });

  it("is resized, and its programs hear of it", async () => {
    simulator = createSimulator({ release });
    const { engine } = simulator;
    const script = 'trap "stty size; exit 3" WINCH; echo ready; while :; do sleep 0.01; done';
    const container = await started(script);
    expect(await firstLog(container)).toBe("ready\r\n");
    await engine.containers.resize(container, { h: 33, w: 44 });
    expect((await engine.containers.wait(container)).StatusCode).toBe(3);
    expect(await output(await engine.containers.logs(container, { stdout: true }))).toBe(
      "ready\r\n33 44\r\n",
    );

    const other = await started("sleep 100");
    const { Id } = await engine.exec.create(other, {
      Cmd: ["sh", "-c", script],
      Tty: true,
      AttachStdout: true,
    });
    let seen = "";
    for await (const { data } of await engine.exec.start(Id, { Tty: true })) {
      seen += Buffer.from(data).toString();
      if (seen === "ready\r\n") await engine.exec.resize(Id, { h: 9, w: 10 });
    }
    expect(seen).toBe("ready\r\n9 10\r\n");
  });
});
