import {
  type ContainerCreateRequest,
  type ExecCreateRequest,
  type ExecStartRequest,
  engineError,
  type NetworkConnectRequest,
  type NetworkCreateRequest,
  type NetworkDisconnectRequest,
} from "@dryharbor/sdk/port";
import type { ContainerUpdateRequest } from "../core/containers/update.js";
import type { Daemon } from "../core/daemon.js";
import { asJson } from "./session.js";

// The JSON types that the engine's decoder insists on. `null` is always good: it leaves Go's zero value.

type Shape =
  | "string"
  | "bool"
  | "int"
  /** Not looked at here. */
  | "any"
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly struct: string; readonly fields: Readonly<Record<string, Shape>> };

/** The body of a request: what the engine calls it, and its fields. */
export interface Body<_T> {
  readonly struct: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

const strings: Shape = { list: "string" };
const stringMap: Shape = { map: "string" };

const endpointConfig: Shape = {
  struct: "EndpointSettings",
  fields: {
    IPAMConfig: {
      struct: "EndpointIPAMConfig",
      fields: { IPv4Address: "string", IPv6Address: "string", LinkLocalIPs: strings },
    },
    Links: strings,
    Aliases: strings,
    MacAddress: "string",
    DriverOpts: stringMap,
    GwPriority: "int",
    NetworkID: "string",
    EndpointID: "string",
    Gateway: "string",
    IPAddress: "string",
  },
};

export const networkCreate: Body<NetworkCreateRequest> = {
  struct: "NetworkCreateRequest",
  fields: {
    Name: "string",
    CheckDuplicate: "bool",
    Driver: "string",
    Scope: "string",
    EnableIPv4: "bool",
    EnableIPv6: "bool",
    IPAM: {
      struct: "IPAM",
      fields: {
        Driver: "string",
        Options: stringMap,
        Config: {
          list: {
            struct: "IPAMConfig",
            fields: {
              Subnet: "string",
              IPRange: "string",
              Gateway: "string",
              AuxiliaryAddresses: stringMap,
            },
          },
        },
      },
    },
    Internal: "bool",
    Attachable: "bool",
    Ingress: "bool",
    ConfigOnly: "bool",
    ConfigFrom: { struct: "ConfigReference", fields: { Network: "string" } },
    Options: stringMap,
    Labels: stringMap,
  },
};

export const networkConnect: Body<NetworkConnectRequest> = {
  struct: "NetworkConnect",
  fields: { Container: "string", EndpointConfig: endpointConfig },
};

export const networkDisconnect: Body<NetworkDisconnectRequest> = {
  struct: "NetworkDisconnect",
  fields: { Container: "string", Force: "bool" },
};

const portBindings: Shape = {
  map: { list: { struct: "PortBinding", fields: { HostIp: "string", HostPort: "string" } } },
};

export const containerCreate: Body<ContainerCreateRequest> = {
  struct: "ContainerConfigWrapper",
  fields: {
    Image: "string",
    Hostname: "string",
    Domainname: "string",
    User: "string",
    AttachStdin: "bool",
    AttachStdout: "bool",
    AttachStderr: "bool",
    Tty: "bool",
    OpenStdin: "bool",
    StdinOnce: "bool",
    Env: strings,
    // A command may be a list or one text.
    Cmd: "any",
    Entrypoint: "any",
    ExposedPorts: { map: { struct: "struct {}", fields: {} } },
    Labels: stringMap,
    WorkingDir: "string",
    MacAddress: "string",
    NetworkDisabled: "bool",
    StopSignal: "string",
    StopTimeout: "int",
    HostConfig: {
      struct: "HostConfig",
      fields: {
        NetworkMode: "string",
        PortBindings: portBindings,
        PublishAllPorts: "bool",
        RestartPolicy: { struct: "RestartPolicy", fields: { Name: "string", MaximumRetryCount: "int" } },
        AutoRemove: "bool",
        Links: strings,
        Dns: strings,
        DnsOptions: strings,
        DnsSearch: strings,
        ExtraHosts: strings,
        Binds: strings,
        Init: "bool",
        Privileged: "bool",
      },
    },
    NetworkingConfig: {
      struct: "NetworkingConfig",
      fields: { EndpointsConfig: { map: endpointConfig } },
    },
  },
};

export const containerUpdate: Body<ContainerUpdateRequest> = {
  struct: "UpdateConfig",
  fields: {
    BlkioWeight: "int",
    CpuShares: "int",
    NanoCpus: "int",
    CpuPeriod: "int",
    CpuQuota: "int",
    CpusetCpus: "string",
    CpusetMems: "string",
    Memory: "int",
    MemorySwap: "int",
    MemoryReservation: "int",
    KernelMemory: "int",
    KernelMemoryTCP: "int",
    CpuRealtimePeriod: "int",
    CpuRealtimeRuntime: "int",
    PidsLimit: "int",
    RestartPolicy: { struct: "RestartPolicy", fields: { Name: "string", MaximumRetryCount: "int" } },
  },
};

export const execCreate: Body<ExecCreateRequest> = {
  struct: "ExecConfig",
  fields: {
    Cmd: strings,
    AttachStdin: "bool",
    AttachStdout: "bool",
    AttachStderr: "bool",
    Tty: "bool",
    Env: strings,
    WorkingDir: "string",
    User: "string",
    Privileged: "bool",
    DetachKeys: "string",
  },
};

export const execStart: Body<ExecStartRequest> = {
  struct: "ExecStartCheck",
  fields: { Detach: "bool", Tty: "bool" },
};

/**
 * A request as the engine decodes it: a copy, of JSON values of the right type.
 *
 * @throws 400, in the words of Go's decoder
 */
export function read<T extends object>(daemon: Daemon, body: Body<T>, request: T): T {
  const given = asJson(request ?? {});
  check(daemon, given, body, body.struct, "");
  return given;
}

function check(daemon: Daemon, value: unknown, shape: Shape, struct: string, path: string): void {
  if (value === null || value === undefined || shape === "any") return;
  if (!fits(value, shape)) {
    const where = path === "" ? "value" : `struct field ${struct}.${path}`;
    const words = `cannot unmarshal ${kindOf(value)} into Go ${where} of type ${goType(shape)}`;
    throw engineError(400, `${daemon.release.requests.badJson}json: ${words}`);
  }
  if (typeof shape === "string") return;
  if ("list" in shape) {
    for (const item of value as unknown[]) check(daemon, item, shape.list, struct, path);
  } else if ("map" in shape) {
    for (const item of Object.values(value)) check(daemon, item, shape.map, struct, path);
  } else {
    for (const [key, item] of Object.entries(value)) {
      const field = path === "" ? key : `${path}.${key}`;
      const expected = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      check(daemon, item, expected ?? "any", shape.struct, field);
    }
  }
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape === "int") return Number.isInteger(value);
  if (typeof shape === "string") return kindOf(value) === shape;
  return kindOf(value) === ("list" in shape ? "array" : "object");
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function goType(shape: Shape): string {
  if (typeof shape === "string") return shape;
  if ("list" in shape) return `[]${goType(shape.list)}`;
  if ("map" in shape) return `map[string]${goType(shape.map)}`;
  return shape.struct;
}
