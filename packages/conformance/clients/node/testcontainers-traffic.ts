// A test that uses testcontainers and talks to what it starts: waits for ports and answers, and asks over mapped ports.
import { GenericContainer, Network, Wait } from "testcontainers";
import { attempt, show, stayAwake } from "./show.js";

const done = stayAwake();
const serve = "mkdir -p /www && echo hello > /www/index.html && sleep 0.5 && exec httpd -f -p 8080 -h /www";

const network = await new Network().start();
const byPort = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", serve])
  .withNetwork(network)
  .withNetworkAliases("web")
  .withExposedPorts(8080)
  .withWaitStrategy(Wait.forListeningPorts())
  .start();
const page = await fetch(`http://${byPort.getHost()}:${byPort.getMappedPort(8080)}/`);
show("page", [page.status, await page.text()]);

const byAnswer = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", serve])
  .withNetwork(network)
  .withExposedPorts(8080)
  .withWaitStrategy(
    Wait.forHttp("/", 8080)
      .forStatusCode(200)
      .forResponsePredicate((body) => body === "hello\n"),
  )
  .start();
const missing = await fetch(`http://${byAnswer.getHost()}:${byAnswer.getMappedPort(8080)}/missing`);
show("missing", missing.status);
show("by its alias", await byAnswer.exec(["wget", "-q", "-O", "-", "http://web:8080/"]));
show("no such name", await byAnswer.exec(["wget", "-q", "-O", "-", "http://nobody:8080/"]));

await attempt("never answers", () =>
  new GenericContainer("busybox")
    .withCommand(["sh", "-c", serve])
    .withExposedPorts(8080)
    .withStartupTimeout(2_000)
    .withWaitStrategy(Wait.forHttp("/missing", 8080).forStatusCode(200))
    .start(),
);
const healthy = await new GenericContainer("busybox")
  .withCommand(["sh", "-c", serve])
  .withExposedPorts({ container: 8080, host: 18320 })
  .withHealthCheck({
    test: ["CMD-SHELL", "wget -q --spider http://localhost:8080/"],
    interval: 300,
    timeout: 5000,
    retries: 30,
  })
  .withWaitStrategy(Wait.forAll([Wait.forHealthCheck(), Wait.forListeningPorts()]))
  .start();
show("at a fixed port", await (await fetch("http://127.0.0.1:18320/")).text());
await healthy.restart({ timeout: 0 });
show("after a restart", await (await fetch("http://127.0.0.1:18320/")).text());
for (const each of [healthy, byAnswer, byPort]) await each.stop({ timeout: 0 });
await attempt("when it has stopped", async () => {
  await fetch("http://127.0.0.1:18320/").catch((error: Error) => {
    throw new Error(String((error.cause as NodeJS.ErrnoException).code));
  });
});
await network.stop();
done();
