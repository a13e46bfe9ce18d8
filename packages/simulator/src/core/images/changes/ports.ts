import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../../releases/release.js";

const protocols: ReadonlySet<string> = new Set(["tcp", "udp", "sctp"]);

/**
 * Parses the words of an `EXPOSE` instruction: ports, ranges, and the forms that docker run uses to publish.
 * @throws 400
 */
export function exposedPorts(
  { images }: Release,
  words: readonly string[],
): Record<string, Record<string, never>> {
  const ports: Record<string, Record<string, never>> = {};
  for (const word of words) {
    if (word === "") continue;
    const slash = word.indexOf("/");
    const protocol = slash < 0 ? "tcp" : word.slice(slash + 1);
    const container = (slash < 0 ? word : word.slice(0, slash)).split(":").at(-1) as string;
    const known = protocols.has(protocol.toLowerCase());
    if (!known && images.badPort.protocolFirst) throw engineError(400, images.badPort.protocol(protocol));
    const [from, to] = range(images.badPort.port, container);
    if (!known) throw engineError(400, images.badPort.protocol(protocol));
    for (let port = from; port <= to; port++) ports[`${port}/${protocol.toLowerCase()}`] = {};
  }
  return ports;
}

function range(problem: (text: string) => string, text: string): readonly [from: number, to: number] {
  const [, first = "", last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === "" || from > 65_535 || to > 65_535 || to < from) {
    throw engineError(400, problem(text));
  }
  return [from, to];
}
