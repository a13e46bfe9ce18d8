import { between } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { asking } from "../../command/no-such.js";
import { quoted } from "../../command/quoted.js";
import { portProblem } from "../../create/ports.js";
import { byNatural } from "../../format/natural.js";
import { isIn, type Release } from "../../releases.js";

export const containerPort = command({
  name: "port",
  short: "List port mappings or a specific mapping for the container",
  usage: "CONTAINER [PRIVATE_PORT[/PROTO]]",
  arguments: between(1, 2),
  completes: "running container",
  async run({ engine, io, release, arguments: [container = "", wanted] }) {
    const { NetworkSettings } = await asking(release, "container", container, () =>
      engine.containers.inspect(container),
    );
    const ports = NetworkSettings.Ports ?? {};
    if (wanted === undefined || wanted === "") {
      const lines = Object.entries(ports).flatMap(([port, bindings]) =>
        (bindings ?? []).map(
          ({ HostIp = "", HostPort = "" }) => `${port} -> ${address(HostIp, HostPort, release)}`,
        ),
      );
      if (release.name !== "20.10") lines.sort(byNatural);
      io.stdout(lines.map((line) => `${line}\n`).join(""));
      return;
    }
    const isNew = isIn(release, { since: "29" });
    const [number = "", protocol = "tcp"] = wanted.includes("/") ? wanted.split(/\/(.*)/s) : [wanted];
    const found = ports[isNew ? newPortOf(number, protocol) : portOf(number, protocol, release)];
    if (!found || found.length === 0) {
      const shown = release.name === "20.10" ? `${number}/${protocol}` : wanted;
      throw new CommandError(
        `${isNew ? "no" : "Error: No"} public port '${shown}' published for ${container}`,
      );
    }
    const lines = found.map(({ HostIp = "", HostPort = "" }) => address(HostIp, HostPort, release));
    if (release.name !== "20.10") lines.sort(byNatural);
    io.stdout(lines.map((line) => `${line}\n`).join(""));
  },
});

/** A port as inspect names it, as 29 reads it. @throws {CommandError} it is no number */
function newPortOf(number: string, protocol: string): string {
  if (/^\d+$/.test(number) && Number(number) < 65_536)
    return `${Number(number)}/${protocol.toLowerCase() || "tcp"}`;
  throw new CommandError(`invalid ${portProblem(number)}`);
}

/** An address with a port. 20.10 does not put IPv6 between brackets. */
function address(ip: string, port: string, release: Release): string {
  return ip.includes(":") && release.name !== "20.10" ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** A port as inspect names it. @throws {CommandError} it is no number */
function portOf(number: string, protocol: string, release: Release): string {
  const isOld = release.name === "20.10";
  // Up to 20.10 no number is no port, of which nothing is published.
  if (isOld && number === "") return "";
  if (/^\d+$/.test(number) && Number(number) < 65_536) return `${Number(number)}/${protocol}`;
  const problem = /^\d+$/.test(number) ? "value out of range" : "invalid syntax";
  throw new CommandError(
    `${isOld ? "" : `Error: invalid port (${number}): `}strconv.ParseUint: parsing ${quoted(number)}: ${problem}`,
  );
}
