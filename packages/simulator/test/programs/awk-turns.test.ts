import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

let simulator: Simulator;
let container: string;

beforeEach(async () => {
  simulator = createSimulator();
  const { Id } = await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] });
  await simulator.engine.containers.start(Id);
  container = Id;
});

afterEach(() => simulator.close());

async function start(...Cmd: string[]) {
  const { Id } = await simulator.engine.exec.create(container, { Cmd, AttachStdout: true });
  return { Id, stream: await simulator.engine.exec.start(Id) };
}

async function outputOf(...command: string[]): Promise<string> {
  let text = "";
  for await (const { data } of (await start(...command)).stream) text += Buffer.from(data).toString("latin1");
  return text;
}

describe("an awk program without an end lets others run", () => {
  it.each([
    ["a loop", "BEGIN { while (1) n++ }"],
    ["a loop that prints", 'BEGIN { while (1) print "y" > "/dev/null" }'],
    ["a loop without a body", "BEGIN { for (;;) ; }"],
    ["a function that loops", "function f() { do n++; while (1) } BEGIN { f() }"],
  ])("%s", async (_, program) => {
    const { Id } = await start("awk", program);
    expect(await outputOf("echo", "others run")).toBe("others run\n");
    await outputOf("sh", "-c", "kill -9 $(pidof awk)");
    await expect.poll(async () => (await simulator.engine.exec.inspect(Id)).ExitCode).toBe(137);
  });

  it("and prints to a reader that has had enough", async () => {
    expect(await outputOf("sh", "-c", "awk 'BEGIN { while (1) print n++ }' | head -n 2")).toBe("0\n1\n");
  });
});

it("awk reads lines as they come, and answers each", async () => {
  const { Id } = await simulator.engine.exec.create(container, {
    Cmd: ["awk", "{ print NR, $0 }"],
    AttachStdin: true,
    AttachStdout: true,
  });
  const stream = await simulator.engine.exec.start(Id);
  const pieces = stream[Symbol.asyncIterator]();
  for (const [index, line] of ["a", "b"].entries()) {
    await stream.write(`${line}\n`);
    const { value } = await pieces.next();
    expect(Buffer.from(value.data).toString()).toBe(`${index + 1} ${line}\n`);
  }
  await stream.end();
});

it("functions may call each other a thousand times, and arrays may be large", async () => {
  const recursion = "function f(n) { return n ? 1 + f(n - 1) : 0 } BEGIN { print f(999) }";
  expect(await outputOf("awk", recursion)).toBe("999\n");
  const sum = "BEGIN { for (i = 0; i < 50000; i++) a[i] = i; for (k in a) s += a[k]; print length(a), s }";
  expect(await outputOf("awk", sum)).toBe("50000 1249975000\n");
});
