import { expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import { createSimulator, releaseNames } from "../../index.js";
import { cellOf } from "../releases/row.js";

// Asked of all four.
it.each(releaseNames)("%s has no figures of a container whose network's owner is gone", async (release) => {
  await using simulator = createSimulator({ release });
  const { containers } = simulator.engine;
  const sleeper = { Image: "busybox", Cmd: ["sleep", "1000"] };
  const { Id } = await containers.create(sleeper, { name: "owner" });
  await containers.start("owner");
  await containers.create({ ...sleeper, HostConfig: { NetworkMode: "container:owner" } }, { name: "app" });
  await containers.start("app");
  const sample = async (query: string) => {
    const { status, body } = await ask(simulator, `GET /containers/app/stats?stream=0${query}`);
    const { read, name, message } = JSON.parse(String(body)) as Record<string, string>;
    return message === undefined ? `${status} ${read} ${name}` : `${status} ${message}`;
  };
  const empty = "200 0001-01-01T00:00:00Z /app";
  const gone = `200 Could not get container for ${Id}: No such container: ${Id}`;
  const noSandbox = "invalid id: id is empty";

  await containers.stop("owner", { t: 0 });
  expect(await sample("")).toBe(empty);
  expect(await sample("&one-shot=1")).toBe(
    cellOf({ "20.10": empty, "28.5": `200 ${noSandbox}`, "29": `400 ${noSandbox}` }, release),
  );
  await containers.remove("owner", { force: true });
  expect(await sample("")).toBe(empty);
  expect(await sample("&one-shot=1")).toBe(cellOf({ "20.10": empty, "26.1": gone, "29": empty }, release));
});
