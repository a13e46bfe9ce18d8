import { releaseNames } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { course, images, made } from "../src/course/course.js";
import { simulatedHost } from "../src/course/host.js";
import { failures, teach } from "../src/course/teach.js";

describe.each(releaseNames)(
  "the course on the simulator as %s, by the docker command in TypeScript",
  (release) => {
    it("holds, step by step, and leaves nothing behind", async () => {
      await using host = simulatedHost(release);
      const failed: string[] = [];
      for await (const outcome of teach(course, host)) failed.push(...failures(outcome));
      expect(failed).toEqual([]);
      expect(await host.engine.containers.list({ all: true })).toEqual([]);
      expect((await host.engine.networks.list()).map(({ Name }) => Name).sort()).toEqual([
        "bridge",
        "host",
        "none",
      ]);
    });
  },
);

it("has the commands of the original course, word for word and in order", () => {
  const original = [
    "docker network create backend-network",
    "docker run -d --name=redis --net=backend-network redis",
    "docker run --net=backend-network alpine env",
    "docker run --net=backend-network alpine cat /etc/hosts",
    "docker run --net=backend-network alpine cat /etc/resolv.conf",
    "docker run --net=backend-network alpine ping -c1 redis",
    "docker network create frontend-network",
    "docker network connect frontend-network redis",
    "docker run -d -p 3000:3000 --net=frontend-network katacoda/redis-node-docker-example",
    "curl docker:3000",
    "docker network create frontend-network2",
    "docker network connect --alias db frontend-network2 redis",
    "docker run --net=frontend-network2 alpine ping -c1 db",
    "docker network ls",
    "docker network inspect frontend-network",
    "docker network disconnect frontend-network redis",
  ];
  const commands = course.slice(0, 5).flatMap(({ steps }) => steps.map(({ command }) => command));
  expect([...new Set(commands)].filter((command) => original.includes(command))).toEqual(original);
});

it("does not begin where its names are taken", async () => {
  await using host = simulatedHost();
  await host.engine.networks.create({ Name: "backend-network" });
  const lessons = teach(course, host);
  await expect(lessons.next()).rejects.toThrow("This engine already has backend-network");
  expect(await host.engine.networks.inspect("backend-network")).toMatchObject({ Name: "backend-network" });
});

it("clears away all that its lessons make, and nothing else", async () => {
  await using host = simulatedHost();
  const { engine } = host;
  const { Id } = await engine.containers.create({ Image: "alpine", Cmd: ["true"] }, { name: "another" });
  const networks = new Set<string>();
  for await (const _ of teach(course, host)) {
    for (const { Name } of await engine.networks.list()) networks.add(Name);
  }
  for (const name of ["bridge", "host", "none"]) networks.delete(name);
  expect(made.networks).toEqual(expect.arrayContaining([...networks]));
  expect((await engine.containers.list({ all: true })).map((container) => container.Id)).toEqual([Id]);
});

it("runs the images that it says, and no other", () => {
  const run = course.flatMap(({ steps }) => steps).filter(({ command }) => command.startsWith("docker run"));
  const named = run.map(({ command }) => images.find((image) => command.includes(` ${image}`)));
  expect(named).not.toContain(undefined);
  expect(new Set(named)).toEqual(new Set(images));
});
