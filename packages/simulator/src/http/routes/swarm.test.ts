import { describe, expect, it } from "vitest";
import { ask as askSimulator } from "../../../test/ask.js";
import { cellOf } from "../../core/releases/row.js";
import { createSimulator, type ReleaseName, releaseNames, type Simulator } from "../../index.js";

async function send(simulator: Simulator, line: string, body = "") {
  const { status, body: answer } = await askSimulator(simulator, line, body);
  return { status, text: typeof answer === "string" ? answer.trim() : "" };
}

/** Asks an engine outside of a swarm. */
async function ask(release: ReleaseName, line: string, body = "") {
  const { status, text } = await send(createSimulator({ release }), line, body);
  return `${status} ${JSON.parse(text).message}`;
}

/**
 * Makes an engine in a swarm and a client for it. A call returns the answer's JSON, or status and message of
 * an error.
 */
async function swarm(release: ReleaseName, init: object = {}) {
  const simulator = createSimulator({ release });
  const call = async (line: string, body?: object) => {
    const { status, text } = await send(simulator, line, body === undefined ? "" : JSON.stringify(body));
    const answer = text === "" ? undefined : JSON.parse(text);
    return status < 400 ? answer : `${status} ${answer.message}`;
  };
  const node = await call("POST /swarm/init", { ListenAddr: "0.0.0.0:2377", ...init });
  return { simulator, call, node };
}

/** Runs a container. */
async function run(call: Client, name: string, network: string, more: object = {}) {
  const HostConfig = { NetworkMode: network };
  const created = await call(`POST /containers/create?name=${name}`, {
    Image: "busybox",
    Cmd: ["sleep", "1000"],
    HostConfig,
    ...more,
  });
  return (await call(`POST /containers/${name}/start`)) ?? created.Id;
}

type Client = Awaited<ReturnType<typeof swarm>>["call"];

const open = { Name: "open", Driver: "overlay", Attachable: true };

const noManager =
  '503 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

// Answers of the three engines outside of a swarm.
describe("outside a swarm", () => {
  it.each(["/swarm/unlock", "/services/create", "/secrets/create", "/configs/create"])(
    "%s reads its body first",
    async (path) => {
      const all = async (body: string) =>
        Promise.all(releaseNames.map((release) => ask(release, `POST ${path}`, body)));
      expect(await all("")).toEqual([
        "400 got EOF while reading request body",
        noManager,
        noManager,
        noManager,
      ]);
      expect(await all("{")).toEqual([
        "400 unexpected EOF",
        "400 invalid JSON: unexpected EOF",
        "400 invalid JSON: unexpected EOF",
        "400 invalid JSON: unexpected EOF",
      ]);
      expect(await all("{} x")).toEqual([
        noManager,
        "400 unexpected content after JSON",
        "400 unexpected content after JSON",
        "400 unexpected content after JSON",
      ]);
    },
  );

  it.each([
    ["/swarm/update", "invalid swarm version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/services/a/update", "invalid service version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/nodes/a/update", "invalid node version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/secrets/a/update", "invalid secret version"],
    ["/configs/a/update", "invalid config version"],
  ])("%s wants a version", async (path, message) => {
    expect(await ask("28.5", `POST ${path}?version=x`, "{}")).toBe(`400 ${message}`);
    expect(await ask("28.5", `POST ${path}?version=1`, "{}")).toBe(noManager);
  });

  it("a service's spec is decoded to the last field", async () => {
    const mode = '{"TaskTemplate":{"ContainerSpec":{"Secrets":[{"File":{"Mode":-1}}]}}}';
    expect(await ask("20.10", "POST /services/create", mode)).toBe(
      "400 json: cannot unmarshal number -1 into Go struct field SecretReferenceFileTarget.TaskTemplate.ContainerSpec.Secrets.File.Mode of type fs.FileMode",
    );
    const ratio = '{"UpdateConfig":{"MaxFailureRatio":1e50}}';
    expect(await ask("28.5", "POST /services/create", ratio)).toBe(
      "400 invalid JSON: json: cannot unmarshal number 1e50 into Go struct field ServiceSpec.UpdateConfig.MaxFailureRatio of type float32",
    );
  });

  it("what is no base64 is told with its place from 28.5 on", async () => {
    const data = (release: ReleaseName) => ask(release, "POST /secrets/create", '{"Data":"%%"}');
    expect(await data("26.1")).toBe("400 invalid JSON: illegal base64 data at input byte 0");
    expect(await data("28.5")).toBe(
      "400 invalid JSON: json: cannot unmarshal string into Go struct field SecretSpec.Data of type []uint8: illegal base64 data at input byte 0",
    );
  });
});

// Answers of the three engines in a swarm of one node.
describe.each(releaseNames)("in a swarm, %s", (release) => {
  it("has no services, and refuses those that no engine takes in its words", async () => {
    const { call } = await swarm(release);
    const created = (spec: object) => call("POST /services/create", spec);
    const busybox = { ContainerSpec: { Image: "busybox" } };
    const rpc = "400 rpc error: code = InvalidArgument desc =";
    expect(await created({})).toBe("400 mismatched Runtime and *Spec fields");
    expect(await created({ TaskTemplate: { Runtime: "zz" } })).toBe("400 unsupported runtime");
    expect(await created({ TaskTemplate: busybox, Mode: { Global: {}, Replicated: {} } })).toBe(
      "400 must specify only one service mode",
    );
    expect(await created({ Name: "a b", TaskTemplate: busybox })).toBe(
      `${rpc} name must be valid as a DNS name component`,
    );
    expect(await created({ TaskTemplate: { ContainerSpec: {} } })).toBe(
      `${rpc} ContainerSpec: image reference must be provided`,
    );
    expect(await created({ TaskTemplate: busybox })).toBe(
      "501 the simulator does not serve POST /services/create",
    );
    expect(await call("POST /services/nope/update?version=1", {})).toBe(
      "400 mismatched Runtime and *Spec fields",
    );
    expect(await call("POST /services/nope/update?version=1", { TaskTemplate: busybox })).toBe(
      "404 service nope not found",
    );
  });

  it("has a leader, tokens and a certificate", async () => {
    const { call, node } = await swarm(release, { Spec: { Labels: { b: "2", a: "1" } } });
    const shown = await call("GET /swarm");
    expect(shown).toMatchObject({
      Version: { Index: 10 },
      Spec: { Name: "default", Labels: { a: "1", b: "2" }, Raft: { ElectionTick: 10, HeartbeatTick: 1 } },
      DefaultAddrPool: ["10.0.0.0/8"],
      SubnetSize: 24,
      DataPathPort: 4789,
    });
    expect(shown.JoinTokens.Worker).toMatch(/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/);
    expect(await call("GET /nodes")).toMatchObject([
      { ID: node, Version: { Index: 9 }, Spec: { Role: "manager" }, ManagerStatus: { Leader: true } },
    ]);
    const { JoinTokens: _, ...cluster } = shown;
    expect((await call("GET /info")).Swarm).toMatchObject({
      NodeID: node,
      LocalNodeState: "active",
      ControlAvailable: true,
      Cluster: cluster,
    });
  });

  it.each([
    [
      { ListenAddr: "zz" },
      "400 listen address must be an IP address or network interface (with optional port number)",
    ],
    [
      { AdvertiseAddr: "0.0.0.0" },
      "400 advertise address must be a non-zero IP address or network interface (with optional port number)",
    ],
    [{ DataPathPort: 5 }, "500 Datapath port number is not in valid range (1024-49151) : 5"],
    [{ Availability: "zz" }, '500 invalid Availability: "zz"'],
    [
      { DefaultAddrPool: ["10.1.2.3/24"], SubnetSize: 20 },
      '500 invalid CIDR: "10.1.2.3/24". Subnet size is too small for pool: 20',
    ],
    [
      { ListenAddr: "1.2.3.4:2377" },
      "500 manager stopped: failed to listen on remote API address: listen tcp 1.2.3.4:2377: bind: cannot assign requested address",
    ],
    [{ Spec: { Name: "zz" } }, '400 swarm spec must be named "default"'],
  ])("is not made of %j", async (init, answer) => {
    const { call, node } = await swarm(release, init);
    expect(node).toBe(answer);
    expect(await call("GET /swarm")).toBe(noManager);
  });

  it("is updated as a whole, in its turn", async () => {
    const { call } = await swarm(release);
    const before = (await call("GET /swarm")).JoinTokens;
    expect(await call("POST /swarm/update?version=1", {})).toBe(
      "500 rpc error: code = Unknown desc = update out of sequence",
    );
    const spec = { EncryptionConfig: { AutoLockManagers: true } };
    expect(await call("POST /swarm/update?version=10&rotateWorkerToken=1", spec)).toBeUndefined();
    const { Spec, JoinTokens } = await call("GET /swarm");
    expect(Spec).toMatchObject({
      Orchestration: { TaskHistoryRetentionLimit: 0 },
      Dispatcher: {},
      CAConfig: {},
    });
    expect(JoinTokens.Worker).not.toBe(before.Worker);
    expect(JoinTokens.Manager).toBe(before.Manager);
    expect((await call("GET /swarm/unlockkey")).UnlockKey).toMatch(/^SWMKEY-1-[A-Za-z0-9+/]{43}$/);
  });

  it("is left by force only, and containers leave its networks", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", open);
    await run(call, "web", "open");
    expect(await call("POST /swarm/leave")).toMatch(/^503 You are attempting to leave the swarm on a node/);
    expect(await call("POST /swarm/leave?force=1")).toBeUndefined();
    expect((await call("GET /containers/web/json")).NetworkSettings.Networks).toEqual({});
    expect(await call('GET /networks?filters={"driver":["overlay"]}')).toEqual([]);
    expect((await call("GET /networks/docker_gwbridge")).Containers).toEqual({});
    expect(await call("POST /swarm/leave?force=1")).toBe("503 This node is not part of a swarm");
  });

  it("gives addresses one after the other, and has a network here while somebody is on it", async () => {
    const { call, simulator } = await swarm(release);
    const { Id } = await call("POST /networks/create", { ...open, Labels: { over: "1" } });
    expect(Id).toMatch(/^[0-9a-z]{25}$/);
    const elsewhere = await call("GET /networks/open");
    expect(elsewhere).toMatchObject({
      Containers: null,
      Options: { [vxlan]: "4097" },
      Labels: { over: "1" },
    });
    const web = await run(call, "web", "open");
    const endpoint = { EndpointID: expect.any(String), IPv6Address: "" };
    const peer = { Name: expect.stringMatching(/^[0-9a-f]{12}$/), IP: "192.0.2.10" };
    expect(await call("GET /networks/open")).toMatchObject({
      Containers: {
        [web]: { ...endpoint, Name: "web", IPv4Address: "10.0.1.2/24", MacAddress: "02:42:0a:00:01:02" },
        "lb-open": { ...endpoint, Name: "open-endpoint", IPv4Address: "10.0.1.3/24" },
      },
      Peers: [peer],
    });
    const own = async () => (await call("GET /containers/web/json")).NetworkSettings.Networks.open;
    expect(await own()).toMatchObject({
      IPAMConfig: { IPv4Address: "10.0.1.2" },
      Gateway: "",
      NetworkID: Id,
    });
    await simulator.engine.containers.stop("web");
    expect(await own()).toMatchObject({ IPAMConfig: null, IPAddress: "" });
    expect(await call("GET /networks/open")).toEqual(elsewhere);
    await simulator.engine.containers.start("web");
    expect(await own()).toMatchObject({ IPAMConfig: { IPv4Address: "10.0.1.4" }, IPAddress: "10.0.1.4" });
  });

  it("reaches the outside over the gateway bridge while no other network leads there", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", open);
    await call("POST /networks/create", { Name: "br" });
    const id = await run(call, "web", "open", {
      ExposedPorts: { "80/tcp": {} },
      HostConfig: { NetworkMode: "open", PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
    });
    const gateway = async () => (await call("GET /networks/docker_gwbridge")).Containers;
    const ports = async () => (await call("GET /containers/web/json")).NetworkSettings.Ports["80/tcp"];
    expect(Object.keys(await gateway())).toEqual([id, "ingress-sbox"]);
    expect((await gateway())[id].Name).toMatch(/^gateway_[0-9a-f]{12}$/);
    expect(await ports()).toHaveLength(2);
    await call("POST /networks/br/connect", { Container: "web" });
    expect(Object.keys(await gateway())).toEqual(["ingress-sbox"]);
    expect(await ports()).toHaveLength(2);
    await call("POST /networks/br/disconnect", { Container: "web" });
    expect(Object.keys(await gateway())).toEqual([id, "ingress-sbox"]);
    await call("DELETE /containers/web?force=1");
    expect(Object.keys(await gateway())).toEqual(["ingress-sbox"]);
  });

  it("refuses what is not attachable, not there, and taken", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { Name: "plain", Driver: "overlay" });
    await call("POST /networks/create", open);
    const prefix = cellOf({ "20.10": "", "28.5": "failed to set up container networking: " }, release);
    const refused =
      "Could not attach to network plain: rpc error: code = PermissionDenied desc = network plain";
    expect(await run(call, "a1", "plain")).toBe(`500 ${prefix}${refused} not manually attachable`);
    const missing =
      "Could not attach to network nope: rpc error: code = NotFound desc = network nope not found";
    expect(await run(call, "b1", "nope")).toBe(`500 ${prefix}${missing}`);
    await run(call, "c1", "open");
    expect(await call("POST /networks/open/connect", { Container: "c1" })).toBe(
      "409 c1 is already attached to network open",
    );
    expect(await call("DELETE /networks/open")).toMatch(
      /^400 rpc error: code = FailedPrecondition desc = network \w{25} is in use by task \w{25}$/,
    );
    expect(await call("POST /networks/prune")).toEqual({ NetworksDeleted: ["plain"] });
    expect(await call("DELETE /networks/docker_gwbridge")).toMatch(
      /^403 error while removing network: network/,
    );
  });

  it("leaves a network without subnets that overlaps another, until it can have them", async () => {
    const { call } = await swarm(release);
    const IPAM = { Config: [{ Subnet: "10.80.0.0/16" }] };
    await call("POST /networks/create", { ...open, Name: "one", IPAM });
    await call("POST /networks/create", { ...open, Name: "two", IPAM });
    expect(await call("GET /networks/two")).toMatchObject({ Driver: "", IPAM: { Driver: "", Config: null } });
    await call("DELETE /networks/one");
    expect(await call("GET /networks/two")).toMatchObject({
      Driver: "overlay",
      IPAM: { Config: [{ Subnet: "10.80.0.0/16", Gateway: "10.80.0.1" }] },
    });
  });

  it("shows subnets of both families in the order in which they were asked for", async () => {
    const { call } = await swarm(release);
    const Config = [{ Subnet: "fd00:1::/64" }, { Subnet: "10.95.0.0/24" }];
    await call("POST /networks/create", { ...open, EnableIPv6: true, IPAM: { Config } });
    const { IPAM, Options } = await call("GET /v1.41/networks/open");
    const allocated = [
      [
        { Subnet: "fd00:1::/64", Gateway: "fd00:1::1" },
        { Subnet: "10.95.0.0/24", Gateway: "10.95.0.1" },
      ],
      "4097,4098",
    ];
    // Seen on 28.5 and 29: such a network never gets its subnets.
    const expected = cellOf<unknown>({ "20.10": allocated, "28.5": [null, undefined] }, release);
    expect([IPAM.Config, Options?.[vxlan]]).toEqual(expected);
  });

  it("has networks of each node's own drivers, too", async () => {
    const { call } = await swarm(release);
    await call("POST /networks/create", { Name: "own", Driver: "bridge", Scope: "swarm", Attachable: true });
    expect(await call("GET /networks/own")).toMatchObject({
      Driver: "bridge",
      IPAM: { Driver: "", Config: [] },
    });
    const web = await run(call, "web", "own");
    expect(await call("GET /networks/own")).toMatchObject({
      Scope: "swarm",
      IPAM: { Config: [{ Subnet: "172.19.0.0/16", Gateway: "172.19.0.1" }] },
      Containers: { [web]: { Name: "web", IPv4Address: "172.19.0.2/16" } },
    });
    const own = (await call("GET /containers/web/json")).NetworkSettings.Networks.own;
    expect(own).toMatchObject({ IPAMConfig: {}, Gateway: "172.19.0.1" });
    expect(Object.keys((await call("GET /networks/docker_gwbridge")).Containers)).toEqual(["ingress-sbox"]);
    await call("DELETE /containers/web?force=1");
    expect(await call("GET /networks/own")).toMatchObject({ Containers: null });
    expect(await call("DELETE /networks/own")).toBeUndefined();
  });

  it("keeps secrets and configs", async () => {
    const { call } = await swarm(release);
    expect(await call("POST /secrets/create", { Name: "-a", Data: "YQ==" })).toMatch(
      /^400 .*invalid name, only 64/,
    );
    expect(await call("POST /secrets/create", { Name: "s" })).toMatch(
      /^400 .*secret data must be larger than 0/,
    );
    const { ID } = await call("POST /secrets/create", { Name: "s", Data: "YQ==", Labels: { x: "y" } });
    expect(await call("POST /secrets/create", { Name: "S", Data: "YQ==" })).toBe(
      "409 rpc error: code = AlreadyExists desc = secret S already exists",
    );
    const { Version, ...shown } = await call("GET /secrets/s");
    expect(shown).toMatchObject({ ID, Spec: { Name: "s", Labels: { x: "y" } } });
    expect(shown.Spec).not.toHaveProperty("Data");
    const update = `POST /secrets/s/update?version=${Version.Index}`;
    expect(await call(update, { Name: "s", Data: "Yg==" })).toMatch(
      /^400 .*only updates to Labels are allowed/,
    );
    expect(await call(update, { Name: "s", Labels: { x: "z" } })).toBeUndefined();
    expect(await call('GET /secrets?filters={"label":["x=z"]}')).toMatchObject([{ ID }]);
    expect(await call("DELETE /secrets/s")).toBeUndefined();
    await call("POST /configs/create", { Name: "c", Data: "YQ==" });
    expect(await call("GET /configs/c")).toMatchObject({ Spec: { Name: "c", Labels: {}, Data: "YQ==" } });
  });

  it("goes on from a snapshot as if nothing had been", async () => {
    const { call, simulator } = await swarm(release);
    await call("POST /networks/create", open);
    await run(call, "web", "open");
    await call("POST /secrets/create", { Name: "s", Data: "YQ==" });
    const snapshot = JSON.parse(JSON.stringify(simulator.snapshot()));
    const restored = createSimulator({ snapshot });
    const next = async (of: Simulator) => {
      const answers = [];
      for (const [line, body] of [
        ["GET /swarm"],
        ["GET /nodes"],
        ["GET /secrets"],
        ["GET /networks"],
        ["GET /networks/open"],
        ["GET /networks/docker_gwbridge"],
        ['GET /tasks?filters={"runtime":["attachment"]}'],
        ["POST /networks/create", '{"Name":"more","Driver":"overlay"}'],
        ["POST /containers/create?name=db", '{"Image":"busybox","Cmd":["sleep","9"]}'],
        ["POST /containers/db/start"],
        ["POST /networks/open/connect", '{"Container":"db"}'],
        ["GET /networks/open"],
        ["DELETE /containers/web?force=1"],
        ["DELETE /containers/db?force=1"],
        ["DELETE /networks/open"],
      ] as const) {
        answers.push(
          (await send(of, line, body)).text.replace(/"(Created|CreatedAt|UpdatedAt)":"[^"]*"/g, ""),
        );
      }
      return answers;
    };
    expect(await next(restored)).toEqual(await next(simulator));
  });
});

const vxlan = "com.docker.network.driver.overlay.vxlanid_list";
