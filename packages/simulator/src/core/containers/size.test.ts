import { expect, it } from "vitest";
import { createSimulator, type ImageDefinitions } from "../../index.js";

const images: ImageDefinitions = {
  busybox: { config: { Env: ["PATH=/bin"] }, size: 2_065_260, origin: "imported" },
};

// The sizes that all three engines reported for a container with this command.
const sizes: readonly (readonly [script: string, own: number])[] = [
  ["true", 0],
  ["echo hi > /a", 3],
  ["echo hi > /a; rm /a", 0],
  ["mkdir /d; echo hello > /d/x; ln /d/x /d/y; ln -s /d/x /d/z", 10],
  ["rm /etc/passwd", 0],
  ["chmod 600 /etc/passwd", 30],
  ["chmod 700 /bin/busybox", 2_063_232],
  ["echo more >> /www/index.html", 8],
  ["mv /www/index.html /www/i", 3],
  ["mv /www /wwww", 3],
  ["ln /www/index.html /www/j; rm /www/index.html", 3],
  ["rm -r /www; mkdir /www; echo hi > /www/x", 3],
  ["echo 12 > /tmp/x; echo x > /dev/shm/y; echo 1 > /run", 5],
  ["echo 1 >> /etc/hosts; echo x > /etc/resolv.conf", 0],
];

it.each(sizes)("%s makes %d bytes", async (script, own) => {
  await using simulator = createSimulator({ images });
  const { engine, fetch } = simulator;
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sh", "-c", script] });
  await engine.containers.start(Id);
  await engine.containers.wait(Id);
  const ask = async <T extends object>(path: string) =>
    (await (await fetch(new Request(`http://simulator${path}`))).json()) as T;

  const inspected = { SizeRw: own, SizeRootFs: 2_065_260 + own };
  const { SizeRw, ...whole } = inspected;
  const listed = own === 0 ? whole : { SizeRw, ...whole };
  expect(await ask(`/containers/${Id}/json?size=1`)).toMatchObject(inspected);
  expect(sizesOf((await ask<[object]>("/containers/json?all=1&size=1"))[0])).toEqual(listed);
  expect(sizesOf((await ask<{ Containers: [object] }>("/system/df")).Containers[0])).toEqual(listed);
});

function sizesOf(listed: object): object {
  return Object.fromEntries(Object.entries(listed).filter(([name]) => name.startsWith("Size")));
}
