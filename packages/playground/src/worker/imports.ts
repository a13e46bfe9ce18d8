// Makes what a file tells of: a compose file, or what `docker network inspect` and `docker inspect` have printed on a
// real engine.
import type { ContainerInspect, Engine, NetworkInspect } from "@dryharbor/sdk/port";

/** What was read of a file. */
export type Given =
  | { readonly kind: "compose"; readonly text: string }
  | {
      readonly kind: "inspect";
      readonly networks: readonly NetworkInspect[];
      readonly containers: readonly ContainerInspect[];
    };

/**
 * Tells what a file is.
 * @throws it is nothing of that kind
 */
export function givenOf(text: string): Given {
  const start = text.trimStart();
  if (!start.startsWith("[") && !start.startsWith("{")) {
    if (/^(services|networks|name|version|include)\s*:/m.test(text)) return { kind: "compose", text };
    throw new Error(
      "this is neither a compose file nor the output of docker inspect: a compose file has `services:`, and docker inspect prints JSON",
    );
  }
  const things = jsonValues(text).flatMap((each) => (Array.isArray(each) ? each : [each])) as object[];
  if (things.some((each) => "services" in each)) return { kind: "compose", text };
  const networks = things.filter((each): each is NetworkInspect => "IPAM" in each && "Driver" in each);
  const containers = things.filter(
    (each): each is ContainerInspect => "NetworkSettings" in each && "Config" in each,
  );
  if (networks.length + containers.length === 0) {
    throw new Error(
      "no network and no container is in this JSON: copy what `docker network inspect NAME` or `docker inspect NAME` prints",
    );
  }
  return { kind: "inspect", networks, containers };
}

/** Reads several JSON values that stand one after the other, as the outputs of several commands do. */
function jsonValues(text: string): unknown[] {
  const values: unknown[] = [];
  let start = 0;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isText) {
      if (letter === "\\") at++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === "[" || letter === "{") depth++;
    else if (letter === "]" || letter === "}") {
      depth--;
      if (depth > 0) continue;
      try {
        values.push(JSON.parse(text.slice(start, at + 1)));
      } catch (error) {
        throw new Error(`this JSON is damaged: ${(error as Error).message}`);
      }
      start = at + 1;
    }
  }
  if (text.slice(start).trim() !== "")
    throw new Error("this JSON is damaged: something is missing at its end");
  return values;
}

const predefined = new Set(["bridge", "host", "none"]);

/** Makes networks and containers as they were inspected. Returns what was made, and what was left out and why. */
export async function make(
  engine: Engine,
  { networks, containers }: Extract<Given, { kind: "inspect" }>,
): Promise<string[]> {
  const said: string[] = [];
  for (const { Name, Driver, Internal, EnableIPv6, IPAM, Labels, Options } of networks) {
    if (predefined.has(Name)) continue;
    const Config = (IPAM.Config ?? []).map(({ Subnet, Gateway, IPRange }) => ({
      ...(Subnet && { Subnet }),
      ...(Gateway && { Gateway: Gateway.split("/")[0]! }),
      ...(IPRange && { IPRange }),
    }));
    await attempt(said, `network ${Name}`, () =>
      engine.networks.create({
        Name,
        Driver,
        Internal,
        EnableIPv6,
        Labels: Labels ?? {},
        Options: Options ?? {},
        ...(Config.length > 0 && { IPAM: { Config } }),
      }),
    );
  }
  for (const container of containers) await makeContainer(engine, container, said);
  // What a network tells of its containers is all there is where no container was inspected itself.
  for (const { Name: network, Containers } of networks) {
    for (const { Name, IPv4Address } of Object.values(Containers ?? {})) {
      if (containers.some((each) => each.Name === `/${Name}`)) continue;
      const ip = IPv4Address?.split("/")[0];
      const settings = ip && !predefined.has(network) ? { IPAMConfig: { IPv4Address: ip } } : {};
      const exists = await engine.containers.inspect(Name).then(
        () => true,
        () => false,
      );
      await attempt(said, `${Name} on ${network}`, async () => {
        if (exists) {
          await engine.networks.connect(network, { Container: Name, EndpointConfig: settings });
          return;
        }
        await engine.containers.create(
          {
            Image: "busybox",
            Cmd: ["sleep", "infinity"],
            HostConfig: { NetworkMode: network },
            NetworkingConfig: { EndpointsConfig: { [network]: settings } },
          },
          { name: Name },
        );
        await engine.containers.start(Name);
      });
    }
  }
  return said;
}

async function makeContainer(engine: Engine, container: ContainerInspect, said: string[]): Promise<void> {
  const { Config, HostConfig, NetworkSettings, State } = container;
  const name = container.Name.replace(/^\//, "");
  const [first, ...others] = Object.entries(NetworkSettings.Networks);
  const settings = ([network, { Aliases, Links, IPAddress }]: [
    string,
    ContainerInspect["NetworkSettings"]["Networks"][string],
  ]) => ({
    ...(Aliases &&
      !predefined.has(network) && {
        Aliases: Aliases.filter((alias) => alias !== container.Id.slice(0, 12)),
      }),
    ...(Links && { Links }),
    ...(IPAddress && !predefined.has(network) && { IPAMConfig: { IPv4Address: IPAddress } }),
  });
  await attempt(said, `container ${name}`, async () => {
    await engine.images.pull(Config.Image);
    await engine.containers.create(
      {
        Image: Config.Image,
        ...(Config.Cmd && { Cmd: Config.Cmd }),
        ...(Config.Entrypoint && { Entrypoint: Config.Entrypoint }),
        ...(Config.Env && { Env: Config.Env }),
        ...(Config.Labels && { Labels: Config.Labels }),
        ...(Config.ExposedPorts && { ExposedPorts: Config.ExposedPorts }),
        HostConfig: {
          NetworkMode: HostConfig.NetworkMode,
          ...(HostConfig.PortBindings && { PortBindings: HostConfig.PortBindings }),
        },
        ...(first && { NetworkingConfig: { EndpointsConfig: { [first[0]]: settings(first) } } }),
      },
      { name },
    );
    if (State.Running) await engine.containers.start(name);
  });
  for (const place of others) {
    await attempt(said, `${name} on ${place[0]}`, () =>
      engine.networks.connect(place[0], { Container: name, EndpointConfig: settings(place) }),
    );
  }
}

async function attempt(said: string[], what: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
    said.push(`${what}: made`);
  } catch (error) {
    said.push(`${what}: left out, ${error instanceof Error ? error.message : String(error)}`);
  }
}
