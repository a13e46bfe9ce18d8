// What a test that uses testcontainers sees.
import { GenericContainer, Network, Wait } from "testcontainers";
import { attempt, show } from "./show.js";

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
  .withCopyContentToContainer([{ content: "copied in", target: "/tmp/copied.txt" }])
  .withWaitStrategy(Wait.forLogMessage(/started/))
  .start();
show("port", [web.getMappedPort(80) > 1024, web.getMappedPort(81), web.getHost(), web.getHostname()]);
show("exec", await web.exec(["cat", "/tmp/copied.txt"]));
show("hosts", await web.exec(["cat", "/etc/hosts"]));
show("fails", await web.exec(["sh", "-c", "echo no >&2; exit 7"]));
show("environment", await web.exec(["env"], { env: { EXTRA: "1" } }));
show("directory", await web.exec(["cat", "copied.txt"], { workingDir: "/tmp" }));
await web.copyContentToContainer([{ content: "later", target: "/tmp/later.txt" }]);
show("later", (await web.exec(["cat", "/tmp/later.txt"])).output);
const lines: string[] = [];
for await (const line of (await web.logs()).setEncoding("utf8")) {
  lines.push(line);
  if (lines.join("").includes("started")) break;
}
show("logs", lines.join(""));

const once = await new GenericContainer("busybox")
  .withCommand(["echo", "done"])
  .withWaitStrategy(Wait.forOneShotStartup())
  .start();
show("one shot", once.getId().length);
await attempt("no such image here", () => new GenericContainer("busybox").withCommand(["nonesuch"]).start());
await attempt("never ready", () =>
  new GenericContainer("busybox")
    .withCommand(["sleep", "1000"])
    .withStartupTimeout(300)
    .withWaitStrategy(Wait.forLogMessage("never"))
    .start(),
);

await web.restart({ timeout: 0 });
show("after a restart", (await web.exec(["echo", "back"])).output);
await once.stop();
await web.stop({ timeout: 0 });
await db.stop({ timeout: 0 });
await network.stop();
