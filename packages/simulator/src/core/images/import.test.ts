import { collectOutput } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import type { HttpResponse } from "../../http/message.js";
import { createSimulator, type Simulator } from "../../simulator.js";
import { cellOf, releaseNames } from "../releases/row.js";

const post = (simulator: Simulator, target: string, body: Uint8Array) =>
  ask(simulator, `POST ${target}`, body);

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
  const changes = ["ENV PATH=/bin", 'CMD ["head", "-1", "/etc/group"]']
    .map(encodeURIComponent)
    .join("&changes=");
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

const get = async (simulator: Simulator, target: string) => {
  const signal = new AbortController().signal;
  const body = { length: 0, async *[Symbol.asyncIterator]() {} };
  const answer = await simulator.handle({ method: "GET", target, headers: { host: "d" }, body, signal });
  const pieces = [];
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
};

const told = async (answer: HttpResponse) => {
  let text = "";
  for await (const piece of answer.body as AsyncIterable<Uint8Array>) text += new TextDecoder().decode(piece);
  return text;
};

it.each(["20.10", "28.5"] as const)("what is saved can be loaded: %s", async (release) => {
  const simulator = createSimulator({ release });
  const { engine } = simulator;
  await engine.containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "box" });
  await post(simulator, "/commit?container=box&repo=kept&changes=ENV%20A=1", new Uint8Array());
  const { Id } = await engine.images.inspect("kept");
  const archive = await get(simulator, "/images/get?names=busybox&names=kept");
  expect(await told(await post(simulator, "/images/load", archive))).toBe(
    '{"stream":"Loaded image: busybox:latest\\n"}\r\n{"stream":"Loaded image: kept:latest\\n"}\r\n',
  );
  expect((await engine.images.inspect("kept")).Id).toBe(Id);
  expect(await engine.images.list()).toHaveLength(3);

  const other = createSimulator({ release, images: {} });
  await post(other, "/images/load", archive);
  expect((await other.engine.images.inspect("kept")).Config).toMatchObject({
    Env: expect.arrayContaining(["A=1"]),
  });
  expect(await run(other, "kept", ["/bin/echo", "works"])).toBe("works\n");
});

it.each(["20.10", "28.5"] as const)(
  "what is no archive of images is refused in the answer: %s",
  async (release) => {
    const simulator = createSimulator({ release });
    const failure = async (body: Uint8Array) => told(await post(simulator, "/images/load", body));
    // Seen on all three.
    const prefix = release === "20.10" ? "Error processing tar file(exit status 1): " : "";
    const why = `${prefix}unexpected EOF`;
    expect(await failure(new TextEncoder().encode("nonsense\n"))).toBe(
      `{"errorDetail":{"message":"${why}"},"error":"${why}"}\r\n`,
    );
    expect(await failure(new Uint8Array())).toMatch(
      /"error":"open \/var\/lib\/docker\/tmp\/docker-import-\d+\/repositories: no such file or directory"}\r\n$/,
    );
  },
);

it.each(releaseNames)("%s cannot save a repository that is not there", async (release) => {
  const { handle } = createSimulator({ release });
  const signal = new AbortController().signal;
  const body = { length: 0, async *[Symbol.asyncIterator]() {} };
  const absent = "reference does not exist";
  for (const [name, before, now] of [
    ["nope", "No such image: nope", "No such image: nope:latest"],
    ["nope:latest", absent, "No such image: nope:latest"],
    ["localhost:5000/x", "No such image: localhost:5000/x", "No such image: localhost:5000/x:latest"],
    ["localhost:5000/x:1", absent, "No such image: localhost:5000/x:1"],
    [`nope@sha256:${"0".repeat(64)}`, absent, `No such image: nope@sha256:${"0".repeat(64)}`],
    ["sha256:1234", "No such image: sha256:1234", "No such image: sha256:1234"],
  ] as const) {
    const answer = await handle({
      method: "GET",
      target: `/images/${name}/get`,
      headers: { host: "d" },
      body,
      signal,
    });
    const message = cellOf({ "20.10": before, "29": now }, release);
    expect(answer).toMatchObject({ status: 404, body: `${JSON.stringify({ message })}\n` });
  }
});
