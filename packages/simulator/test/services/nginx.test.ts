import { expect, it } from "vitest";
import { answerTo, readRecording, stable, writeFiles } from "./recorded.js";
import { ask, published, world } from "./world.js";

const ready = /start worker process /;

it("nginx answers and logs as a real one did, byte for byte", async () => {
  const { files, exchanges, log } = await readRecording("nginx");
  const all = world();
  const { engine, run, exec, logs, time, until } = all;
  const id = await run("nginx", { ...published(8000, 8000), Env: ["NGINX_VERSION=1.22.1"] });
  await until(id, ready);
  await writeFiles(all, id, files);
  expect(await exec(id, "nginx", "-t")).toEqual({
    code: 0,
    output:
      "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n" +
      "nginx: configuration file /etc/nginx/nginx.conf test is successful\n",
  });
  await exec(id, "nginx", "-s", "reload");
  await time.advance(1);
  const different: unknown[] = [];
  for (const { request, answer } of exchanges) {
    const got = await answerTo(all, 8000, request);
    if (got !== answer) different.push({ request, got, answer });
  }
  expect(different).toEqual([]);
  // Each stream has its lines in order.
  const lines = (await logs(id))
    .split("\n")
    .filter((line) => !line.includes("[notice]"))
    .map(stable);
  for (const kind of [/^TIME/, /^CLIENT/]) {
    expect(lines.filter((line) => kind.test(line))).toEqual(log.filter((line) => kind.test(line)));
  }
  await engine.containers.kill(id);
});

it("the image runs its scripts, and serves what is put in the place of the page", async () => {
  const { engine, host, run, logs, exec, until } = world();
  const id = await run("nginx:1.28-alpine", published(80, 8080));
  const started = await until(id, ready);
  expect(started.split("\n").slice(0, 9)).toEqual([
    "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
    "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
    "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf",
    "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf",
    "/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh",
    "/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh",
    "/docker-entrypoint.sh: Configuration complete; ready for start up",
  ]);
  expect(started).toMatch(/ \[notice\] 1#1: nginx\/1\.28\.0\n/);
  expect(await (await host.fetch("http://localhost:8080/")).text()).toContain("<h1>Welcome to nginx!</h1>");
  await exec(id, "sh", "-c", "echo mine >/usr/share/nginx/html/index.html");
  expect(await (await host.fetch("http://localhost:8080/")).text()).toBe("mine\n");
  await engine.containers.stop(id);
  expect(await logs(id)).toMatch(/ signal 3 \(SIGQUIT\) received, shutting down\n/);
  expect((await engine.containers.inspect(id)).State.ExitCode).toBe(0);
});

it("a template becomes a configuration, with the values of the environment", async () => {
  const { engine, host, run, logs, exec, until } = world();
  const id = await run("nginx", { ...published(8000, 8000), Env: ["PORT=8000", "TEXT=hello"] });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a template of nginx's image
  const template = 'server { listen ${PORT}; return 200 "${TEXT} $uri"; }';
  await exec(
    id,
    "sh",
    "-c",
    `mkdir /etc/nginx/templates; echo '${template}' >/etc/nginx/templates/web.conf.template`,
  );
  await until(id, ready);
  await engine.containers.restart(id);
  await until(id, /(start worker process \d+[\s\S]*){5}/);
  expect(await (await host.fetch("http://localhost:8000/x")).text()).toBe("hello /x");
  expect(await logs(id)).toContain(
    "20-envsubst-on-templates.sh: Running envsubst on /etc/nginx/templates/web.conf.template to /etc/nginx/conf.d/web.conf\n",
  );
  expect(await logs(id)).toContain("10-listen-on-ipv6-by-default.sh: info: IPv6 listen already enabled\n");
});

it("a proxy finds its upstream by its name, and passes a websocket on", async () => {
  const { engine, host, run, exec, logs, outcome, time, until } = world();
  await engine.networks.create({ Name: "front" });
  const HostConfig = { NetworkMode: "front" };
  const app = await run("traefik/whoami", { HostConfig, Hostname: "app" }, "app");
  const web = await run("nginx", published(80, 8080, "front"));
  await until(web, ready);
  const configure = (line: string) =>
    exec(
      web,
      "sh",
      "-c",
      `echo 'server { listen 80; ${line} }' >/etc/nginx/conf.d/default.conf; nginx -s reload`,
    );
  await configure(
    "location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; " +
      'proxy_set_header Connection "upgrade"; }',
  );
  await time.advance(1);
  expect(await (await host.fetch("http://localhost:8080/x")).text()).toMatch(
    /^Hostname: app\n[\s\S]*GET \/x HTTP/,
  );
  const connection = await host.connect(8080);
  const handshake =
    "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  expect(await ask(connection, handshake, /\r\n\r\n$/)).toMatch(/^HTTP\/1.1 101 Switching Protocols\r\n/);
  await connection.write(Uint8Array.of(0x81, 0x82, 1, 1, 1, 1, 0x69, 0x68));
  expect([...((await connection.read()) ?? [])]).toEqual([0x81, 2, 0x68, 0x69]);

  // An address that nobody has any more is looked up anew by a reload alone.
  await engine.containers.remove(app, { force: true });
  await time.advance(1);
  const gone = host.fetch("http://localhost:8080/x");
  await time.advance(70_000);
  expect((await gone).status).toBe(502);
  expect(await logs(web)).toMatch(
    /\[error\] .* connect\(\) failed \(113: No route to host\) while connecting to upstream, client: 172.18.0.1, server: , request: "GET \/x HTTP\/1.1", upstream: "http:\/\/172.18.0.2:80\/x", host: "localhost:8080"/,
  );
  const script =
    "echo 'server { location / { proxy_pass http://nobody:80; } }' >/etc/nginx/conf.d/default.conf; nginx -g 'daemon off;'";
  const refused = outcome("nginx", { Cmd: ["sh", "-c", script], HostConfig });
  await time.advance(60_000);
  expect(await refused).toEqual({
    code: 1,
    output: expect.stringMatching(
      /\[emerg\] \d+#\d+: host not found in upstream "nobody" in \/etc\/nginx\/conf.d\/default.conf:1\n/,
    ),
  });
});

const refusals: readonly (readonly [configuration: string, problem: string])[] = [
  ["foo 1;", 'unknown directive "foo" in FILE:1'],
  ["events {}\nhttp { servr { } }", 'unknown directive "servr" in FILE:2'],
  ["events {}\nhttp { listen 80; }", '"listen" directive is not allowed here in FILE:2'],
  ["events {}\nhttp { server { listen 80 }\n}", 'unexpected "}" in FILE:2'],
  ["events {}\nhttp { server { listen 80;\n\n", 'unexpected end of file, expecting "}" in FILE:4'],
  ["events {}\nhttp { } }", 'unexpected "}" in FILE:2'],
  [
    "events {}\nhttp { server { listen abc; } }",
    'host not found in "abc" of the "listen" directive in FILE:2',
  ],
  [
    "events {}\nhttp { server { listen 99999; } }",
    'invalid port in "99999" of the "listen" directive in FILE:2',
  ],
  ["events {}\nhttp { server { location / { } location / { } } }", 'duplicate location "/" in FILE:2'],
  ["events {}\nhttp { server { root a b; } }", 'invalid number of arguments in "root" directive in FILE:2'],
  [
    "events {}\nhttp { server { autoindex yes; } }",
    'invalid value "yes" in "autoindex" directive, it must be "on" or "off" in FILE:2',
  ],
  ["events {}\nhttp { server { root /a; root /b; } }", '"root" directive is duplicate in FILE:2'],
  ["events {}\nhttp { server { location / { return abc; } } }", 'invalid return code "abc" in FILE:2'],
  [
    "events {}\nhttp { server { location ~ ( { } } }",
    'pcre2_compile() failed: missing closing parenthesis in "(" in FILE:2',
  ],
  [
    "events {}\nhttp { include nothing.conf; }",
    'open() "/etc/nginx/nothing.conf" failed (2: No such file or directory) in FILE:2',
  ],
  [
    'events {}\nhttp { server { return 200 "a; } }\n',
    'unexpected end of file, expecting ";" or "}" in FILE:3',
  ],
  ["events {}\nhttp { server { return 200 $nosuchvar; } }", 'unknown "nosuchvar" variable'],
  ["http {}", 'no "events" section in configuration'],
  ["events {}\nhttp { server { location / { proxy_pass /abc; } } }", "invalid URL prefix in FILE:2"],
  [
    "events {}\nhttp { server { client_max_body_size x; } }",
    '"client_max_body_size" directive invalid value in FILE:2',
  ],
  ["events {}\nhttp { ; }", 'unexpected ";" in FILE:2'],
  ["events {}\nhttp { upstream u { } }", "no servers are inside upstream in FILE:2"],
  ["events {}\nhttp { access_log a b; }", 'unknown log format "b" in FILE:2'],
  [
    "events {}\nhttp { server { location /a { location /b { } } } }",
    'location "/b" is outside location "/a" in FILE:2',
  ],
  ["user nosuch;\nevents {}", 'getpwnam("nosuch") failed in FILE:1'],
  [
    "events {}\nhttp { server { location ~ /a { proxy_pass http://127.0.0.1/x; } } }",
    '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block in FILE:2',
  ],
];

it("a configuration is refused in nginx's words", async () => {
  const { run, exec } = world();
  const id = await run("nginx");
  for (const [configuration, problem] of refusals) {
    await exec(id, "sh", "-c", 'printf "%s" "$1" >/etc/nginx/t.conf', "sh", configuration);
    const { code, output } = await exec(id, "nginx", "-t", "-c", "/etc/nginx/t.conf");
    expect(output.replaceAll("/etc/nginx/t.conf", "FILE")).toContain(`: ${problem}\n`);
    expect(output).toMatch(/nginx: configuration file \/etc\/nginx\/t.conf test failed\n$/);
    expect(code).toBe(1);
  }
  expect(await exec(id, "nginx", "-x")).toEqual({ code: 1, output: 'nginx: invalid option: "x"\n' });
  expect(await exec(id, "nginx", "-v")).toEqual({ code: 0, output: "nginx version: nginx/1.29.0\n" });
});
