import { expect, it } from "vitest";
import { ask, published, world } from "./world.js";

const image = "katacoda/redis-node-docker-example";
const started =
  "\n> scrapbook-redis-node-docker-example@0.0.0 start /usr/src/app\n> node server.js\n\nListening on port 3000\n";

it("the course's web server counts in the redis of its network", async () => {
  const { engine, host, run, logs, time } = world();
  await engine.networks.create({ Name: "front" });
  const redis = await run("redis", { HostConfig: { NetworkMode: "front" } }, "redis");
  const web = await run(image, published(3000, 3000, "front"));
  expect(await logs(web)).toBe(started);

  const page = (times: number): RegExp =>
    new RegExp(
      "^This page was generated after talking to redis.\n\nApplication Build: 1\n\n" +
        `Total requests: ${times}\n\nIP count: \n    ::ffff:172.18.0.1: ${times}\n$`,
    );
  for (const times of [1, 2]) {
    const response = await host.fetch("http://docker:3000");
    expect(await response.text()).toMatch(page(times));
  }
  expect(await ask(await host.connect(3000), "GET / HTTP/1.1\r\n\r\n", /\r\n0\r\n\r\n$/)).toBe(
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: now\r\nConnection: keep-alive\r\n" +
      "Transfer-Encoding: chunked\r\n\r\n65\r\nThis page was generated after talking to redis.\n\n" +
      "Application Build: 1\n\nTotal requests: 3\n\nIP count: \n\r\n19\r\n    ::ffff:172.18.0.1: 3\n\r\n0\r\n\r\n",
  );

  // It opens a connection that has ended anew, once, after a quarter of a second.
  await engine.containers.stop(redis);
  await time.advance(254);
  expect((await engine.containers.inspect(web)).State.Running).toBe(true);
  await time.advance(60_000);
  expect((await engine.containers.inspect(web)).State).toMatchObject({ Running: false, ExitCode: 1 });
  expect(await logs(web)).toContain(
    "Error: Redis connection to redis:6379 failed - getaddrinfo ENOTFOUND redis",
  );
});

it("without redis it ends as Node ends by an error that nobody handles", async () => {
  const { engine, run, logs, outcome, time } = world();
  await engine.networks.create({ Name: "front" });
  const HostConfig = { NetworkMode: "front" };
  const nobody = await run(image, { HostConfig });
  await time.advance(60_000);
  expect((await engine.containers.inspect(nobody)).State.ExitCode).toBe(1);
  const output = await logs(nobody);
  expect(output.startsWith(started)).toBe(true);
  expect(output).toMatch(
    new RegExp(
      "events.js:154\n {6}throw er; // Unhandled 'error' event\n {6}\\^\n\n" +
        "Error: Redis connection to redis:6379 failed - getaddrinfo ENOTFOUND redis redis:6379\n" +
        " {4}at RedisClient.on_error \\(/usr/src/app/node_modules/redis/index.js:196:24\\)\n",
    ),
  );
  expect(output).toMatch(
    /npm ERR! code ELIFECYCLE\nnpm ERR! .* start: `node server.js`\nnpm ERR! Exit status 1\n/,
  );
  expect(output).toMatch(/npm ERR! {5}\/usr\/src\/app\/npm-debug.log\n$/);

  await run("busybox", { Cmd: ["sleep", "1000"], HostConfig }, "redis");
  const refused = await outcome(image, { HostConfig });
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(" failed - connect ECONNREFUSED 172.18.0.2:6379\n");
});

it("a page that waits for redis when it ends is never finished", async () => {
  const { engine, host, run, logs, time } = world();
  await engine.networks.create({ Name: "front" });
  const HostConfig = { NetworkMode: "front" };
  const redis = await run(
    "busybox",
    { Cmd: ["nc", "-l", "-p", "6379"], OpenStdin: true, HostConfig },
    "redis",
  );
  const web = await run(image, published(3000, 3000, "front"));
  const connection = await host.connect(3000);
  const got = ask(connection, "GET / HTTP/1.1\r\n\r\n", /never/);
  await time.advance(1);
  await engine.containers.kill(redis);
  await time.advance(1000);
  expect(await got).toMatch(/Total requests: undefined\n\nIP count: \n\r\n$/);
  await engine.containers.wait(web);
  expect(await logs(web)).toContain(
    "TypeError: Cannot convert undefined or null to object\n    at Function.keys",
  );
});

it("a stop does not reach node behind npm, so that it is killed", async () => {
  const { engine, run, time } = world();
  await engine.networks.create({ Name: "front" });
  const HostConfig = { NetworkMode: "front" };
  await run("redis", { HostConfig }, "redis");
  const web = await run(image, { HostConfig });
  const stopped = engine.containers.stop(web);
  await time.advance(10_000);
  await stopped;
  expect((await engine.containers.inspect(web)).State.ExitCode).toBe(137);
});
