import { createSimulator } from "@dryharbor/simulator";
import { expect, test } from "vitest";
import { completeDocker, dockerCommand } from "../index.js";

test("commands, flags, values and names are offered", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  const docker = dockerCommand(engine);
  await docker("network create backend");
  await docker("volume create data");
  await docker("run -d --name web busybox sleep 1000");
  await docker("create --name idle busybox");
  const at = (...words: string[]) => completeDocker(engine, "28.5", words);
  expect(await at("netw")).toEqual(["network"]);
  expect(await at("network", "c")).toEqual(["connect", "create"]);
  expect(await at("network", "inspect", "b")).toEqual(["backend", "bridge"]);
  expect(await at("network", "connect", "backend", "")).toEqual(["idle", "web"]);
  expect(await at("exec", "-it", "")).toEqual(["web"]);
  expect(await at("exec", "web", "")).toEqual([]);
  expect(await at("rm", "web", "")).toEqual(["idle"]);
  expect(await at("run", "--net")).toEqual(["--network", "--network-alias"]);
  expect(await at("run", "--network", "back")).toEqual(["backend"]);
  expect(await at("run", "--network=back")).toEqual(["--network=backend"]);
  expect(await at("run", "-it", "--network", "backend", "busy")).toEqual(["busybox:latest"]);
  expect(await at("run", "--restart", "on")).toEqual(["on-failure"]);
  expect(await at("run", "-v", "d")).toEqual(["data"]);
  expect(await at("run", "-v", "/srv")).toBeUndefined();
  expect(await at("run", "--env-file", "")).toBeUndefined();
  expect(await at("cp", "w")).toEqual(["web:"]);
  expect(await at("cp", "web:/etc/hosts", "x")).toBeUndefined();
  expect(await at("--context", "")).toEqual([]);
  expect(await at("compose", "up", "--no-r")).toEqual(["--no-recreate"]);
});

test("what is named may depend on a flag, since 29", async () => {
  await using simulator = createSimulator();
  const { engine } = simulator;
  const docker = dockerCommand(engine);
  await docker("run -d --name web busybox sleep 1000");
  await docker("run -d --name client --link web:server busybox sleep 1000");
  await docker("tag busybox busybox:2");
  const at = (release: string, ...words: string[]) => completeDocker(engine, release, words);
  expect(await at("29", "inspect", "--type", "network", "br")).toEqual(["bridge"]);
  expect(await at("29", "inspect", "--type=container", "")).toEqual(["client", "web"]);
  expect(await at("29", "inspect", "")).toEqual([]);
  expect(await at("28.5", "inspect", "--type", "network", "br")).toEqual([]);
  expect(await at("29", "rm", "--link", "")).toEqual(["client/server"]);
  expect(await at("29", "rm", "-l", "")).toEqual(["client/server"]);
  expect(await at("28.5", "rm", "--link", "")).toEqual(["client", "web"]);
  expect(await at("29", "images", "busy")).toEqual(["busybox", "busybox:2", "busybox:latest"]);
  expect(await at("29", "commit", "--")).not.toContain("--pause");
  expect(await at("28.5", "commit", "--")).toContain("--pause");
  expect(await at("29", "tru")).toEqual([]);
});

test("a release offers what it has", async () => {
  await using simulator = createSimulator();
  const at = (release: "20.10" | "28.5") =>
    completeDocker(simulator.engine, release, ["run", "--health-start"]);
  expect(await at("20.10")).toEqual(["--health-start-period"]);
  expect(await at("28.5")).toEqual(["--health-start-interval", "--health-start-period"]);
});
