type Seldom = typeof import("../seldom.js");

/** Makes a call of a group that is loaded with the first call. Later calls do not wait. */
export type CallOnDemand<Group> = <Args extends unknown[], Answer>(
  method: (group: Group) => (...args: Args) => Promise<Answer>,
) => (...args: Args) => Promise<Answer>;

/**
 * Makes calls that few programs need. Their code is loaded with the first of them, which is answered with what there is
 * by then.
 *
 * @param make makes the group of what is loaded
 */
export function onDemand<Group>(make: (seldom: Seldom) => Group): CallOnDemand<Group> {
  let group: Group | undefined;
  return (method) =>
    async (...args) => {
      group ??= make(await import("../seldom.js"));
      return method(group)(...args);
    };
}
