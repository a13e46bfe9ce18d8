import {
  collectOutput,
  type DnsAnswer,
  type DnsQuery,
  type EndpointConfig,
  EngineError,
  type NetworkCreateRequest,
} from "@dryharbor/sdk";
import { type Check, type Classroom, type Step, step } from "./lesson.js";

// The steps from which the lessons are built. Each is one docker command, carried out through the port.

/** `docker network create`. */
export function createNetwork(request: NetworkCreateRequest, checks: readonly Check<string>[] = []): Step {
  const subnet = request.IPAM?.Config?.[0]?.Subnet;
  return step({
    command: `docker network create ${subnet ? `--subnet ${subnet} ` : ""}${request.Name}`,
    act: async ({ engine }) => (await engine.networks.create(request)).Id,
    show: (id) => [id],
    checks: [{ claim: "it has an id of 64 digits", holds: (id) => /^[0-9a-f]{64}$/.test(id) }, ...checks],
  });
}

/** `docker run --detach` of a process that sleeps. */
export function runContainer(
  name: string,
  network: string,
  endpoint: EndpointConfig = {},
  checks: readonly Check<string>[] = [],
): Step {
  const flags = [
    ...(endpoint.Aliases ?? []).map((alias) => ` --network-alias ${alias}`),
    ...(endpoint.Links ?? []).map((link) => ` --link ${link}`),
  ].join("");
  return step({
    command: `docker run --detach --name ${name} --network ${network}${flags} IMAGE sleep 3600`,
    async act({ engine, image }) {
      const { Id } = await engine.containers.create(
        {
          Image: image,
          Cmd: ["sleep", "3600"],
          HostConfig: { NetworkMode: network },
          NetworkingConfig: { EndpointsConfig: { [network]: endpoint } },
        },
        { name },
      );
      await engine.containers.start(Id);
      return Id;
    },
    show: (id) => [id],
    checks: [
      {
        claim: `${name} is running`,
        holds: async (id, { engine }) => (await engine.containers.inspect(id)).State.Running,
      },
      ...checks,
    ],
  });
}

/** `docker network connect`. */
export function connect(
  network: string,
  container: string,
  endpoint: EndpointConfig = {},
  checks: readonly Check<string>[] = [],
): Step {
  const flags = [
    ...(endpoint.Aliases ?? []).map((alias) => `--alias ${alias} `),
    ...(endpoint.Links ?? []).map((link) => `--link ${link} `),
  ].join("");
  return step({
    command: `docker network connect ${flags}${network} ${container}`,
    async act({ engine }) {
      await engine.networks.connect(network, { Container: container, EndpointConfig: endpoint });
      return addressOf(engine, container, network);
    },
    show: (address) => [`${container} has ${address} on ${network}`],
    checks: [{ claim: "it got an address there", holds: (address) => address !== "" }, ...checks],
  });
}

/** `docker exec`. The step shows what the command prints. */
export function exec(container: string, command: readonly string[], checks: readonly Check<string>[]): Step {
  return step({
    command: `docker exec ${container} ${command.join(" ")}`,
    async act({ engine }) {
      const { Id } = await engine.exec.create(container, {
        Cmd: [...command],
        AttachStdout: true,
        AttachStderr: true,
      });
      const { stdout } = await collectOutput(await engine.exec.start(Id));
      return stdout;
    },
    show: (text) => text.trimEnd().split("\n"),
    checks,
  });
}

/** A DNS look-up from inside a container. */
export function lookUp(container: string, query: DnsQuery, checks: readonly Check<DnsAnswer>[]): Step {
  const type = query.type && query.type !== "A" ? ` -type=${query.type.toLowerCase()}` : "";
  return step({
    command: `docker exec ${container} nslookup${type} ${query.name}`,
    act: ({ engine }) => engine.dns.resolve(container, query),
    show: ({ status, records }) => [records.length > 0 ? records.join(" ") : status],
    checks,
  });
}

/** Checks that the look-up answers with the address that `container` has on `network`. */
export function answersWith(container: string, network: string): Check<DnsAnswer> {
  return {
    claim: `the answer is ${container}'s address on ${network}`,
    holds: async ({ records }, { engine }) =>
      records.length === 1 && records[0] === (await addressOf(engine, container, network)),
  };
}

/** Checks that the look-up finds nothing. The status depends on the engine's upstream. */
export const findsNothing: Check<DnsAnswer> = {
  claim: "nobody answers to that name here",
  holds: ({ status }) => status !== "found",
};

/** A command that the engine refuses. */
export function refused(
  command: string,
  act: (room: Classroom) => Promise<unknown>,
  because: { readonly status: number; readonly message: RegExp },
): Step {
  return step({
    command,
    async act(room) {
      try {
        await act(room);
      } catch (error) {
        if (error instanceof EngineError) return error;
        throw error;
      }
      return undefined;
    },
    show: (error) => [error ? `${error.status}: ${error.message}` : "not refused"],
    checks: [
      {
        claim: `the engine refuses: ${because.message.source}`,
        holds: (error) => error?.status === because.status && because.message.test(error.message),
      },
    ],
  });
}

/** Returns the address of a container on a network, or an empty string if it has none. */
export async function addressOf(
  engine: Classroom["engine"],
  container: string,
  network: string,
): Promise<string> {
  const { NetworkSettings } = await engine.containers.inspect(container);
  return NetworkSettings.Networks[network]?.IPAddress ?? "";
}
