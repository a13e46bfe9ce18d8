import { expect, it } from "vitest";
import { createSimulator, type ImageDefinitions } from "../../index.js";

// The sizes that all three engines up to 28.5 reported for a container with this command, and those of 29, which counts
// blocks of the disk.
const sizes: readonly (readonly [script: string, own: number, blocks: number])[] = [
  ["true", 0, 4096],
  ["echo hi > /a", 3, 8192],
  ["echo hi > /a; rm /a", 0, 4096],
  ["mkdir /d; echo hello > /d/x; ln /d/x /d/y; ln -s /d/x /d/z", 10, 12_288],
  ["rm /etc/passwd", 0, 8192],
  ["chmod 600 /etc/passwd", 30, 16_384],
  ["chmod 700 /bin/busybox", 2_063_232, 2_076_672],
  ["echo more >> /www/index.html", 8, 16_384],
  ["mv /www/index.html /www/i", 3, 16_384],
  ["mv /www /wwww", 3, 12_288],
  ["ln /www/index.html /www/j; rm /www/index.html", 3, 16_384],
  ["rm -r /www; mkdir /www; echo hi > /www/x", 3, 12_288],
  ["echo 12 > /tmp/x; echo x > /dev/shm/y; echo 1 > /run", 5, 16_384],
  ["echo 1 >> /etc/hosts; echo x > /etc/resolv.conf", 0, 4096],
];

const cases = sizes.flatMap(([script, own, blocks]) => [
  { release: "28.5" as const, script, own, image: 2_065_260 },
  { release: "29" as const, script, own: blocks, image: 2_138_112 },
]);

it.each(cases)("$release: $script makes $own bytes", async ({ release, script, own, image }) => {
  const images: ImageDefinitions = {
    busybox: { config: { Env: ["PATH=/bin"] }, size: image, origin: "imported" },
  };
  await using simulator = createSimulator({ release, images });
  const { engine, fetch } = simulator;
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sh", "-c", script] });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  const ask = async <T extends object>(path: string) =>
    (await (await fetch(new Request(`http://simulator${path}`))).json()) as T;

  // 29 has one more layer, for /etc/hosts and the like.
  const inspected = { SizeRw: own, SizeRootFs: image + own + (release === "29" ? 20_480 : 0) };
  const { SizeRw, ...whole } = inspected;
  const listed = own === 0 ? whole : { SizeRw, ...whole };
  expect(await ask(`/containers/${Id}/json?size=1`)).toMatchObject(inspected);
  expect(sizesOf((await ask<[object]>("/containers/json?all=1&size=1"))[0])).toEqual(listed);
  expect(sizesOf((await ask<{ Containers: [object] }>("/system/df")).Containers[0])).toEqual(listed);
});

function sizesOf(listed: object): object {
  return Object.fromEntries(Object.entries(listed).filter(([name]) => name.startsWith("Size")));
}

// As a real 29.7.2 reported.
it("29 counts the layer of the container below a layer that was made of it, but not among what images share", async () => {
  const images: ImageDefinitions = {
    busybox: { config: { Env: ["PATH=/bin"] }, size: 2_138_112, origin: "imported" },
  };
  await using simulator = createSimulator({ release: "29", images });
  const { engine } = simulator;
  const unpacked = async (ref: string) => {
    const { Manifests = [] } = await engine.images.inspect(ref, { manifests: true });
    return Manifests.find(({ ImageData }) => ImageData)?.ImageData?.Size.Unpacked;
  };
  const made = async (from: string, script: string, repo: string) => {
    const { Id } = await engine.containers.create({ Image: from, Cmd: ["sh", "-c", script] });
    await engine.containers.start(Id);
    await engine.containers.wait(Id);
    await engine.containers.commit(Id, {}, { repo });
    return await unpacked(repo);
  };
  const busybox = 2_138_112;
  expect(await made("busybox", "true", "same")).toBe(busybox);
  // The root, /dev, /dev/pts, /dev/shm and /etc of the container, and the root and a file.
  const first = busybox + 20_480 + 8192;
  expect(await made("busybox", "echo x > /x", "first")).toBe(first);
  // The first container's layer has the directories, and /dev and /etc are copied from it.
  expect(await made("first", "mkdir /dir", "second")).toBe(first + 12_288 + 8192);
  const listed = await engine.images.list({ "shared-size": true });
  const shared = (repo: string) =>
    listed.find(({ RepoTags }) => RepoTags?.[0] === `${repo}:latest`)?.SharedSize ?? 0;
  expect(shared("first") - shared("same")).toBeGreaterThan(8192);
  expect(shared("first") - shared("same")).toBeLessThan(8192 + 4096);
});
