import { virtualTime } from "@dryharbor/kernel/host";
import { expect, it } from "vitest";
import { createSimulator } from "../simulator.js";

// Seen on 20.10, 26.1 and 28.5.
it("tells of a start that failed, unless a removal ends the wait", async () => {
  await using simulator = createSimulator();
  const { containers } = simulator.engine;
  await containers.create({ Image: "busybox", Cmd: ["nonesuch"] }, { name: "web" });
  const next = containers.wait("web", { condition: "next-exit" });
  await expect(containers.start("web")).rejects.toMatchObject({ status: 400 });
  expect(await containers.wait("web")).toMatchObject({
    StatusCode: 127,
    Error: { Message: expect.stringContaining("nonesuch") },
  });
  await containers.remove("web");
  expect(await next).toEqual({ StatusCode: 127 });
});

it("names a container that restarts as the client that attaches does", async () => {
  const time = virtualTime();
  await using simulator = createSimulator({ time });
  const { containers } = simulator.engine;
  const HostConfig = { RestartPolicy: { Name: "always" as const } };
  await containers.create({ Image: "busybox", Cmd: ["false"], HostConfig }, { name: "web" });
  await containers.start("web");
  await time.advance(10);
  const request = new Request("http://d/containers/web/attach?stream=1&stdout=1", { method: "POST" });
  const answer = await simulator.fetch(request);
  expect([answer.status, await answer.text()]).toEqual([
    409,
    "container web is restarting, wait until the container is running\r\n",
  ]);
});
