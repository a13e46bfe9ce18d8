import { type Dns, type DnsQuery, engineError } from "@dryharbor/sdk/port";
import { type Container, isRunning } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedDns(session: Session): Dns {
  const { daemon, runtime } = session;

  function asker(ref: string): Container {
    const container = findContainer(daemon, containerReference(ref));
    if (isRunning(container)) return container;
    throw engineError(409, daemon.release.containers.notRunning(container.id));
  }

  return {
    resolve: (container, query, options) =>
      session.compute(options, () => {
        const from = asker(container);
        return runtime.loaded.resolve(daemon, from, query);
      }),

    resolveAll: (container, queries, options) =>
      session.compute(options, () => {
        const from = asker(container);
        const { resolve } = runtime.loaded;
        return queries.map((query: DnsQuery) => resolve(daemon, from, query));
      }),
  };
}
