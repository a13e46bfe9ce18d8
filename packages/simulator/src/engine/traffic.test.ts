import type { TrafficProbe } from "@dryharbor/sdk/port";
import { expect, test } from "vitest";
import { createSimulator } from "../simulator.js";

/** BusyBox's httpd listens with a backlog of 9, and Linux lets one more wait. Seen on 20.10, 26.1 and 28.5. */
const places = 10;

async function server() {
  const { engine } = createSimulator();
  const { Id } = await engine.containers.create({
    Image: "busybox:latest",
    Cmd: ["httpd", "-f", "-p", "80"],
  });
  await engine.containers.start(Id);
  const { NetworkSettings } = await engine.containers.inspect(Id);
  const probe: TrafficProbe = { address: NetworkSettings.Networks.bridge?.IPAddress ?? "", port: 80 };
  return { engine, id: Id, probe };
}

test("each connection takes a place in the backlog of a paused server, and none of one that runs", async () => {
  const { engine, id, probe } = await server();
  const many = Array.from({ length: places + 3 }, () => probe);
  const full = [...many.slice(3).map(() => "answers"), "silent", "silent", "silent"];
  expect(new Set(await engine.traffic.probe(id, many))).toEqual(new Set(["answers"]));
  await engine.containers.pause(id);
  expect(await engine.traffic.probe(id, many)).toEqual(full);
  expect(await engine.traffic.probeFromHost([probe, { address: probe.address }])).toEqual([
    "silent",
    "answers",
  ]);
  await engine.containers.unpause(id);
  expect(await engine.traffic.probeFromHost([probe])).toEqual(["answers"]);
  await engine.containers.pause(id);
  expect(await engine.traffic.probe(id, many)).toEqual(full);
});

test("what is not reached says why", async () => {
  const { engine, id } = await server();
  expect(
    await engine.traffic.probe(id, [
      { address: "127.0.0.1", port: 81 },
      { address: "::1", port: 80 },
      { address: "172.17.0.99", port: 80 },
      { address: "172.17.0.99" },
      { address: "fd00::1" },
      { address: "fd00::1", port: 80 },
    ]),
  ).toEqual(["refused", "answers", "silent", "silent", "no-route", "no-route"]);
  await expect(engine.traffic.probe(id, [{ address: "web" }])).rejects.toThrow("not an IP address: web");
});
