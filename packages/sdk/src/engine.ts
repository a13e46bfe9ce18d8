import type { Containers } from "./containers.js";
import type { Dns } from "./dns.js";
import type { EventStream, EventsOptions } from "./events.js";
import type { Exec } from "./exec.js";
import type { Images } from "./images.js";
import type { Networks } from "./networks.js";
import type { Configs, Nodes, Secrets, Services, Swarm, Tasks } from "./swarm.js";
import type { System } from "./system.js";
import type { Traffic } from "./traffic.js";
import type { Volumes } from "./volumes.js";

/**
 * The port: a Docker Engine, real or simulated. Field names, nulls and messages are the Engine
 * API's own, so Docker's reference applies.
 *
 * Every call may reject with an {@link EngineError} (the engine said no), a {@link ConnectionError},
 * {@link TimeoutError} or {@link AbortError} (no answer), or a {@link UsageError} (closed engine).
 */
export interface Engine extends AsyncDisposable {
  readonly system: System;
  readonly networks: Networks;
  readonly containers: Containers;
  readonly exec: Exec;
  readonly images: Images;
  readonly volumes: Volumes;
  readonly swarm: Swarm;
  readonly nodes: Nodes;
  readonly services: Services;
  readonly tasks: Tasks;
  readonly secrets: Secrets;
  readonly configs: Configs;
  readonly dns: Dns;
  readonly traffic: Traffic;
  /** `GET /events`. Subscribes when called, not when first iterated. */
  events(options?: EventsOptions): EventStream;
  /** Ends open streams and connections. Calls made later reject with {@link UsageError}. */
  close(): Promise<void>;
}
