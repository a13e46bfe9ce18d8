import { expect, it } from "vitest";
import { ask, published, world } from "./world.js";

/** Images, what they are started with, and the line of their log that clients wait for. */
const services: readonly {
  readonly image: string;
  readonly env?: string[];
  readonly cmd?: string[];
  readonly port: number;
  readonly ready: RegExp;
  readonly healthy?: readonly (readonly [command: string[], output: string])[];
  readonly code?: number;
}[] = [
  {
    image: "postgres:16",
    env: ["POSTGRES_PASSWORD=x"],
    port: 5432,
    // The first one is of the server that makes the data.
    ready: /(database system is ready to accept connections[\s\S]*){2}/,
    healthy: [
      [["pg_isready"], "/var/run/postgresql:5432 - accepting connections\n"],
      [["pg_isready", "-U", "postgres", "-d", "shop"], "/var/run/postgresql:5432 - accepting connections\n"],
      [["sh", "-c", "pg_isready -h localhost -p 5432"], "localhost:5432 - accepting connections\n"],
      [["pg_isready", "-q"], ""],
    ],
  },
  {
    image: "mysql:8.0",
    env: ["MYSQL_ROOT_PASSWORD=x"],
    port: 3306,
    ready: /mysqld: ready for connections\. Version: '8\.0\.42' {2}socket: \S+ {2}port: 3306 /,
    healthy: [
      [["mysqladmin", "ping", "-h", "localhost"], "mysqld is alive\n"],
      [
        ["mysqladmin", "ping", "-h", "127.0.0.1", "-u", "root", "--password=x"],
        "mysqld is alive\nmysqladmin: [Warning] Using a password on the command line interface can be insecure.\n",
      ],
    ],
  },
  {
    image: "mariadb:11.4",
    env: ["MARIADB_ROOT_PASSWORD=x"],
    port: 3306,
    ready: /mariadbd: ready for connections\.\nVersion: '11\.4\.7-\S+ {2}socket: \S+ {2}port: 3306 /,
    healthy: [
      [["healthcheck.sh", "--connect", "--innodb_initialized"], ""],
      [["mariadb-admin", "ping"], "mysqld is alive\n"],
    ],
  },
  {
    image: "mongo:7",
    port: 27_017,
    ready: /"msg":"Waiting for connections"/,
    healthy: [
      [["mongosh", "--quiet", "--eval", "db.adminCommand('ping')"], "{ ok: 1 }\n"],
      [["sh", "-c", "echo 'db.runCommand(\"ping\").ok' | mongosh localhost:27017/test --quiet"], "1\n"],
    ],
  },
  {
    image: "rabbitmq:3.13",
    port: 5672,
    ready: /Server startup complete; /,
    healthy: [
      [["rabbitmq-diagnostics", "-q", "ping"], "Ping succeeded\n"],
      [
        ["rabbitmq-diagnostics", "-q", "check_running"],
        "RabbitMQ on node rabbit@shop is fully booted and running\n",
      ],
    ],
  },
  { image: "elasticsearch:8.18.3", port: 9200, ready: /"message":"started/, code: 143 },
  {
    image: "minio/minio",
    cmd: ["server", "/data"],
    port: 9000,
    ready: /API: http/,
    healthy: [[["mc", "ready", "local"], "The cluster 'local' is ready\n"]],
  },
  { image: "nats", port: 4222, ready: /Server is ready/ },
  { image: "registry:2", port: 5000, ready: /listening on \[::\]:5000/ },
  { image: "cassandra", port: 9042, ready: /Startup complete/, code: 143 },
  { image: "zookeeper", port: 2181, ready: /binding to port/, code: 143 },
  { image: "tomcat", port: 8080, ready: /Server startup in/, code: 143 },
  { image: "consul", port: 8500, ready: /Consul agent running!/ },
  { image: "grafana/grafana", port: 3000, ready: /HTTP Server Listen/ },
  { image: "prom/prometheus", port: 9090, ready: /Server is ready to receive web requests/ },
];

it.each(services)(
  "$image listens, says so, is healthy, and tells clients that there is no such service",
  async (service) => {
    const { image, env, cmd, port, ready, healthy = [], code = 0 } = service;
    const { engine, host, run, until, exec, time } = world();
    const id = await run(image, {
      Hostname: "shop",
      ...(env && { Env: env }),
      ...(cmd && { Cmd: cmd }),
      ...published(port, port),
    });
    const started = await until(id, ready);
    for (const [command, output] of healthy) expect(await exec(id, ...command)).toEqual({ code: 0, output });

    // Whoever only tries the port is not told anything.
    (await host.connect(port)).close();
    await time.advance(1);
    expect(await until(id, ready)).toBe(started);
    const connection = await host.connect(port);
    await connection.write(new TextEncoder().encode("GET /x HTTP/1.1\r\nHost: x\r\n\r\n"));
    expect(await connection.read().catch(() => undefined)).toBeUndefined();
    expect((await until(id, /the simulator has no /)).match(/the simulator has no /g)).toHaveLength(1);

    await engine.containers.stop(id);
    expect((await engine.containers.inspect(id)).State.ExitCode).toBe(code);
  },
);

it("a client that waits for a greeting is told, too", async () => {
  const { host, run, until, time } = world();
  const id = await run("mysql", { Env: ["MYSQL_ROOT_PASSWORD=x"], ...published(3306, 3306) });
  const connection = await host.connect(3306);
  const got = connection.read();
  await time.advance(100);
  expect(await got).toBeUndefined();
  expect(await until(id, /no MySQL/)).toContain(
    "[Warning] [MY-000000] [Server] the simulator has no MySQL: the connection from 172.17.0.1 is closed\n",
  );
});

it("what has no password says so and ends, and data that are there stay", async () => {
  const { engine, outcome, run, until } = world();
  const postgres = await outcome("postgres");
  expect(postgres.code).toBe(1);
  expect(postgres.output).toMatch(
    /^Error: Database is uninitialized and superuser password is not specified\.\n {7}You must specify POSTGRES_PASSWORD/,
  );
  expect(await outcome("mysql")).toEqual({
    code: 1,
    output: expect.stringContaining("[ERROR] [Entrypoint]: Database is uninitialized and password option"),
  });
  expect((await outcome("mariadb")).code).toBe(1);
  const id = await run("postgres", { Env: ["POSTGRES_HOST_AUTH_METHOD=trust"] });
  await until(id, /init process complete/);
  await engine.containers.restart(id);
  expect(await until(id, /Skipping initialization/)).toMatch(/received fast shutdown request\n/);
});

it("health commands fail as the real ones do", async () => {
  const { run, exec } = world();
  const idle = { Cmd: ["sleep", "1000"], Hostname: "shop" };
  const postgres = await run("postgres", idle);
  expect(await exec(postgres, "pg_isready")).toEqual({
    code: 2,
    output: "/var/run/postgresql:5432 - no response\n",
  });
  expect(await exec(postgres, "pg_isready", "-h", "127.0.0.1", "-p", "5555")).toEqual({
    code: 2,
    output: "127.0.0.1:5555 - no response\n",
  });
  expect(await exec(postgres, "pg_isready", "-x")).toEqual({
    code: 3,
    output:
      "pg_isready: invalid option -- 'x'\npg_isready: hint: Try \"pg_isready --help\" for more information.\n",
  });
  const mariadb = await run("mariadb", idle);
  expect(await exec(mariadb, "mariadb-admin", "-h", "127.0.0.1", "ping")).toEqual({
    code: 1,
    output:
      "\x07mariadb-admin: connect to server at '127.0.0.1' failed\nerror: 'Can't connect to server on '127.0.0.1' (115)'\n" +
      "Check that mariadbd is running and that the socket: '/run/mysqld/mysqld.sock' exists!\n",
  });
  expect(await exec(mariadb, "mysqladmin", "ping", "-h", "localhost")).toEqual({
    code: 1,
    output:
      "\x07mysqladmin: connect to server at 'localhost' failed\n" +
      "error: 'Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)'\n" +
      "Check that mariadbd is running and that the socket: '/run/mysqld/mysqld.sock' exists!\n",
  });
  expect(await exec(mariadb, "healthcheck.sh", "--connect")).toMatchObject({ code: 1 });
  expect(await exec(mariadb, "healthcheck.sh")).toEqual({
    code: 1,
    output: "At least one argument required\n",
  });
  expect(await exec(await run("mongo", idle), "mongosh", "--eval", "db.adminCommand('ping')")).toEqual({
    code: 1,
    output: "MongoNetworkError: connect ECONNREFUSED 127.0.0.1:27017\n",
  });
  const rabbitmq = await run("rabbitmq", idle);
  expect(await exec(rabbitmq, "rabbitmq-diagnostics", "-q", "ping")).toEqual({
    code: 69,
    output: "Error:\nFailed to connect and authenticate to rabbit@shop in 60000 ms\n",
  });
  expect(await exec(rabbitmq, "rabbitmqctl", "status")).toMatchObject({
    code: 69,
    output: expect.stringMatching(
      /^Error: unable to perform an operation on node 'rabbit@shop'\.[\s\S]*\* epmd reports: node 'rabbit' not running at all/,
    ),
  });
  expect(await exec(rabbitmq, "rabbitmqctl", "-n", "rabbit@nowhere", "status")).toMatchObject({
    code: 69,
    output: expect.stringContaining(
      "* unable to connect to epmd (port 4369) on nowhere: nxdomain (non-existing domain)\n",
    ),
  });
});

it("a health check of a compose file makes its container healthy", async () => {
  const { engine, run, time, until } = world();
  const id = await run("postgres", {
    Env: ["POSTGRES_PASSWORD=x"],
    Healthcheck: { Test: ["CMD-SHELL", "pg_isready -U postgres"], Interval: 1_000_000_000 },
  });
  await until(id, /init process complete/);
  await time.advance(2_000);
  expect((await engine.containers.inspect(id)).State.Health?.Status).toBe("healthy");
});

it("a service whose health is asked over HTTP answers that", async () => {
  const { host, run, until } = world();
  const id = await run("minio/minio", { Cmd: ["server", "/data"], ...published(9000, 9000) });
  await until(id, /API/);
  expect((await host.fetch("http://localhost:9000/minio/health/live")).status).toBe(200);
});

/** Clients as a container's command, in the network of a service and without it. */
const clients: readonly {
  readonly image: string;
  readonly env?: readonly string[];
  readonly ready: RegExp;
  readonly command: (host: string) => readonly string[];
  /** What is said of the service that nobody simulates, of a host where nobody listens, and of a name that nobody has. */
  readonly closed: RegExp;
  readonly refused: RegExp;
  readonly unknown: RegExp;
}[] = [
  {
    image: "postgres",
    env: ["POSTGRES_PASSWORD=x"],
    ready: /init process complete[\s\S]*ready to accept/,
    command: (host) => ["psql", "-h", host, "-U", "postgres"],
    closed:
      /^psql: error: connection to server at "there" \(172\.18\.0\.2\), port 5432 failed: server closed the/,
    refused:
      /^psql: error: connection to server at "idle" \(172\.18\.0\.3\), port 5432 failed: Connection refused\n/,
    unknown: /^psql: error: could not translate host name "nowhere" to address: Name or service not known\n$/,
  },
  {
    image: "postgres:13",
    env: ["POSTGRES_PASSWORD=x"],
    ready: /init process complete[\s\S]*ready to accept/,
    command: (host) => ["pg_dump", "-h", host, "shop"],
    closed: /^pg_dump: error: server closed the connection unexpectedly\n/,
    refused:
      /^pg_dump: error: could not connect to server: Connection refused\n\tIs the server running on host "idle" \(172/,
    unknown:
      /^pg_dump: error: could not translate host name "nowhere" to address: Name or service not known\n$/,
  },
  {
    image: "mysql",
    env: ["MYSQL_ROOT_PASSWORD=x"],
    ready: /ready for connections.*port: 3306/,
    command: (host) => ["mysql", "-h", host],
    closed:
      /^ERROR 2013 \(HY000\): Lost connection to MySQL server at 'reading initial communication packet', system/,
    refused: /^ERROR 2003 \(HY000\): Can't connect to MySQL server on 'idle:3306' \(111\)\n$/,
    unknown: /^ERROR 2005 \(HY000\): Unknown MySQL server host 'nowhere' \(-2\)\n$/,
  },
  {
    image: "mongo",
    ready: /Waiting for connections/,
    command: (host) => ["mongodump", "--host", host],
    closed: /Failed: can't create session: .*incomplete read of message header: EOF/,
    refused: /dial tcp 172\.18\.0\.3:27017: connect: connection refused/,
    unknown: /dial tcp: lookup nowhere on 127\.0\.0\.11:53: no such host/,
  },
  {
    image: "cassandra",
    ready: /Startup complete/,
    command: (host) => ["cqlsh", host],
    closed: /ConnectionShutdown\("Connection to 172\.18\.0\.2:9042 was closed"\)/,
    refused: /\{'172\.18\.0\.3:9042': ConnectionRefusedError\(111, /,
    unknown: /^Connection error: \{\}\n$/,
  },
  {
    image: "zookeeper",
    ready: /binding to port/,
    command: (host) => ["zkCli.sh", "-server", host],
    closed: /EndOfStreamException: /,
    refused: /java\.net\.ConnectException: Connection refused/,
    unknown: /java\.net\.UnknownHostException: nowhere: /,
  },
];

it.each(clients)(
  "$image: a client that is a container's command says what comes of its connection, and ends",
  async (client) => {
    const { image, env, ready, command, closed, refused, unknown } = client;
    const { engine, run, until, logs, time } = world();
    await engine.networks.create({ Name: "shop" });
    const options = { HostConfig: { NetworkMode: "shop" } };
    const server = await run(image, { ...options, ...(env && { Env: [...env] }) }, "there");
    await until(server, ready);
    await run("busybox", { ...options, Cmd: ["sleep", "100000"] }, "idle");
    for (const [host, said] of [
      ["there", closed],
      ["idle", refused],
      ["nowhere", unknown],
    ] as const) {
      const id = await run(image, { ...options, Cmd: [...command(host)] });
      for (let step = 0; step < 100 && (await engine.containers.inspect(id)).State.Running; step++) {
        await time.advance(1000);
      }
      const { Running, ExitCode } = (await engine.containers.inspect(id)).State;
      expect({ Running, ExitCode }).toEqual({ Running: false, ExitCode: image === "postgres" ? 2 : 1 });
      expect(await logs(id)).toMatch(said);
    }
  },
);

it("a program of an image that ends by itself says that the simulator lacks it, and what serves runs on", async () => {
  const { engine, run, outcome } = world();
  for (const [image, Cmd] of [
    ["redis", ["redis-check-rdb", "dump.rdb"]],
    ["node", ["node", "--version"]],
    ["python", ["pip", "list"]],
  ] as const) {
    expect(await outcome(image, { Cmd: [...Cmd] })).toEqual({
      code: 126,
      output: `${Cmd[0]}: the simulator has no such program; give one to createSimulator({ programs })\n`,
    });
  }
  for (const [image, Cmd] of [
    ["node", ["node", "server.js"]],
    ["node", ["npm", "start"]],
    ["php", undefined],
    ["ghost", undefined],
  ] as const) {
    const id = await run(image, Cmd && { Cmd: [...Cmd] });
    expect((await engine.containers.inspect(id)).State.Running).toBe(true);
    await engine.containers.stop(id);
    expect((await engine.containers.inspect(id)).State.ExitCode).toBe(0);
  }
});

it("gosu and su-exec run a program as another user", async () => {
  const { exec, run } = world();
  const idle = { Cmd: ["sleep", "100000"] };
  const postgres = await run("postgres", idle);
  expect(await exec(postgres, "gosu", "postgres", "id", "-un")).toEqual({ code: 0, output: "postgres\n" });
  expect(await exec(postgres, "gosu", "1000:7", "id")).toEqual({
    code: 0,
    output: "uid=1000 gid=7(lp) groups=7(lp)\n",
  });
  expect(await exec(postgres, "gosu", "nosuch", "id")).toMatchObject({ code: 1 });
  expect(await exec(await run("consul", idle), "su-exec", "consul", "id", "-un")).toEqual({
    code: 0,
    output: "consul\n",
  });
});

it("memcached keeps values, and its log says how it ended", async () => {
  const { engine, host, run, logs } = world();
  const id = await run("memcached", published(11_211, 11_211));
  expect(await ask(await host.connect(11_211), "set a 5 0 2\r\nhi\r\ngets a\r\n", /END\r\n$/)).toBe(
    "STORED\r\nVALUE a 5 2 1\r\nhi\r\nEND\r\n",
  );
  await engine.containers.stop(id);
  expect((await engine.containers.inspect(id)).State.ExitCode).toBe(0);
  expect(await logs(id)).toBe("Signal handled: Terminated.\n");
});
