import { collectOutput } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";

const post = async (simulator: Simulator, target: string, body: Uint8Array) => {
  const signal = new AbortController().signal;
  const stream = {
    length: body.length,
    [Symbol.asyncIterator]: async function* () {
      yield body;
    },
  };
  return simulator.handle({ method: "POST", target, headers: { host: "d" }, body: stream, signal });
};

const archiveOf = async (simulator: Simulator, container: string) => {
  const signal = new AbortController().signal;
  const body = { length: 0, async *[Symbol.asyncIterator]() {} };
  const target = `/containers/${container}/export`;
  const answer = await simulator.handle({ method: "GET", target, headers: { host: "d" }, body, signal });
  const pieces = [];
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
};

async function run(simulator: Simulator, Image: string, Cmd?: string[]) {
  const { engine } = simulator;
  const { Id } = await engine.containers.create({ Image, ...(Cmd && { Cmd }) });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  return (await collectOutput(await engine.containers.logs(Id))).stdout;
}

it("an exported root works like the built-in one, also after a snapshot", async () => {
  const simulator = createSimulator();
  await simulator.engine.containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "box" });
  const archive = await archiveOf(simulator, "box");
  const changes = ["ENV PATH=/bin", 'CMD ["cat", "/etc/group"]'].map(encodeURIComponent).join("&changes=");
  await post(simulator, `/images/create?fromSrc=-&repo=own&changes=${changes}`, archive);
  expect(await run(simulator, "own")).toBe("root:x:0:\n");

  const snapshot = JSON.parse(JSON.stringify(simulator.snapshot()));
  expect(JSON.stringify(snapshot).length).toBeLessThan(300_000);
  const restored = createSimulator({ snapshot });
  expect(await run(restored, "own", ["echo", "works"])).toBe("works\n");
  await expect(run(restored, "own", ["nope"])).rejects.toMatchObject({ status: 400 });
});

it("a commit of a container without changes makes no layer", async () => {
  const simulator = createSimulator();
  const { engine } = simulator;
  await engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] }, { name: "box" });
  await post(simulator, "/commit?container=box&repo=same", new Uint8Array());
  const image = await engine.images.inspect("same");
  expect(image.RootFS.Layers).toHaveLength(1);
  expect(image.Config).toMatchObject({ Cmd: ["sleep", "1000"] });
});
