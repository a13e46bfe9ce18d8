import { expect, it } from "vitest";
import { ask, published, world } from "./world.js";

it("hello-world says hello and ends", async () => {
  const { outcome } = world();
  const { code, output } = await outcome("hello-world");
  expect(code).toBe(0);
  expect(output).toMatch(/^\nHello from Docker!\nThis message shows/);
  expect(output).toContain("\n    (amd64)\n");
  expect(output).toMatch(/get-started\/\n\n$/);
});

it("whoami tells who it is and what it was asked", async () => {
  const { engine, host, run, logs } = world();
  const id = await run("traefik/whoami", { Hostname: "web", Cmd: ["--name", "one"], ...published(80, 8080) });
  expect(await logs(id)).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d Starting up on port 80\n$/);
  const response = await host.fetch("http://localhost:8080/a?b=c", {
    method: "POST",
    body: "hi",
    headers: { "x-b": "2", "X-A": "1" },
  });
  const { NetworkSettings } = await engine.containers.inspect(id);
  const { IPAddress, Gateway } = Object.values(NetworkSettings.Networks)[0]!;
  const text = await response.text();
  expect(text.replace(/RemoteAddr: .*:\d+\n/, "")).toBe(
    `Name: one\nHostname: web\nIP: 127.0.0.1\nIP: ::1\nIP: ${IPAddress}\n` +
      "POST /a?b=c HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: dryharbor\r\nContent-Length: 2\r\n" +
      "Accept: */*\r\nConnection: close\r\nContent-Type: text/plain;charset=UTF-8\r\nX-A: 1\r\nX-B: 2\r\n\r\nhi",
  );
  expect(/RemoteAddr: (.*):\d+\n/.exec(text)?.[1]).toBe(Gateway);
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(response.headers.get("content-length")).toBe(String(text.length));
});

it("whoami has /api, /bench, /data and /health", async () => {
  const { host, run, logs } = world();
  const id = await run("traefik/whoami", {
    Hostname: "web",
    Env: ["WHOAMI_PORT_NUMBER=8000"],
    ...published(8000, 8080),
  });
  const at = (path: string, init?: RequestInit): Promise<Response> =>
    host.fetch(`http://localhost:8080${path}`, init);
  expect(await (await at("/api?x=<")).json()).toMatchObject({
    hostname: "web",
    method: "GET",
    url: "/api?x=%3C",
    host: "localhost:8080",
    headers: { "User-Agent": ["dryharbor"], Accept: ["*/*"], Connection: ["close"] },
  });
  expect(await (await at("/bench")).text()).toBe("1");
  expect(await (await at("/data?size=5")).text()).toBe("|ABC|");
  expect((await (await at("/data?size=100&unit=kb")).arrayBuffer()).byteLength).toBe(102_400);
  const part = await at("/data?size=100&attachment=true", { headers: { Range: "bytes=0-4" } });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
    206,
    "bytes 0-4/99",
    "|ABCD",
  ]);
  expect((await at("/health")).status).toBe(200);
  const refused = await at("/health", { method: "POST", body: '"x"' });
  expect([refused.status, await refused.text()]).toEqual([
    400,
    "json: cannot unmarshal string into Go value of type int\n",
  ]);
  await at("/health", { method: "POST", body: "503" });
  expect((await at("/health")).status).toBe(503);
  expect(await logs(id)).toContain("Update health check status code [503]\n");
});

it("whoami answers byte for byte as Go does, and echoes over a websocket", async () => {
  const { host, run } = world();
  await run("traefik/whoami", published(80, 8080));
  const connection = await host.connect(8080);
  expect(await ask(connection, "GET /bench HTTP/1.1\r\nHost: x\r\n\r\n", /1$/)).toBe(
    "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Type: text/plain\r\nDate: now\r\n" +
      "Content-Length: 1\r\n\r\n1",
  );
  expect(await ask(connection, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", /\r\n\r\n$/)).toMatch(
    /^HTTP\/1.1 200 OK\r\nDate: now\r\nContent-Length: \d+\r\nContent-Type: text\/plain; charset=utf-8\r\n\r\n$/,
  );
  const handshake =
    "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  expect(await ask(connection, handshake, /\r\n\r\n$/)).toContain(
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
  );
  await connection.write(Uint8Array.of(0x81, 0x82, 1, 1, 1, 1, 0x69, 0x68));
  expect([...((await connection.read()) ?? [])]).toEqual([0x81, 2, 0x68, 0x69]);
});

it("whoami refuses flags as Go does, and a stop ends it with 2, as the first process", async () => {
  const { engine, outcome, run } = world();
  const { code, output } = await outcome("traefik/whoami", { Cmd: ["-prot", "80"] });
  expect(code).toBe(2);
  expect(output).toMatch(/^flag provided but not defined: -prot\nUsage of \/whoami:\n {2}-cacert string\n/);
  const id = await run("traefik/whoami");
  await engine.containers.stop(id);
  expect((await engine.containers.inspect(id)).State.ExitCode).toBe(2);
});
