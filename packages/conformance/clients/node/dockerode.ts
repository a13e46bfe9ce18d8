// A program that uses dockerode and prints what it sees.
import { PassThrough } from "node:stream";
import Docker from "dockerode";
import { attempt, show } from "./show.js";

const docker = new Docker();

async function output(stream: NodeJS.ReadableStream): Promise<{ stdout: string; stderr: string }> {
  const texts = { stdout: "", stderr: "" };
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  stdout.on("data", (data) => (texts.stdout += data));
  stderr.on("data", (data) => (texts.stderr += data));
  docker.modem.demuxStream(stream, stdout, stderr);
  await new Promise((resolve) => stream.on("end", resolve).on("close", resolve));
  return texts;
}

show("ping", String(await docker.ping()));
const { Version, ApiVersion, Os } = await docker.version();
show("version", { Version, ApiVersion, Os });

const network = await docker.createNetwork({
  Name: "ode",
  IPAM: { Driver: "default", Config: [{ Subnet: "10.96.0.0/24" }] },
  Labels: { made: "here" },
});
show("network", await network.inspect());
await attempt("again", () => docker.createNetwork({ Name: "ode", CheckDuplicate: true }));
await attempt("no network", () => docker.getNetwork("nope").inspect());
show(
  "networks",
  (await docker.listNetworks({ filters: { name: ["ode"] } })).map(({ Name }) => Name),
);

const container = await docker.createContainer({
  name: "odd",
  Image: "busybox",
  Cmd: ["sh", "-c", "echo out; echo err >&2; sleep 1000"],
  HostConfig: { NetworkMode: "ode", PortBindings: { "80/tcp": [{ HostPort: "18099" }] } },
  ExposedPorts: { "80/tcp": {} },
  NetworkingConfig: {
    EndpointsConfig: { ode: { Aliases: ["strange"], IPAMConfig: { IPv4Address: "10.96.0.9" } } },
  },
});
await container.start();
await attempt("start again", () => container.start());
show("container", await container.inspect());
show(
  "listed",
  (await docker.listContainers()).map(({ Names, Ports, Labels }) => ({ Names, Ports, Labels })),
);

const exec = await container.exec({
  Cmd: ["sh", "-c", "cat; exit 3"],
  AttachStdin: true,
  AttachStdout: true,
});
const hijacked = await exec.start({ hijack: true, stdin: true });
const read = output(hijacked);
hijacked.end("typed\n");
show("exec", await read);
show("exec's end", (await exec.inspect()).ExitCode);
await attempt("exec of nothing", () => docker.getExec("nope").inspect());

show("top", (await container.top()).Titles);
await new Promise((resolve) => setTimeout(resolve, 200));
show("logs", await output(PassThrough.from([await container.logs({ stdout: true, stderr: true })])));
await container.pause();
await attempt("pause again", () => container.pause());
await container.unpause();
const waiting = container.wait();
await container.kill();
show("wait", await waiting);
await attempt("exec when it has ended", () => container.exec({ Cmd: ["true"] }));

const piece = new PassThrough();
let printed = "";
piece.on("data", (data) => (printed += data));
const [result, once] = await docker.run("busybox", ["echo", "run"], piece, {
  Tty: true,
  HostConfig: { NetworkMode: "none" },
});
show("run", { result, printed });
await once.remove();

const attached = await docker.createContainer({
  name: "cat",
  Image: "busybox",
  Cmd: ["cat"],
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
});
const stream = await attached.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
const texts = output(stream);
await attached.start();
stream.end("through\n");
show("attach", await texts);
show("its end", await attached.wait());
await attached.remove();

await attempt("pull", async () => (await docker.pull("busybox:latest")) && "a stream");
await attempt("no container", () => docker.getContainer("nope").inspect());
await container.remove();
await network.remove();
await attempt("gone", () => network.inspect());
