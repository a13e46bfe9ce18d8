// What a store of content does with names, as a real 29.7.2 answered one request after another.
import { expect, it } from "vitest";
import { ask } from "../../../../test/ask.js";
import { createSimulator } from "../../../simulator.js";

async function started() {
  const simulator = createSimulator({ release: "29", pull: "deny" });
  await simulator.engine.images.remove("alpine");
  const text = async (line: string, body?: Uint8Array) => {
    const answer = await ask(simulator, line, body, { "content-type": "application/x-tar" });
    if (answer.body === undefined) return "";
    if (typeof answer.body === "string") return answer.body.trim();
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.body as AsyncIterable<Uint8Array>) pieces.push(piece);
    return Buffer.concat(pieces)
      .toString("latin1")
      .replace(/\r?\n$/, "");
  };
  const { Id } = await simulator.engine.images.inspect("busybox");
  return { simulator, id: Id, text };
}

it("an image that is loaded over its name is kept without one as well, until a name goes", async () => {
  const { simulator, id, text } = await started();
  await text("POST /images/busybox/tag?repo=other");
  await text("POST /images/busybox/tag?repo=other&tag=UPPER");
  const archive = Buffer.from(await text("GET /images/busybox/get"), "latin1");
  expect(JSON.parse(await text("DELETE /images/busybox"))).toEqual([{ Untagged: "busybox:latest" }]);
  for (const _ of [1, 2]) {
    expect(await text("POST /images/load", new Uint8Array(archive))).toBe(
      '{"stream":"Loaded image: busybox:latest\\n"}',
    );
  }
  expect(JSON.parse(await text("DELETE /images/busybox"))).toEqual([
    { Untagged: "busybox:latest" },
    { Untagged: `moby-dangling@${id}` },
  ]);
  expect(JSON.parse(await text("DELETE /images/other"))).toEqual([{ Untagged: "other:latest" }]);
  expect(JSON.parse(await text("DELETE /images/other:UPPER"))).toEqual([
    { Untagged: "other:UPPER" },
    { Deleted: id },
  ]);
  await simulator.close();
});

it("nothing signs an image, so it has no attestations", async () => {
  const { simulator, text } = await started();
  expect(await text("GET /images/busybox/attestations?type=x")).toBe("[]");
  expect(await text("GET /images/nope/attestations")).toBe('{"message":"No such image: nope:latest"}');
  expect(await text("GET /images/busybox/attestations?platform=a&platform=b")).toBe(
    '{"message":"only one platform value is currently supported"}',
  );
  expect(await text("GET /v1.54/images/busybox/attestations")).toBe(
    '{"message":"GET /images/{name:.*}/attestations requires minimum API version 1.55"}',
  );
  await simulator.close();
});

it("a prune takes names that no container was created by, and tells of no event of its own", async () => {
  const { simulator, id, text } = await started();
  await text("POST /images/busybox/tag?repo=other");
  await simulator.engine.containers.create({ Image: "other", Cmd: ["true"] }, { name: "box" });
  const all = encodeURIComponent('{"dangling":["false"]}');
  expect(JSON.parse(await text(`POST /images/prune?filters=${all}`))).toEqual({
    ImagesDeleted: [{ Untagged: "busybox:latest" }],
    SpaceReclaimed: 0,
  });
  await text("DELETE /containers/box");
  const { ImagesDeleted } = JSON.parse(await text(`POST /images/prune?filters=${all}`));
  expect(ImagesDeleted).toEqual([{ Untagged: "other:latest" }, { Deleted: id }]);
  const events = await text(
    `GET /events?since=0&until=${Math.ceil(Date.now() / 1000) + 1}&filters=${encodeURIComponent('{"event":["prune"]}')}`,
  );
  expect(events).toBe("");
  await simulator.close();
});

it("a container keeps the name with which its image came, whatever becomes of that name", async () => {
  const { simulator, text } = await started();
  await simulator.engine.containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "source" });
  const { Id: id } = await simulator.engine.containers.commit("source", {}, { repo: "made" });
  await text("POST /images/made/tag?repo=other");
  const archive = Buffer.from(await text("GET /images/get?names=made&names=other"), "latin1");
  await text("POST /images/load", new Uint8Array(archive));
  const { containers } = simulator.engine;
  for (const [name, Image] of [
    ["first", "made"],
    ["second", "other"],
    ["third", id],
  ] as const) {
    await containers.create({ Image, Cmd: ["true"] }, { name });
  }
  await text("DELETE /images/made");
  await containers.create({ Image: id, Cmd: ["true"] }, { name: "fourth" });
  const came = async (name: string) => {
    const { ImageManifestDescriptor } = JSON.parse(await text(`GET /containers/${name}/json`));
    return ImageManifestDescriptor.annotations["io.containerd.image.name"];
  };
  expect(await came("first")).toBe("docker.io/library/made:latest");
  expect(await came("second")).toBe("docker.io/library/other:latest");
  expect(await came("third")).toBe("docker.io/library/made:latest");
  expect(await came("fourth")).toBe("docker.io/library/other:latest");
  await simulator.close();
});
