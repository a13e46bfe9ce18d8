import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DockerDnsOptions } from "../src/docker/engine.js";
import { dockerEngine } from "../src/docker.js";
import type { Engine } from "../src/engine.js";

/** A driver, and the server of our own that it takes for an engine. */
export interface Served extends AsyncDisposable {
  engine: Engine;
  server: Server;
  /** `unix:///…` */
  host: string;
}

/** Serves `answer` on a socket and gives a driver that calls there. */
export async function serve(answer: RequestListener, options: DockerDnsOptions = {}): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), "dryharbor-"));
  const socket = join(directory, "engine.sock");
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const host = `unix://${socket}`;
  const engine = dockerEngine({ host, ...options });
  return {
    engine,
    server,
    host,
    async [Symbol.asyncDispose]() {
      await engine.close();
      server.closeAllConnections();
      server.close();
      rmSync(directory, { recursive: true });
    },
  };
}
