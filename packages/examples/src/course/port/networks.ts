import type { Command } from "./through-port.js";

export const createNetwork: Command = async ({ engine }, { options, rest: [Name] }) => {
  const request = {
    Name: Name!,
    CheckDuplicate: true,
    Driver: "bridge",
    IPAM: {
      Driver: "default",
      Options: {},
      Config: (options.get("--subnet") ?? []).map((Subnet) => ({ Subnet })),
    },
    Options: {},
    Labels: {},
  };
  return { stdout: `${(await engine.networks.create(request)).Id}\n` };
};

export const connectNetwork: Command = async ({ engine }, { options, rest: [network, Container] }) => {
  const Aliases = [...(options.get("--alias") ?? [])];
  const Links = [...(options.get("--link") ?? [])];
  await engine.networks.connect(network!, { Container: Container!, EndpointConfig: { Aliases, Links } });
  return {};
};

export const disconnectNetwork: Command = async ({ engine }, { rest: [network, Container] }) => {
  await engine.networks.disconnect(network!, { Container: Container! });
  return {};
};

export const listNetworks: Command = async ({ engine }) => {
  const networks = await engine.networks.list();
  const rows = networks
    .map(({ Id, Name, Driver, Scope }) => [Id.slice(0, 12), Name, Driver, Scope])
    .sort(([, one], [, other]) => (one! < other! ? -1 : 1));
  return { stdout: table([["NETWORK ID", "NAME", "DRIVER", "SCOPE"], ...rows]) };
};

export const inspectNetwork: Command = async ({ engine }, { rest: [network] }) => {
  return { stdout: `${JSON.stringify([await engine.networks.inspect(network!)], null, 4)}\n` };
};

/** Columns as wide as their widest cell, and three blanks between them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)) + 3);
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!)));
      return `${cells.join("")}\n`;
    })
    .join("");
}
