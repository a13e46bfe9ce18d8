import { request } from "node:http";
import { text } from "node:stream/consumers";
import { serve } from "@dryharbor/simulator/node";
import { test } from "@dryharbor/simulator/vitest";
import { expect } from "vitest";
import { startProxy } from "./proxy.js";
import { startSite, tryProxy } from "./sites.js";

/** Asks the proxy for a site, as a browser does. */
function ask(port: number, site: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, headers: { Host: site } }, (answer) =>
      text(answer).then(resolve, reject),
    )
      .on("error", reject)
      .end();
  });
}

test("follows containers that come and go", async ({ simulator, engine }) => {
  // What containers publish is opened on this machine, where the proxy reaches it.
  const served = await serve(simulator, { host: "tcp://127.0.0.1:0", publish: true });
  const proxy = await startProxy(engine);
  await tryProxy(engine, (site) => ask(proxy.port, site));
  await proxy.close();
  await served.close();
});

test("says when a container does not answer", async ({ engine }) => {
  await startSite(engine, "proxied-shop", "shop.test"); // nobody opens its port here
  const proxy = await startProxy(engine);
  expect(await ask(proxy.port, "shop.test")).toContain("ECONNREFUSED");
  await proxy.close();
});
