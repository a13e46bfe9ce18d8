import { Died } from "./applet.js";
import { command, type Words } from "./ip-arguments.js";

const commands = ["add", "change", "delete", "show", "list", "lst"] as const;

/** What changes of tunnels ask of the kernel, which knows no tunnels. */
const calls = { add: "SIOCADDTUNNEL", change: "SIOCCHGTUNNEL", delete: "SIOCDELTUNNEL" } as const;

/** `ip tunnel`: prints the tunnels. No namespace has one. */
export function ipTunnel(words: Words): number {
  const first = words.take();
  const asked = first === undefined ? "show" : command(commands, first);
  if (asked === "add" || asked === "change" || asked === "delete") {
    throw new Died(`${calls[asked]}: No such device`);
  }
  return 0;
}
