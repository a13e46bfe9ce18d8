import type { Dns, DnsAnswer, DnsQuery } from "../dns.js";
import { queryMessage } from "./dns-query.js";
import { type Answers, type ProbeOptions, probe } from "./probe.js";

/** Asks a container's resolver, in place of the driver's own way. Gives one answer a query, in order. */
export type DnsAsker = (
  container: string,
  queries: readonly DnsQuery[],
  abortSignal?: AbortSignal,
) => Promise<DnsAnswer[]>;

export function dockerDns(ask: DnsAsker): Dns {
  return {
    async resolve(container, query, { abortSignal } = {}) {
      const [answer] = await ask(container, [query], abortSignal);
      return answer!;
    },
    resolveAll: (container, queries, { abortSignal } = {}) => ask(container, queries, abortSignal),
  };
}

/** The driver's own way: from a container that shares the target's network namespace. */
export function askByProbe(options: ProbeOptions): DnsAsker {
  const { containers } = options.engine;
  return async (container, queries, abortSignal) => {
    const call = abortSignal ? { abortSignal } : {};
    // Whatever DNS cannot ask is refused before anything is started.
    for (const query of queries) queryMessage(query, 0);

    const { Id, State } = await containers.inspect(container, call);
    // Refused by the engine, in its own words.
    if (!State.Running || State.Restarting) await containers.top(Id, call);

    const open = new Map(queries.entries());
    const answers: Answers = new Map();
    while (open.size > 0) {
      for (const [place, answer] of await probe(Id, open, options, call)) {
        answers.set(place, answer);
        open.delete(place);
      }
    }
    return queries.map((_, place) => answers.get(place)!);
  };
}
