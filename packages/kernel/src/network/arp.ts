import type { NetworkStack } from "./stack.js";

/**
 * Asks on a link who has an address. Returns the MAC address, or `undefined` when nobody answers: the address
 * is not on the network of that interface, or free there.
 *
 * @param device the name of the interface
 */
export function resolveNeighbour(stack: NetworkStack, device: string, address: string): string | undefined {
  const passage = stack.router.route(stack, {
    protocol: "arp",
    source: undefined,
    destination: { address, port: 0 },
    device,
  });
  if (passage.kind !== "delivered" || passage.out.device !== device || passage.out.address !== address) {
    return undefined;
  }
  const { source, out, in: into, to } = passage;
  const request = { protocol: "arp", kind: "request", target: address, sender: source, mac: "" } as const;
  const reply = { ...request, kind: "reply", mac: out.mac } as const;
  stack.learn(out);
  to.learn(into);
  stack.pass(out, "out", frame, () => request);
  to.pass(into, "in", frame, () => request);
  to.pass(into, "out", frame, () => reply);
  stack.pass(out, "in", frame, () => reply);
  return out.mac;
}

/** The length of an ARP message in its Ethernet frame, in bytes. */
const frame = 42;
