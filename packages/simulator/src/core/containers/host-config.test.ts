import { expect, it } from "vitest";
import { createSimulator } from "../../index.js";
import { cellOf, releaseNames } from "../releases/row.js";

it.each(releaseNames)("%s shows the paths that it masks in its own order", async (release) => {
  await using simulator = createSimulator({ release });
  const { containers } = simulator.engine;
  const { Id } = await containers.create({ Image: "busybox", Cmd: ["true"] });
  const { MaskedPaths } = (await containers.inspect(Id)).HostConfig;
  const first = cellOf({ "20.10": "/proc/asound", "29": "/proc/acpi" }, release);
  expect((MaskedPaths as string[])[0]).toBe(first);
  const given = await containers.create({
    Image: "busybox",
    Cmd: ["true"],
    HostConfig: { MaskedPaths: ["/b", "/a"] },
  });
  expect((await containers.inspect(given.Id)).HostConfig.MaskedPaths).toEqual(["/b", "/a"]);
});
