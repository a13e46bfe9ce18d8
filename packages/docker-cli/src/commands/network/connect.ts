import type { EndpointConfig } from "@dryharbor/sdk/port";
import { address, addresses } from "../../command/addresses.js";
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError, FlagValueError } from "../../command/errors.js";
import { int, list, stringSlice } from "../../command/flags.js";

export const networkConnect = command({
  name: "connect",
  short: "Connect a container to a network",
  usage: "[OPTIONS] NETWORK CONTAINER",
  arguments: exactly(2),
  completes: ["network", "container"],
  flags: {
    alias: stringSlice(),
    "driver-opt": stringSlice(),
    "gw-priority": int(undefined, { since: "28.5", api: "1.48" }),
    ip: address(),
    ip6: address(),
    link: list(undefined, { check: checkedLink, completes: "container" }),
    "link-local-ip": addresses(),
  },
  async run({ engine, flags, arguments: [network = "", container = ""] }) {
    const options: Record<string, string> = {};
    for (const option of flags["driver-opt"]) {
      const at = option.indexOf("=");
      if (at < 0) throw new CommandError("invalid key/value pair format in driver options");
      options[option.slice(0, at)] = option.slice(at + 1);
    }
    const endpoint: EndpointConfig & { GwPriority?: number } = {
      IPAMConfig: {
        ...(flags.ip !== "" && { IPv4Address: flags.ip }),
        ...(flags.ip6 !== "" && { IPv6Address: flags.ip6 }),
        ...(flags["link-local-ip"].length > 0 && { LinkLocalIPs: [...flags["link-local-ip"]] }),
      },
      Links: flags.link.length > 0 ? [...flags.link] : null,
      Aliases: [...flags.alias],
      DriverOpts: options,
      ...(flags["gw-priority"] !== 0 && { GwPriority: flags["gw-priority"] }),
    };
    await engine.networks.connect(network, { Container: container, EndpointConfig: endpoint });
  },
});

/** Checks a link: `container` or `container:alias`. @throws {FlagValueError} */
export function checkedLink(value: string): string {
  if (value === "") throw new FlagValueError("empty string specified for links");
  const parts = value.split(":");
  if (parts.length > 2) throw new FlagValueError(`bad format for links: ${value}`);
  return value;
}
