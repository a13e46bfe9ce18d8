// Everything that compose makes on an engine, in a form in which two engines can be compared: ids, times, and what an
// engine or a random order chooses become symbols.
import type { ContainerInspect, Engine } from "@dryharbor/sdk/port";

type Plain = null | string | number | boolean | Plain[] | { [key: string]: Plain };

/** The containers, networks and volumes of an engine, by their names. */
export async function stateOf(engine: Engine): Promise<Plain> {
  const containers = await engine.containers.list({ all: true });
  const networks = await engine.networks.list({ filters: { type: ["custom"] } });
  const { Volumes } = await engine.volumes.list();
  const named = Volumes.filter(({ Name }) => !/^[0-9a-f]{64}$/.test(Name));
  const symbols = new Map<string, string>();
  for (const { Id, Names } of containers) {
    symbols.set(Id, `<container ${withoutRandom(Names[0] ?? "")}>`);
    symbols.set(Id.slice(0, 12), `<short ${withoutRandom(Names[0] ?? "")}>`);
  }
  for (const { Id, Name } of networks) symbols.set(Id, `<network ${Name}>`);
  const shown: Record<string, Plain> = {};
  const built = await engine.images.list({ filters: { label: ["com.docker.compose.image.builder"] } });
  for (const { Id, RepoTags, Labels } of built) {
    const names = [...(RepoTags ?? [])].sort().join(" ");
    symbols.set(Id, `<image ${names}>`);
    if (names === "") continue;
    const history = await engine.images.history(Id);
    shown[`image ${names}`] = { Labels, steps: history.map(({ CreatedBy }) => CreatedBy) };
  }
  for (const { Id } of containers) {
    const inspect = await engine.containers.inspect(Id);
    shown[`container ${withoutRandom(inspect.Name)}`] = containerOf(inspect);
  }
  for (const { Id, Name } of networks) {
    const { Created, Containers, ...rest } = await engine.networks.inspect(Id);
    const attached = Object.values(Containers ?? {}).map(({ Name }) => withoutRandom(Name));
    shown[`network ${Name}`] = { ...(rest as unknown as Record<string, Plain>), Containers: attached.sort() };
  }
  for (const { CreatedAt, ...rest } of named) shown[`volume ${rest.Name}`] = rest as unknown as Plain;
  shown["anonymous volumes"] = Volumes.length - named.length;
  return symbolic(shown, symbols);
}

/** A name without the random part of `run`. */
const withoutRandom = (name: string) =>
  name.replace(/^\//, "").replace(/-run-[0-9a-f]{12}$/, "-run-<random>");

function containerOf(inspect: ContainerInspect): Plain {
  const { HostConfig, Config, NetworkSettings, State } = inspect;
  const config = { ...(Config as unknown as Record<string, Plain>) };
  config.Env = sorted(config.Env);
  const labels = { ...(config.Labels as Record<string, Plain>) };
  const depends = labels["com.docker.compose.depends_on"];
  if (typeof depends === "string")
    labels["com.docker.compose.depends_on"] = depends.split(",").sort().join(",");
  if (labels["com.docker.compose.slug"]) labels["com.docker.compose.slug"] = "<random>";
  const host = { ...(HostConfig as unknown as Record<string, Plain>) };
  const refers = [host.NetworkMode, host.IpcMode, host.PidMode, ...((host.VolumesFrom as Plain[]) ?? [])];
  // Such a configuration has an id in it, which no two engines share.
  if (refers.some((value) => /[0-9a-f]{64}/.test(String(value)))) {
    labels["com.docker.compose.config-hash"] = "<hash over an id>";
  }
  if (/-run-[0-9a-f]{12}$/.test(inspect.Name))
    labels["com.docker.compose.config-hash"] = "<hash over a random name>";
  config.Labels = labels;
  for (const list of ["Binds", "ExtraHosts", "Links", "Ulimits", "Mounts"]) host[list] = sorted(host[list]);
  const bindings = (HostConfig.PortBindings ?? {}) as Record<string, { HostPort?: string }[] | null>;
  const chosen = (port: string) =>
    !bindings[port]?.some(({ HostPort = "" }) => /^[1-9][0-9]*$/.test(HostPort));
  const ports = Object.fromEntries(
    Object.entries(NetworkSettings.Ports ?? {}).map(([port, published]) => [
      port,
      (published?.map((each) => ({ ...each, HostPort: chosen(port) ? "<chosen>" : (each.HostPort ?? "") })) ??
        null) as Plain,
    ]),
  );
  const networks = Object.fromEntries(
    Object.entries(NetworkSettings.Networks).map(([name, endpoint]) => {
      const fixed = endpoint.IPAMConfig?.IPv4Address;
      const macAddress = (endpoint.MacAddress ?? "").startsWith("02:42:0a:63")
        ? endpoint.MacAddress
        : "<mac>";
      return [
        name,
        {
          ...(endpoint as unknown as Record<string, Plain>),
          EndpointID: "<endpoint>",
          MacAddress: endpoint.MacAddress ? macAddress : "",
          Aliases: sorted(endpoint.Aliases as Plain),
          DNSNames: sorted(
            (endpoint.DNSNames?.filter((each) => each !== inspect.Id.slice(0, 12)) ?? null) as Plain,
          ),
          IPAddress: fixed || (endpoint.IPAddress ? "<address>" : ""),
        },
      ];
    }),
  );
  return {
    Path: inspect.Path,
    Args: inspect.Args,
    Image: inspect.Image,
    Name: withoutRandom(inspect.Name),
    RestartCount: inspect.RestartCount,
    Platform: inspect.Platform,
    State: {
      Status: State.Status,
      ExitCode: State.ExitCode,
      Error: State.Error,
      Health: State.Health?.Status ?? "",
    },
    HostConfig: host,
    Config: config,
    Mounts: sorted(inspect.Mounts as Plain),
    Ports: ports,
    Networks: networks,
  } as Plain;
}

const sorted = (value: Plain | undefined): Plain =>
  Array.isArray(value)
    ? [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : (value ?? null);

/** Puts symbols for ids, for anonymous volumes, and for addresses of pools that the engine chose. */
function symbolic(value: Plain, symbols: ReadonlyMap<string, string>): Plain {
  if (typeof value === "string") {
    let text = value;
    for (const [id, symbol] of symbols) text = text.replaceAll(id, symbol);
    return text
      .replace(/-run-[0-9a-f]{12}\b/g, "-run-<random>")
      .replace(/\b(172\.\d+|192\.168)\.\d+\.\d+(\/\d+)?\b/g, "<address>")
      .replace(/(?<!sha256:|[0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g, "<id>");
  }
  if (Array.isArray(value)) return value.map((item) => symbolic(item, symbols));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]): [string, Plain] => [
        key,
        key.startsWith("com.docker.compose.config-hash") ? entry : symbolic(entry, symbols),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
