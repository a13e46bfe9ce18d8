import type { Session } from "./session.js";

type Seldom = typeof import("../seldom.js");

let loaded: Seldom | undefined;

async function load(): Promise<Seldom> {
  loaded = await import("../seldom.js");
  return loaded;
}

/** Makes a call of a group that is loaded with the first call. Later calls do not wait. */
export type CallOnDemand<Group> = <Args extends unknown[], Answer>(
  method: (group: Group) => (...args: Args) => Promise<Answer>,
) => (...args: Args) => Promise<Answer>;

/**
 * Makes calls that few programs need. Their code is loaded with the first of them. Calls that are made meanwhile wait, so
 * that all happen in the order in which they were made.
 *
 * @param make makes the group of what is loaded
 */
export function onDemand<Group>(session: Session, make: (seldom: Seldom) => Group): CallOnDemand<Group> {
  let group: Group | undefined;
  return (method) =>
    async (...args) => {
      if (!loaded) await session.runtime.awaitLoad(load());
      // A load that failed is tried again, and says why.
      group ??= make(loaded ?? (await load()));
      const call = method(group);
      return session.afterWaiting(() => call(...args));
    };
}
