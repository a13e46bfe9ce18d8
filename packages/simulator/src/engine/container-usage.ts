import type { Containers } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { findContainer } from "../core/containers/find.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";
import { oneStats, statsStream } from "./stats.js";
import { topOf } from "./top.js";

/** The calls that tell what runs in a container, and what it uses. */
export type ContainerUsage = Pick<Containers, "top" | "stats" | "statsStream">;

/** Makes the calls that tell what runs in a container, and what it uses. */
export function containerUsage(session: Session): ContainerUsage {
  const { daemon, runtime } = session;
  const find = (ref: string): Container => findContainer(daemon, containerReference(ref));
  return {
    top: (container, options) =>
      session.call(options, () => topOf(session, find(container), options?.ps_args ?? "")),

    stats: (container, options) =>
      session.call(options, () => oneStats(session, find(container), options?.["one-shot"] ?? false)),

    async statsStream(container, options) {
      session.admit(options);
      if (runtime.loading) await session.programsLoaded(options);
      return statsStream(session, find(container), options?.abortSignal);
    },
  };
}
