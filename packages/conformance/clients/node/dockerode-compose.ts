// A program that brings compose files up and down by dockerode-compose, and prints what there is then.
import { fileURLToPath } from "node:url";
import Docker from "dockerode";
import DockerodeCompose from "dockerode-compose";
import { attempt, show } from "./show.js";

const docker = new Docker();
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

async function showProject(project: string): Promise<void> {
  const filters = { label: [`com.docker.compose.project=${project}`] };
  const networks = await docker.listNetworks({ filters: { name: [`${project}_`] } });
  for (const { Id } of networks.toSorted((one, other) => (one.Name < other.Name ? -1 : 1))) {
    const { Name, Internal, Options, Labels, IPAM, Containers } = await docker.getNetwork(Id).inspect();
    const names = Object.values(Containers ?? {}).map((each) => each.Name);
    show("network", { Name, Internal, Options, Labels, IPAM, Containers: names.sort() });
  }
  const containers = await docker.listContainers({ all: true, filters });
  for (const { Id } of containers.toSorted((one, other) => (one.Names[0]! < other.Names[0]! ? -1 : 1))) {
    const { Name, Config, HostConfig, NetworkSettings, Mounts } = await docker.getContainer(Id).inspect();
    const { PortBindings, NetworkMode, RestartPolicy } = HostConfig;
    show("container", { Name, Config, PortBindings, NetworkMode, RestartPolicy, Mounts });
    show("its networks", NetworkSettings.Networks);
  }
  show("volumes", (await docker.listVolumes({ filters })).Volumes);
}

const shop = new DockerodeCompose(docker, file("dockerode-compose.yml"), "shop");
const { services } = await shop.up();
show("services", services.length);
const once = docker.getContainer("shop_once_1");
show("once", await once.wait());
show("its output", (await once.logs({ stdout: true, stderr: true })).toString());
show("page", await (await fetch("http://127.0.0.1:18076/")).text());
await showProject("shop");
await attempt("up again", () => shop.up());
await shop.down({ volumes: true });
await showProject("shop");

const plain = new DockerodeCompose(docker, file("dockerode-compose-default.yml"), "plain");
await plain.up();
await showProject("plain");
await plain.down();
await showProject("plain");

// The package sends one subnet where the engine wants a list, and a text where it wants a number.
for (const name of ["dockerode-compose-refused.yml", "dockerode-compose-text.yml"]) {
  await attempt("refused", () => new DockerodeCompose(docker, file(name), "none").up());
}
