// What comes back from a packet that did not arrive.
import type { FileErrorCode } from "../files/file-error.js";
import { identificationOf } from "./identification.js";
import { type Delivered, type Hop, type Lost, loopbackHop } from "./router.js";
import type { IcmpMessage, Packet } from "./sockets.js";
import type { NetworkStack } from "./stack.js";

const hostUnreachable = 1;
const portUnreachable = 3;

/** Returns the errno that a socket gets for the code of a "destination unreachable". */
export function errorOfCode(code: number): FileErrorCode {
  if (code === 0) return "ENETUNREACH";
  return code === portUnreachable ? "ECONNREFUSED" : "EHOSTUNREACH";
}

/**
 * Answers a packet that did not arrive: its hops were too few, a host on the way refused it, nobody has its
 * address, or nobody listens where it arrived. Raw sockets of the sender get the ICMP message.
 *
 * @param original the packet that did not arrive, as its sender sees it
 * @param failed called with the error for the socket that sent the packet, if there is one
 */
export function reject(
  stack: NetworkStack,
  passage: Delivered | Lost,
  ttl: number,
  about: IcmpMessage["about"],
  original: () => Packet,
  failed: (code: FileErrorCode) => void,
): void {
  const { routers, local } = passage;
  const answer = (kind: IcmpMessage["kind"], code: number, from: string, left: number): void => {
    showError(
      stack,
      from === local ? loopbackHop : passage.out,
      "in",
      { kind, code, from, to: local, left },
      original,
    );
    stack.receiveIcmp({ kind, code, from, ttl: left, about, data: new Uint8Array() });
    if (kind === "unreachable") failed(errorOfCode(code));
  };
  if (ttl <= routers.length) {
    answer("time-exceeded", 0, routers[ttl - 1] as string, 64 - (ttl - 1));
    return;
  }
  switch (passage.kind) {
    case "delivered":
      showError(
        passage.to,
        passage.in,
        "out",
        {
          kind: "unreachable",
          code: portUnreachable,
          from: passage.destination.address,
          to: passage.source,
          left: 64,
        },
        original,
      );
      answer("unreachable", portUnreachable, about.to, 64 - routers.length);
      return;
    case "rejected":
      answer(
        "unreachable",
        passage.code ?? hostUnreachable,
        passage.by ?? local,
        64 - Math.max(0, routers.length - 1),
      );
      return;
    case "unresolved":
      // The router that asks in vain says so; on the sender's own link the sender's kernel itself does.
      stack.time.after(stack.resolving(passage.out), () => {
        if (!stack.closed) answer("unreachable", hostUnreachable, routers.at(-1) ?? local, 64);
      });
      return;
    case "dropped":
      return;
  }
}

/** An ICMP error: what it says, and whose it is. */
export interface SaidError {
  readonly kind: IcmpMessage["kind"];
  readonly code: number;
  readonly from: string;
  readonly to: string;
  /** What is left of its hops. */
  readonly left: number;
}

/** Shows an ICMP error to those who capture. */
export function showError(
  stack: NetworkStack,
  hop: Hop,
  direction: "in" | "out",
  { kind, code, from, to, left }: SaidError,
  original: () => Packet,
): void {
  if (stack.captures.size === 0) return;
  const about = original();
  const family = from.includes(":") ? 6 : 4;
  stack.show(hop, direction, {
    protocol: "icmp",
    family,
    source: { address: from, port: 0 },
    destination: { address: to, port: 0 },
    ttl: left,
    identification: identificationOf(family, `${from} ${to} ${stack.time.now()}`),
    dontFragment: false,
    kind,
    code,
    identifier: 0,
    sequence: 0,
    about,
    data: new Uint8Array(),
  });
}
