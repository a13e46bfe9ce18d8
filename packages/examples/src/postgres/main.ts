// Serves an engine whose image `postgres` is a real PostgreSQL: see README.md of this package.

import { once } from "node:events";
import { createSimulator } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { postgresImage } from "./postgres.js";

const host = process.argv[2] ?? "unix:///tmp/dryharbor.sock";
const simulator = createSimulator({ images: { busybox: {}, alpine: {}, postgres: postgresImage } });
const served = await serve(simulator, { host, publish: true });
console.log(`export DOCKER_HOST=${served.host}
docker run -d --name db -p 5432:5432 postgres
psql -h localhost -U postgres -c 'select version()'`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
await served.close();
await simulator.close();
