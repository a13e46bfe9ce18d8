// A test that uses testcontainers and prints what it sees.
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { GenericContainer, Network, Wait } from "testcontainers";
import { attempt, show, stayAwake } from "./show.js";

const done = stayAwake();
/** Reads a stream up to a text that it is known to contain, and returns all of it. */
async function until(last: string, stream: Readable): Promise<string> {
  let seen = "";
  for await (const piece of stream.setEncoding("utf8")) {
    seen += piece;
    if (seen.includes(last)) break;
  }
  return seen;
}

const network = await new Network().start();
const db = await new GenericContainer("busybox")
  .withName("db")
  .withCommand(["sh", "-c", "echo ready; sleep 1000"])
  .withNetwork(network)
  .withNetworkAliases("database", "store")
  .withWaitStrategy(Wait.forLogMessage("ready"))
  .start();
show("db", {
  name: db.getName(),
  networks: db.getNetworkNames().length,
  address: db.getIpAddress(network.getName()),
});

const web = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", "echo starting; sleep 1; echo started; sleep 1000"])
  .withEnvironment({ MODE: "test" })
  .withLabels({ role: "web" })
  .withExposedPorts(80, { container: 81, host: 18101 })
  .withNetwork(network)
  .withHostname("web")
  .withExtraHosts([{ host: "elsewhere", ipAddress: "10.1.2.3" }])
  .withWorkingDir("/tmp")
  .withUser("0")
  .withTmpFs({ "/scratch": "rw" })
  .withWaitStrategy(Wait.forLogMessage(/started/))
  .start();
show("port", [web.getMappedPort(80) > 1024, web.getMappedPort(81), web.getHost(), web.getHostname()]);
show("exec", await web.exec(["echo", "inside"]));
show("hosts", await web.exec(["cat", "/etc/hosts"]));
show("fails", await web.exec(["sh", "-c", "echo no >&2; exit 7"]));
show("environment", await web.exec(["env"], { env: { EXTRA: "1" } }));
show("directory", await web.exec("pwd", { workingDir: "/etc" }));
show("user", await web.exec(["env"], { user: "0" }));
show("logs", await until("started", await web.logs()));

const once = await new GenericContainer("busybox")
  .withCommand(["echo", "done"])
  .withWaitStrategy(Wait.forOneShotStartup())
  .start();
show("one shot", await text(await once.logs()));
await once.stop();
await attempt("one shot that fails", () =>
  new GenericContainer("busybox").withCommand(["false"]).withWaitStrategy(Wait.forOneShotStartup()).start(),
);

await attempt("no such image here", () => new GenericContainer("busybox").withCommand(["nonesuch"]).start());
await attempt("never ready", () =>
  new GenericContainer("busybox")
    .withCommand(["sleep", "1000"])
    .withStartupTimeout(300)
    .withWaitStrategy(Wait.forLogMessage("never"))
    .start(),
);

let said: Promise<string> | undefined;
const healthy = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", "echo said; sleep 1000"])
  .withHealthCheck({ test: ["CMD-SHELL", "echo fine"], interval: 300, timeout: 5000, retries: 3 })
  .withWaitStrategy(Wait.forHealthCheck())
  .withLogConsumer((stream) => {
    said = until("said", stream);
  })
  .start();
show("healthy", await said);
await healthy.stop({ timeout: 0, remove: false });
const asked = await new GenericContainer("busybox")
  .withEntrypoint(["sleep"])
  .withCommand(["1000"])
  .withWaitStrategy(
    Wait.forAll([Wait.forSuccessfulCommand("exit 0"), Wait.forSuccessfulCommand("[ -d /etc ]")]),
  )
  .start();
show("asked", (await asked.exec(["hostname"])).output.trim() === asked.getId().slice(0, 12));
await asked.stop({ timeout: 0 });
await attempt("unhealthy", () =>
  new GenericContainer("busybox")
    .withCommand(["sleep", "1000"])
    .withHealthCheck({ test: ["CMD", "false"], interval: 300, timeout: 5000, retries: 1 })
    .withWaitStrategy(Wait.forHealthCheck())
    .start(),
);

await web.restart({ timeout: 0 });
show("after a restart", (await web.exec(["echo", "back"])).output);
await web.stop({ timeout: 0 });
await db.stop({ timeout: 0 });
await network.stop();
done();
