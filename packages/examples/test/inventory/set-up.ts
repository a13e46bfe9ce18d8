// Networks and containers with a case of each kind that an inventory carries over.
import { type ContainerCreateRequest, type Engine, EngineError } from "@dryharbor/sdk";

const names = {
  containers: [
    "from-db",
    "from-web",
    "from-side",
    "from-old",
    "from-linked",
    "from-three",
    "from-paused",
    "from-new",
  ],
  networks: ["from-backend", "from-inner", "from-six"],
  volume: "from-data",
};

const sleeper = { Image: "busybox", Cmd: ["sleep", "1000"] };

export async function setUp(engine: Engine): Promise<void> {
  const config = (Subnet: string, more = {}) => ({ IPAM: { Config: [{ Subnet, ...more }] } });
  await engine.networks.create({
    Name: "from-backend",
    ...config("10.214.50.0/24", { Gateway: "10.214.50.9", AuxiliaryAddresses: { router: "10.214.50.2" } }),
    Labels: { team: "blue" },
  });
  // Whose subnet the engine picks.
  await engine.networks.create({ Name: "from-inner", Internal: true });
  await engine.networks.create({ Name: "from-six", EnableIPv6: true, ...config("fd00:214::/64") });
  await engine.volumes.create({ Name: names.volume });

  const start = async (name: string, request: ContainerCreateRequest) => {
    await engine.containers.create(request, { name });
    await engine.containers.start(name);
  };
  await start("from-db", {
    ...sleeper,
    Env: ["A=1"],
    HostConfig: { NetworkMode: "from-backend", Binds: ["from-data:/data"] },
    NetworkingConfig: { EndpointsConfig: { "from-backend": { Aliases: ["database"] } } },
  });
  await start("from-web", {
    ...sleeper,
    Hostname: "www",
    ExposedPorts: { "80/tcp": {}, "81/tcp": {}, "53/udp": {} },
    HostConfig: {
      NetworkMode: "from-inner",
      PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "32181" }], "81/tcp": [{ HostPort: "" }] },
    },
  });
  await engine.networks.connect("from-backend", {
    Container: "from-web",
    EndpointConfig: {
      IPAMConfig: { IPv4Address: "10.214.50.77" },
      Aliases: ["w2"],
      Links: ["from-db:store"],
    },
  });
  await start("from-side", { ...sleeper, HostConfig: { NetworkMode: "container:from-web" } });
  await start("from-old", sleeper);
  await start("from-linked", {
    ...sleeper,
    HostConfig: { Links: ["from-old:o"], RestartPolicy: { Name: "always" } },
  });
  await start("from-three", { Image: "busybox", Cmd: ["sh", "-c", "exit 3"] });
  await engine.containers.wait("from-three");
  await start("from-paused", { ...sleeper, HostConfig: { NetworkMode: "from-six" } });
  await engine.containers.pause("from-paused");
  await engine.containers.create({ ...sleeper, HostConfig: { NetworkMode: "none" } }, { name: "from-new" });
}

export async function tearDown(engine: Engine): Promise<void> {
  const ignore = (error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
  };
  for (const name of names.containers) await engine.containers.remove(name, { force: true }).catch(ignore);
  for (const name of names.networks) await engine.networks.remove(name).catch(ignore);
  await engine.volumes.remove(names.volume).catch(ignore);
}

export const leftOut = ["The data of the volume from-data is not read."];
