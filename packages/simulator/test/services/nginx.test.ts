import { expect, it } from "vitest";
import { ask, published, world } from "./world.js";

it("nginx", async () => {
  const { engine, host, run, logs, exec, time } = world();
  const id = await run("nginx", published(80, 8080));
  await time.advance(1000);
  console.log(await logs(id));
  console.log(await ask(await host.connect(8080), "GET / HTTP/1.1\r\nHost: x\r\n\r\n", /html>\n$/));
  console.log(await ask(await host.connect(8080), "GET /nope HTTP/1.1\r\nHost: x\r\n\r\n", /html>\r\n$/));
  console.log(await exec(id, "nginx", "-t"), await exec(id, "ps"), await exec(id, "nginx", "-s", "reload"), await exec(id, "cat", "/etc/nginx/conf.d/default.conf"));
  await engine.containers.stop(id);
  console.log((await logs(id)), (await engine.containers.inspect(id)).State);
});
