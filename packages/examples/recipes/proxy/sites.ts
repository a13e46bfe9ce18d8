import { type Engine, run } from "@dryharbor/sdk";

/** Starts a container that shows its name to whoever asks for the site. */
export async function startSite(engine: Engine, name: string, site: string): Promise<void> {
  const serve = `mkdir -p /www && echo 'this is ${name}' >/www/index.html && exec httpd -f -p 80 -h /www`;
  const request = {
    Image: "busybox",
    Cmd: ["sh", "-c", serve],
    Labels: { "proxy.site": site },
    ExposedPorts: { "80/tcp": {} },
    HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "0" }] } },
  };
  await run(engine, request, { name, detach: true });
}

/** What the tests of the proxy ask, whatever engine is behind it. */
export async function tryProxy(engine: Engine, ask: (site: string) => Promise<string>): Promise<void> {
  // A container's process may need a moment until it listens, and the proxy one until it knows.
  const eventually = async (site: string, wanted: string): Promise<void> => {
    const end = Date.now() + 10_000;
    for (;;) {
      const page = await ask(site);
      if (page.includes(wanted)) return;
      if (Date.now() > end) throw new Error(`${site} shows ${JSON.stringify(page)}, and not ${wanted}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await eventually("shop.test", "no container has the site shop.test");
  await startSite(engine, "proxied-shop", "shop.test");
  await startSite(engine, "proxied-blog", "blog.test");
  await eventually("shop.test", "this is proxied-shop");
  await eventually("blog.test", "this is proxied-blog");

  // A new version takes the site over.
  await engine.containers.remove("proxied-shop", { force: true });
  await startSite(engine, "proxied-shop-2", "shop.test");
  await eventually("shop.test", "this is proxied-shop-2");

  // A stopped container gets no requests, and a started one gets them again, at another port.
  await engine.containers.stop("proxied-blog", { t: 0 });
  await eventually("blog.test", "no container has the site blog.test");
  await engine.containers.start("proxied-blog");
  await eventually("blog.test", "this is proxied-blog");
}

/** Removes what the tests have started. */
export async function removeSites(engine: Engine): Promise<void> {
  for (const { Id } of await engine.containers.list({ all: true, filters: { label: ["proxy.site"] } })) {
    await engine.containers.remove(Id, { force: true });
  }
}
