// The same packages as modules, where jest is asked for them.
import { NotFoundError } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";

test("networks", async () => {
  const { engine } = createSimulator();
  await engine.networks.create({ Name: "backend" });
  expect(await engine.networks.inspect("backend")).toMatchObject({ Driver: "bridge" });
  await expect(engine.networks.inspect("nowhere")).rejects.toThrow(NotFoundError);
});

test("a program that is loaded later", async () => {
  const { engine } = createSimulator();
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["awk", "BEGIN { exit 3 }"] });
  await engine.containers.start(Id);
  expect(await engine.containers.wait(Id)).toMatchObject({ StatusCode: 3 });
});
