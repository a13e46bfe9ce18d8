import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import type { ProcessStream } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

// What `docker run -it busybox sh` printed on a real 28.5, key by key.

const greeting =
  "\r\n\r\nBusyBox v1.38.0 (Debian 1:1.38.0-3+b1) built-in shell (ash)\r\n" +
  "Enter 'help' for a list of built-in commands.\r\n\r\n";
const root = "/ # \x1b[6n";

let time: VirtualTime;
let simulator: Simulator;
let shell: string;
let terminal: ProcessStream;
let seen: string;
let shown: Promise<void>;

beforeEach(async () => {
  time = virtualTime();
  simulator = createSimulator({ time });
  const { containers, exec } = simulator.engine;
  const { Id: container } = await containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] });
  await containers.start(container);
  const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
  const { Id } = await exec.create(container, { Cmd: ["sh"], Tty: true, ...streams });
  shell = Id;
  terminal = await exec.start(Id, { Tty: true });
  seen = "";
  shown = (async () => {
    for await (const { data } of terminal) seen += Buffer.from(data).toString();
  })();
  expect(await type("")).toBe(greeting + root);
});
afterEach(async () => {
  await type("\x03exit\r");
  await simulator.close();
});

// The real Alpine's BusyBox is built without the greeting.
it("greets in busybox, and not in alpine", async () => {
  const { containers, exec } = simulator.engine;
  const { Id: container } = await containers.create({ Image: "alpine", Cmd: ["sleep", "1000"] });
  await containers.start(container);
  const { Id } = await exec.create(container, {
    Cmd: ["sh"],
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
  });
  const inAlpine = await exec.start(Id, { Tty: true });
  const end = (async () => {
    let text = "";
    for await (const { data } of inAlpine) text += Buffer.from(data).toString();
    return text;
  })();
  for (let turn = 0; turn < 5; turn++) await time.advance(10);
  await inAlpine.write("exit\r");
  for (let turn = 0; turn < 5; turn++) await time.advance(10);
  expect(await end).toBe(`${root}exit\r\n`);
});

/** Types keys, and returns what appears. */
async function type(keys: string): Promise<string> {
  const before = seen.length;
  await terminal.write(keys);
  for (let turn = 0; turn < 5; turn++) await time.advance(10);
  return seen.slice(before);
}

async function code(): Promise<number | null> {
  await shown;
  return (await simulator.engine.exec.inspect(shell)).ExitCode;
}

describe("a shell at a terminal", () => {
  it("lets lines be edited, and runs them", async () => {
    expect(await type("echo hi\r")).toBe(`echo hi\r\nhi\r\n${root}`);
    expect(await type("ab\x7fc\r")).toBe(`ab\b\x1b[Jc\r\nsh: ac: not found\r\n${root}`);
    expect(await type("\x1b[A")).toBe("\r/ # ac\x1b[J");
    expect(await type("\x15")).toBe("\r/ # \x1b[J");
    expect(await type("exit\r")).toBe("exit\r\n");
    expect(await code()).toBe(127);
  });

  it("is interrupted by ctrl-C, and so is what it runs", async () => {
    expect(await type("sleep 5\r")).toBe("sleep 5\r\n");
    expect(await type("\x03")).toBe(`^C\r\n${root}`);
    expect(await type("abc\x03")).toBe(`abc^C\r\n\r\n${root}`);
    expect(await type("sleep 5 | cat\r")).toBe("sleep 5 | cat\r\n");
    expect(await type("\x03")).toBe(`^C\r\n${root}`);
    expect(await type("exit 3\r")).toBe("exit 3\r\n");
    expect(await code()).toBe(3);
  });

  it("ends its input by ctrl-D, as often as it is typed", async () => {
    expect(await type("cat\r")).toBe("cat\r\n");
    expect(await type("xy\r")).toBe("xy\r\nxy\r\n");
    expect(await type("\x04")).toBe(root);
    expect(await type("\x04")).toBe("\r\n");
    expect(await code()).toBe(0);
  });

  it("asks for the rest of a command, and tells of mistakes", async () => {
    expect(await type("if true\r")).toBe("if true\r\n> \x1b[6n");
    expect(await type('then echo "a\r')).toBe('then echo "a\r\n> \x1b[6n');
    expect(await type('b"; fi\r')).toBe(`b"; fi\r\na\r\nb\r\n${root}`);
    expect(await type(")\r")).toBe(`)\r\nsh: syntax error: unexpected ")"\r\n${root}`);
    expect(await type("cd /etc\r")).toBe("cd /etc\r\n/etc # \x1b[6n");
    expect(await type("echo $- $PS1\r")).toBe("echo $- $PS1\r\nsmi \\w \\$\r\n/etc # \x1b[6n");
  });

  it("controls jobs", async () => {
    expect(await type("sleep 100 &\r")).toBe(`sleep 100 &\r\n${root}`);
    expect(await type("jobs\r")).toBe(`jobs\r\n[1]+  Running                    sleep 100\r\n${root}`);
    // The message comes before the next prompt or the one after it, because the process has to die first.
    expect((await type("kill %1\r")) + (await type("\r"))).toContain(
      "[1]+  Terminated                 sleep 100\r\n",
    );
  });
});
