import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { createSimulator } from "../../src/simulator.js";

function world() {
  const time = virtualTime();
  const { engine, host } = createSimulator({ time });
  return {
    time,
    engine,
    host,
    async start(Image: string, Cmd?: string[], HostConfig = {}, name?: string): Promise<string> {
      const { Id } = await engine.containers.create(
        { Image, ...(Cmd && { Cmd }), HostConfig },
        name ? { name } : {},
      );
      await engine.containers.start(Id);
      return Id;
    },
    async output(id: string): Promise<string> {
      const { stdout, stderr } = await collectOutput(await engine.containers.logs(id));
      return stdout + stderr;
    },
  };
}

it("a container of the image redis serves others by its name, and the host by its published port", async () => {
  const { engine, host, start, output } = world();
  for (const image of ["redis", "redis:7"]) await engine.images.pull(image);
  await engine.networks.create({ Name: "backend" });
  const network = { NetworkMode: "backend" };
  const published = { PortBindings: { "6379/tcp": [{ HostPort: "7000" }] } };
  const redis = await start("redis", undefined, { ...network, ...published }, "redis");
  expect(await output(redis)).toMatch(/Ready to accept connections tcp\n$/);

  const asking = await start("redis:7", ["redis-cli", "-h", "redis", "incr", "visits"], network);
  expect(await engine.containers.wait(asking)).toEqual({ StatusCode: 0 });
  expect(await output(asking)).toBe("1\n");

  const connection = await host.connect(7000);
  await connection.write(new TextEncoder().encode("INCR visits\r\n"));
  expect(new TextDecoder().decode(await connection.read())).toBe(":2\r\n");
  connection.close();

  const { Id } = await engine.exec.create(redis, { Cmd: ["redis-cli", "ping"], AttachStdout: true });
  expect((await collectOutput(await engine.exec.start(Id))).stdout).toBe("PONG\n");

  await engine.containers.stop(redis);
  expect((await engine.containers.inspect(redis)).State).toMatchObject({ Running: false, ExitCode: 0 });
  expect(await output(redis)).toMatch(/# Redis is now ready to exit, bye bye\.\.\.\n$/);
  const late = await start("redis:7", ["redis-cli", "-h", "redis", "ping"], network);
  expect(await engine.containers.wait(late)).toEqual({ StatusCode: 1 });
  expect(await output(late)).toMatch(/^Could not connect to Redis at redis:6379: /);
});

it("keys expire by the time of the simulator", async () => {
  const { time, engine, start, output } = world();
  await engine.images.pull("redis");
  const redis = await start("redis", ["redis-server", "--save", ""]);
  const ask = async (...words: string[]): Promise<string> => {
    const { Id } = await engine.exec.create(redis, {
      Cmd: ["redis-cli", "--no-raw", ...words],
      AttachStdout: true,
    });
    return (await collectOutput(await engine.exec.start(Id))).stdout;
  };
  expect(await ask("set", "session", "x", "ex", "3600")).toBe("OK\n");
  await time.advance(3_599_000);
  expect(await ask("get", "session")).toBe('"x"\n');
  await time.advance(1_001);
  expect(await ask("get", "session")).toBe("(nil)\n");
  expect(await output(redis)).toContain("* Configuration loaded\n");
});

it("data survive a stop and a start, and stay in the volume", async () => {
  const { time, engine, start, output } = world();
  await engine.images.pull("redis");
  const redis = await start("redis", undefined, { Binds: ["data:/data"] });
  const run = async (id: string, ...words: string[]): Promise<string> => {
    const { Id } = await engine.exec.create(id, { Cmd: ["redis-cli", ...words], AttachStdout: true });
    return (await collectOutput(await engine.exec.start(Id))).stdout;
  };
  expect(await run(redis, "set", "visits", "41")).toBe("OK\n");
  await engine.containers.restart(redis);
  expect(await run(redis, "incr", "visits")).toBe("42\n");
  expect(await output(redis)).toMatch(
    /\* DB saved on disk\n[\s\S]*\* Loading RDB produced by version 7\.4\.1\n[\s\S]*\* Done loading RDB, keys loaded: 1, keys expired: 0\.\n/,
  );
  expect(await run(redis, "save")).toBe("OK\n");
  await engine.containers.remove(redis, { force: true });
  await time.advance(1);
  const other = await start("redis", undefined, { Binds: ["data:/data"] });
  expect(await run(other, "get", "visits")).toBe("42\n");
});

it("the server runs as the user redis", async () => {
  const { engine, start } = world();
  await engine.images.pull("redis");
  const redis = await start("redis");
  const { Titles, Processes } = await engine.containers.top(redis);
  expect(Processes?.map((fields) => fields[Titles?.indexOf("UID") ?? 0])).toEqual(["999"]);
});
