import type { Agent } from "node:http";
import { inspect } from "node:util";

/**
 * For every request docker-modem has its options inspected down to the last property, for a log that is
 * usually off. With the sockets and queues of an agent in them, that costs more than the request.
 */
export function terse<Given extends Agent>(agent: Given): Given {
  return Object.defineProperty(agent, inspect.custom, { value: () => agent.constructor.name });
}
