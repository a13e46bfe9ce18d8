import { answerOf, type DnsAsker, queryMessage } from "@dryharbor/sdk/docker";
import { ConflictError, type Engine } from "@dryharbor/sdk/port";
import type { Asker } from "./asker.js";

/**
 * Makes a `DnsAsker` that asks a container's resolver from outside the engine: fast, and with no container of
 * our own in lists and events.
 */
export function dnsThrough(asker: Asker, containers: () => Engine["containers"]): DnsAsker {
  return async (container, queries) => {
    const { Id, State } = await containers().inspect(container);
    if (!State.Running) throw new ConflictError(`container ${Id} is not running`);
    const replies = await asker.ask(
      State.Pid,
      queries.map((query, id) => queryMessage(query, id)),
    );
    return replies.map((reply, index) =>
      reply ? answerOf(queries[index]!, reply) : { status: "no-reply", records: [] },
    );
  };
}
