import { expect, it } from "vitest";
import { noBody } from "../../http/message.js";
import { createSimulator } from "../../simulator.js";

// Counted by 28.5 and 29 for a busybox and an image with one more file.
it.each(["28.5", "29"] as const)(
  "%s counts a layer of two images as shared in both, and once among all",
  async (release) => {
    const simulator = createSimulator({ release });
    const { engine, handle } = simulator;
    const ask = async (method: string, target: string) => {
      const signal = new AbortController().signal;
      const { body } = await handle({ method, target, headers: { host: "d" }, body: noBody, signal });
      return JSON.parse(String(body));
    };
    await engine.images.remove("alpine");
    const box = { Image: "busybox", Cmd: ["sh", "-c", "echo hello > /f"] };
    await engine.containers.create(box, { name: "box" });
    await engine.containers.start("box");
    await engine.containers.wait("box");
    const alone = await ask("GET", "/images/json?shared-size=1");
    expect(alone.map(({ SharedSize }: { SharedSize: number }) => SharedSize)).toEqual([0]);

    const [{ Size }] = alone;
    await ask("POST", "/commit?container=box&repo=made");
    const [made, { SharedSize }] = await ask("GET", "/images/json?shared-size=1");
    // 28.5 shares all that the lower image has. 29 counts the manifest and the configuration of each as well.
    const manifest = release === "28.5" ? 0 : Size - SharedSize;
    expect(manifest < 1000).toBe(true);
    if (release === "28.5") expect(made.Size).toBe(Size + 6);
    const sizes = { [Size]: Size - manifest, [made.Size]: Size - manifest };
    const shared = (images: { Size: number; SharedSize: number }[]) =>
      Object.fromEntries(images.map((image) => [image.Size, image.SharedSize]));
    expect(shared(await ask("GET", "/images/json?shared-size=1"))).toEqual(sizes);
    const usage = await ask("GET", "/v1.51/system/df");
    expect(shared(usage.Images)).toEqual(sizes);
    const { Descriptor } = await engine.images.inspect("busybox");
    const index = (Descriptor as { size: number } | undefined)?.size ?? 0;
    expect(usage.LayersSize).toBe(made.Size + manifest + index);
    await simulator.close();
  },
);
