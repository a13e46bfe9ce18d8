import type { ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";

/**
 * Reads a port: a number, or the name of a service in /etc/services.
 *
 * @throws {Died} There is no such service.
 */
export function readPort({ files }: ProcessContext, text: string, protocol = "tcp"): number {
  if (/^\d+$/.test(text) && Number(text) <= 0xffff) return Number(text);
  const services = files.exists("/etc/services") ? new TextDecoder().decode(files.read("/etc/services")) : "";
  for (const line of services.split("\n")) {
    const [name, port = "", ...aliases] = (line.split("#", 1)[0] as string).trim().split(/\s+/);
    const [number, of] = port.split("/");
    if (of === protocol && (name === text || aliases.includes(text))) return Number(number);
  }
  throw new Died(`bad port '${text}'`);
}
