import type { ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";

/**
 * Reads a port: a number, or the name of a service in /etc/services.
 *
 * @throws {Died} There is no such service.
 */
export function readPort(process: ProcessContext, text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 0xffff) return Number(text);
  const port = servicePort(process, text);
  if (port === undefined) throw new Died(`bad port '${text}'`);
  return port;
}

function servicePort({ files }: ProcessContext, service: string): number | undefined {
  const services = files.exists("/etc/services") ? new TextDecoder().decode(files.read("/etc/services")) : "";
  for (const line of services.split("\n")) {
    const [name, port = "", ...aliases] = (line.split("#", 1)[0] as string).trim().split(/\s+/);
    const [number, protocol] = port.split("/");
    if (protocol === "tcp" && (name === service || aliases.includes(service))) return Number(number);
  }
  return undefined;
}
