import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ContainerSummary, Engine } from "@dryharbor/sdk";

/** A reverse proxy that runs. */
export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

/** A site, and the address and port that its container publishes. */
interface Route {
  readonly site: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Starts a reverse proxy in front of an engine's containers. A container with the label `proxy.site` gets the requests
 * whose `Host` is that site, at a port that it publishes on this machine. The proxy follows the engine: what starts
 * gets requests, and what ends gets none. Of several containers with one site the last one gets them.
 */
export async function startProxy(engine: Engine, { port = 0 } = {}): Promise<Proxy> {
  const routes = new Map<string, Route>(); // by the id of the container
  const addRoutes = async (id: string[] = []): Promise<void> => {
    const filters = { id, label: ["proxy.site"], status: ["running"] };
    for (const container of await engine.containers.list({ filters })) {
      const route = routeTo(container);
      if (route) routes.set(container.Id, route);
    }
  };

  // It subscribes first, and then looks, so nothing that happens in between is missed.
  const events = engine.events({ filters: { type: ["container"], event: ["start", "die"] } });
  await events.opened;
  await addRoutes();
  const following = (async () => {
    for await (const { Action, Actor } of events) {
      // While 20.10 tells of an end, its list still has the container, so the event alone is believed.
      if (Action === "die") routes.delete(Actor.ID);
      else await addRoutes([Actor.ID]);
    }
  })();

  const server = createServer((asked, answer) => {
    const site = asked.headers.host?.replace(/:\d+$/, "") ?? "";
    const route = [...routes.values()].findLast((each) => each.site === site);
    if (route) pass(asked, answer, route);
    else refuse(answer, 404, `no container has the site ${site}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      events.close();
      await following;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The way to a container: its first port of TCP that is published for IPv4. */
function routeTo({ Ports, Labels }: ContainerSummary): Route | undefined {
  const published = Ports.find(
    ({ Type, PublicPort, IP }) => Type === "tcp" && PublicPort && !IP?.includes(":"),
  );
  if (!published?.PublicPort) return undefined;
  const host = published.IP && published.IP !== "0.0.0.0" ? published.IP : "127.0.0.1";
  return { site: Labels["proxy.site"]!, host, port: published.PublicPort };
}

function pass(asked: IncomingMessage, answer: ServerResponse, { host, port }: Route): void {
  const { method, url: path, headers } = asked;
  const onward = request({ host, port, method, path, headers }, (found) => {
    answer.writeHead(found.statusCode!, found.headers);
    found.pipe(answer);
  });
  onward.on("error", ({ message }) => refuse(answer, 502, message));
  asked.pipe(onward);
}

function refuse(answer: ServerResponse, status: number, reason: string): void {
  if (answer.headersSent) answer.destroy();
  else answer.writeHead(status, { "Content-Type": "text/plain" }).end(`${reason}\n`);
}
