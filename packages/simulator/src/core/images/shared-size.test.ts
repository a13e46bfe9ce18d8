import { expect, it } from "vitest";
import { noBody } from "../../http/message.js";
import { createSimulator } from "../../simulator.js";

// Counted by 28.5 for a busybox and an image with one more file.
it("a layer that two images have counts as shared in both, and once among all", async () => {
  const simulator = createSimulator();
  const { engine, handle } = simulator;
  const ask = async (method: string, target: string) => {
    const signal = new AbortController().signal;
    const { body } = await handle({ method, target, headers: { host: "d" }, body: noBody, signal });
    return JSON.parse(String(body));
  };
  await engine.images.remove("alpine");
  const { Size } = await engine.images.inspect("busybox");
  const box = { Image: "busybox", Cmd: ["sh", "-c", "echo hello > /f"] };
  await engine.containers.create(box, { name: "box" });
  await engine.containers.start("box");
  await engine.containers.wait("box");
  const alone = await ask("GET", "/images/json?shared-size=1");
  expect(alone.map(({ SharedSize }: { SharedSize: number }) => SharedSize)).toEqual([0]);

  await ask("POST", "/commit?container=box&repo=made");
  const sizes = { [Size]: Size, [Size + 6]: Size };
  const shared = (images: { Size: number; SharedSize: number }[]) =>
    Object.fromEntries(images.map((image) => [image.Size, image.SharedSize]));
  expect(shared(await ask("GET", "/images/json?shared-size=1"))).toEqual(sizes);
  const usage = await ask("GET", "/system/df");
  expect(shared(usage.Images)).toEqual(sizes);
  expect(usage.LayersSize).toBe(Size + 6);
  await simulator.close();
});
