import { answerOf, queryMessage } from "@dryharbor/sdk/dns-message";
import { ConflictError, type Dns, type DnsAnswer, type DnsQuery, type Engine } from "@dryharbor/sdk/port";
import type { Asker } from "./asker.js";

/** A container's resolver, asked from outside the engine: no probe, no trace in lists or events, and fast. */
export function labDns(containers: Engine["containers"], asker: Asker): Dns {
  async function resolveAll(container: string, queries: readonly DnsQuery[]): Promise<DnsAnswer[]> {
    const { Id, State } = await containers.inspect(container);
    if (!State.Running) throw new ConflictError(`container ${Id} is not running`);
    const replies = await asker.ask(
      State.Pid,
      queries.map((query, id) => queryMessage(query, id)),
    );
    return replies.map((reply, index) =>
      reply ? answerOf(queries[index]!, reply) : { status: "no-reply", records: [] },
    );
  }
  return {
    resolveAll,
    async resolve(container, query) {
      const [answer] = await resolveAll(container, [query]);
      return answer!;
    },
  };
}
