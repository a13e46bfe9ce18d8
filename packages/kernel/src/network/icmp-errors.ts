// What comes back from a packet that did not arrive.
import type { FileErrorCode } from "../files/file-error.js";
import type { Delivered, Lost } from "./router.js";
import type { IcmpMessage } from "./sockets.js";
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
 * @param failed called with the error for the socket that sent the packet, if there is one
 */
export function reject(
  stack: NetworkStack,
  passage: Delivered | Lost,
  ttl: number,
  about: IcmpMessage["about"],
  failed: (code: FileErrorCode) => void,
): void {
  const { routers, local } = passage;
  const answer = (kind: IcmpMessage["kind"], code: number, from: string, left: number): void => {
    stack.receiveIcmp({ kind, code, from, ttl: left, about, data: new Uint8Array() });
    if (kind === "unreachable") failed(errorOfCode(code));
  };
  if (ttl <= routers.length) {
    answer("time-exceeded", 0, routers[ttl - 1] as string, 64 - (ttl - 1));
    return;
  }
  switch (passage.kind) {
    case "delivered":
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
      stack.time.after(stack.resolving(passage.out.address), () => {
        if (!stack.closed) answer("unreachable", hostUnreachable, routers.at(-1) ?? local, 64);
      });
      return;
    case "dropped":
      return;
  }
}
