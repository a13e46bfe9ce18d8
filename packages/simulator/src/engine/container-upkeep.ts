import type { Containers } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { pruneContainers } from "../core/containers/prune.js";
import { updateContainer } from "../core/containers/update.js";
import { containerUpdate } from "../requests/bodies/containers.js";
import { readValue } from "../requests/body.js";
import { filters } from "./filters.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";
import { oneStats, statsStream } from "./stats.js";
import { topOf } from "./top.js";

/** The calls by which running containers are looked after: limits, pruning, processes, use of resources. */
export type ContainerUpkeep = Pick<Containers, "update" | "prune" | "top" | "stats" | "statsStream">;

/** Makes the calls by which running containers are looked after. */
export function containerUpkeep(session: Session): ContainerUpkeep {
  const { daemon } = session;
  const find = (ref: string): Container => findContainer(daemon, containerReference(ref));
  return {
    top: (container, options) =>
      session.call(options, () => topOf(session, find(container), options?.ps_args ?? "")),

    stats: (container, options) =>
      session.call(options, () => oneStats(session, find(container), options?.["one-shot"] ?? false)),

    async statsStream(container, options) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      return statsStream(session, find(container), options?.abortSignal);
    },

    prune: (options) => session.call(options, () => pruneContainers(daemon, filters(options?.filters))),

    update: (container, request, options) =>
      session.call(options, () =>
        updateContainer(
          daemon,
          containerReference(container),
          readValue(daemon.release, containerUpdate, request),
        ),
      ),
  };
}
