import { expect, it } from "vitest";
import { createSimulator } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

it.each(releaseNames)("%s does not commit on an image that is gone", async (release) => {
  await using simulator = createSimulator({ release });
  const { engine, fetch } = simulator;
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["true"] });
  const { Image } = await engine.containers.inspect(Id);
  await engine.images.remove("busybox", { force: true });
  // 29 keeps the image without its name while a container has it.
  const keeps = cellOf({ "20.10": false, "29": true }, release);
  if (keeps) await engine.images.remove(Image, { force: true });
  const response = await fetch(
    new Request(`http://simulator/commit?container=${Id}&repo=again`, { method: "POST" }),
  );
  const path = `/var/lib/docker/image/overlay2/imagedb/content/sha256/${Image.slice("sha256:".length)}`;
  expect(response.status).toBe(release === "20.10" ? 500 : 404);
  expect(await response.json()).toEqual({
    message: keeps
      ? `NotFound: content digest ${Image}: not found`
      : `failed to get digest ${Image}: open ${path}: no such file or directory`,
  });
});

// docker cp mounts the engine's own /etc/hosts over the container's. Where that copies the file up, a commit has it.
it.each(releaseNames)("%s commits the files of /etc that an archive of it has copied", async (release) => {
  await using simulator = createSimulator({ release });
  const { containers, images } = simulator.engine;
  const { Id } = await containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] });
  const layersOf = async (repo: string) => {
    await containers.commit(Id, {}, { repo });
    return (await images.inspect(repo)).RootFS.Layers!.length;
  };
  const before = await layersOf("before");
  // What is not there before a start is not mounted.
  await containers.statArchive(Id, "/etc/hosts").catch(() => {});
  expect(await layersOf("created")).toBe(before);
  await containers.start(Id);
  const { archive } = await containers.getArchive(Id, "/etc/hosts");
  for await (const _ of archive);
  const copies = cellOf({ "20.10": 0, "26.1": 1, "29": 0 }, release);
  expect(await layersOf("copied")).toBe(before + copies);
  expect(await containers.changes(Id)).toBeNull();
});

// Asked of all four.
it.each(releaseNames)("%s refuses names that an image cannot have", async (release) => {
  await using simulator = createSimulator({ release });
  const { containers, images } = simulator.engine;
  await containers.create({ Image: "busybox", Cmd: ["true"] }, { name: "box" });
  const before = (await images.list()).length;
  const digest = `sha256:${"a".repeat(64)}`;
  /** How a commit ends, and how many images without a name it leaves. */
  const committed = async (repo: string, tag = "") => {
    const failed = await containers.commit("box", {}, { repo, tag }).then(
      async ({ Id }) => {
        await images.remove(Id, { force: true });
        return "done";
      },
      ({ status, message }) => `${status} ${message}`,
    );
    const left = (await images.list()).length - before;
    await images.prune({ filters: { dangling: ["true"] } });
    return [failed, left];
  };
  const algorithm = "400 refusing to create an ambiguous tag using digest algorithm as name";
  const isOld = release === "20.10";
  expect(await committed("BAD")).toEqual(
    isOld
      ? ["500 invalid reference format: repository name must be lowercase", 1]
      : ["400 invalid reference format: repository name (library/BAD) must be lowercase", 0],
  );
  expect(await committed(`x@${digest}`)).toEqual(
    isOld
      ? ["400 refusing to create a tag with a digest reference", 1]
      : ["400 cannot import digest reference", 0],
  );
  expect(await committed("sha256")).toEqual(cellOf({ "20.10": [algorithm, 1], "29": ["done", 0] }, release));
  expect(await committed(`y@${digest}`, "t")).toEqual(
    isOld ? ["done", 0] : ["400 cannot import digest reference", 0],
  );
});
