import { createSimulator } from "@dryharbor/simulator";
import { expect, it } from "vitest";
import { standing } from "../src/index.js";

it("takes an engine that has busybox and nothing else", async () => {
  const { engine } = createSimulator();
  await expect(standing(engine)).resolves.toBeDefined();
});

it("names what an engine has, and leaves it there", async () => {
  const { engine } = createSimulator();
  const { Id } = await engine.networks.create({ Name: "own" });
  await expect(standing(engine)).rejects.toThrow("the engine is not empty: it has own");
  await expect(engine.networks.inspect(Id)).resolves.toBeDefined();
});

it("says that an engine lacks the image, before the first command", async () => {
  const { engine } = createSimulator();
  await engine.images.remove("busybox:latest");
  await expect(standing(engine)).rejects.toThrow("the engine has no image busybox:latest");
});
