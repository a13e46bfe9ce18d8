// A program that uses Docker's own SDK for Node, @docker/node-sdk, and prints what it sees. The SDK hands most refusals
// out as answers.
import { Writable } from "node:stream";
import { WritableStream } from "node:stream/web";
import { DockerClient, Filter } from "@docker/node-sdk";
import { attempt, show } from "./show.js";

const docker = await DockerClient.fromDockerHost(process.env.DOCKER_HOST!);

/** A stream that keeps what is written to it. */
function kept(): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

show("ping", await docker.systemPing());
const { Version, ApiVersion, Os } = await docker.systemVersion();
show("version", { Version, ApiVersion, Os });
const { Driver, Containers, Images, Swarm } = await docker.systemInfo();
show("info", { Driver, Containers, Images, Swarm: Swarm?.LocalNodeState });

show(
  "network",
  await docker.networkCreate({
    Name: "sdk",
    Driver: "bridge",
    Internal: true,
    IPAM: { Config: [{ Subnet: "10.97.0.0/24", IPRange: "10.97.0.128/25", Gateway: "10.97.0.1" }] },
    Options: { "com.docker.network.bridge.enable_icc": "true" },
    Labels: { made: "here" },
  }),
);
await attempt("again", () => docker.networkCreate({ Name: "sdk" }));
await attempt("overlap", () =>
  docker.networkCreate({ Name: "other", IPAM: { Config: [{ Subnet: "10.97.0.0/25" }] } }),
);
await attempt("bad subnet", () =>
  docker.networkCreate({ Name: "other", IPAM: { Config: [{ Subnet: "10.97.0.0" }] } }),
);
show("inspect", await docker.networkInspect("sdk", { verbose: true }));
show(
  "by label",
  (await docker.networkList({ filters: new Filter().set("label", ["made=here"]) })).map(({ Name }) => Name),
);

const create = (name: string, more: object = {}) =>
  docker.containerCreate(
    { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: "sdk" }, ...more },
    { name },
  );
show("db", await create("db", { Healthcheck: { Test: ["CMD", "true"], Interval: 3_600_000_000_000 } }));
show(
  "web",
  await create("web", {
    Cmd: ["sh", "-c", "echo out; echo err >&2; exec sleep 1000"],
    Env: ["MODE=test"],
    ExposedPorts: { "80/tcp": {} },
    HostConfig: {
      NetworkMode: "bridge",
      PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "18077" }] },
      RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 },
    },
  }),
);
await attempt("name in use", () => create("web"));
await attempt("no image", () => create("none", { Image: "nonesuch" }));
await docker.containerStart("db");
await docker.containerStart("web");
// This release of the SDK sends what to connect as a query, which an engine does not read.
await docker.networkConnect("sdk", { Container: "web" });
show(
  "alias",
  await create("alias", {
    NetworkingConfig: {
      EndpointsConfig: { sdk: { Aliases: ["www"], IPAMConfig: { IPv4Address: "10.97.0.200" } } },
    },
  }),
);
await docker.containerStart("alias");
// The engine sorts them by their ids, which are random.
const members = Object.values((await docker.networkInspect("sdk")).Containers ?? {});
show("members", members.map(({ Name, IPv4Address }) => `${Name} ${IPv4Address}`).sort());
show("container", await docker.containerInspect("web"));
show(
  "list",
  (await docker.containerList({ filters: new Filter().add("network", "sdk") })).map(
    ({ Names, NetworkSettings, Ports, State }) => ({ Names, NetworkSettings, Ports, State }),
  ),
);
await attempt("no container", () => docker.containerInspect("nope"));

const [out, err] = [kept(), kept()];
await docker.containerLogs("web", out.stream, err.stream, { stdout: true, stderr: true });
show("logs", [out.text(), err.text()]);
show("top", (await docker.containerTop("web")).Titles);
await docker.containerPause("db");
show("paused", (await docker.containerInspect("db")).State?.Paused);
await docker.containerUnpause("db");
show("update", await docker.containerUpdate("db", { Memory: 67_108_864, MemorySwap: -1 }));
await docker.containerRename("db", "database");
show("renamed", (await docker.containerInspect("database")).Name);
show("changes", await docker.containerChanges("web"));
let bytes = 0;
await docker.containerArchive(
  "web",
  "/etc/hosts",
  new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.length;
    },
  }),
);
show("archive", bytes);

const [found, missed] = [kept(), kept()];
const exec = await docker.containerExec("alias", {
  Cmd: ["sh", "-c", "nslookup db | tail -n 2; echo told >&2; exit 4"],
  AttachStdout: true,
  AttachStderr: true,
});
await attempt("exec", () => docker.execStart(exec.Id!, found.stream, missed.stream));
show("its output", [found.text(), missed.text()]);
show("its end", (await docker.execInspect(exec.Id!)).ExitCode);
await docker.networkDisconnect("sdk", { Container: "alias" });
show("networks", Object.keys((await docker.containerInspect("alias")).NetworkSettings?.Networks ?? {}));
await docker.networkDelete("sdk");
show("in use", (await docker.networkInspect("sdk")).Name);

show("volume", await docker.volumeCreate({ Name: "data", Labels: { a: "b" } }));
show("volumes", (await docker.volumeList(new Filter().add("label", "a=b"))).Volumes?.length);
show(
  "image",
  (await docker.imageList()).map(({ RepoTags, Containers }) => ({ RepoTags, Containers })),
);
show(
  "committed",
  Object.keys(await docker.imageCommit("web", { repo: "copy", tag: "1", comment: "a copy" })),
);
show("image of it", (await docker.imageInspect("copy:1")).Config);
show("deleted", (await docker.imageDelete("copy:1")).length);

const waiting = docker.containerWait("web");
await docker.containerKill("web", { signal: "SIGTERM" });
await docker.containerKill("web");
show("wait", await waiting);
for (const name of ["web", "database", "alias"])
  await docker.containerDelete(name, { force: true, volumes: true });
show("pruned", (await docker.networkPrune(new Filter().add("label", "made=here"))).NetworksDeleted);
await docker.volumeDelete("data");
await docker.close();
