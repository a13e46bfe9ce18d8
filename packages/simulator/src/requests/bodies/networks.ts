import type {
  NetworkConnectRequest,
  NetworkCreateRequest,
  NetworkDisconnectRequest,
} from "@dryharbor/sdk/port";
import { everyRelease } from "../../core/json/every-release.js";
import { bool, embed, int, list, map, pointer, type Shape, struct, text } from "../../core/json/shape.js";
import { addr, hardwareAddr, prefix } from "../../core/json/text-types.js";
import type { Body } from "../body.js";

const texts = list(text());
const textMap = map(text());

/** The settings of a container on a network. */
export const endpointSettings = everyRelease((pick) => {
  const address = pick<Shape>(text(), text(), text(), addr);
  return struct("network.EndpointSettings", {
    IPAMConfig: pointer(
      struct("network.EndpointIPAMConfig", {
        IPv4Address: address,
        IPv6Address: address,
        LinkLocalIPs: list(address),
      }),
    ),
    Links: texts,
    Aliases: texts,
    MacAddress: pick<Shape>(text(), text(), text(), hardwareAddr),
    DriverOpts: textMap,
    GwPriority: pick<Shape | undefined>(undefined, undefined, int("int")),
    NetworkID: text(),
    EndpointID: text(),
    Gateway: address,
    IPAddress: address,
    IPPrefixLen: int("int"),
    IPv6Gateway: address,
    GlobalIPv6Address: address,
    GlobalIPv6PrefixLen: int("int"),
    DNSNames: pick<Shape | undefined>(undefined, texts, texts),
  });
});

const ipam = everyRelease((pick) => {
  const subnet = pick<Shape>(text(), text(), text(), prefix);
  const address = pick<Shape>(text(), text(), text(), addr);
  return struct("network.IPAM", {
    Driver: text(),
    Options: textMap,
    Config: list(
      struct("network.IPAMConfig", {
        Subnet: subnet,
        IPRange: subnet,
        Gateway: address,
        AuxiliaryAddresses: map(address),
      }),
    ),
  });
});

export const networkCreate: Body<NetworkCreateRequest> = {
  reading: "json",
  finish: (decoded) => ({ Name: "", ...decoded }),
  shape: everyRelease((pick, name) => {
    const flag = pick(bool, bool, pointer(bool));
    const fields = {
      Driver: text(),
      Scope: text(),
      EnableIPv4: pick<Shape | undefined>(undefined, undefined, pointer(bool)),
      EnableIPv6: flag,
      IPAM: pointer(ipam[name]),
      Internal: bool,
      Attachable: bool,
      Ingress: bool,
      ConfigOnly: bool,
      ConfigFrom: pointer(struct("network.ConfigReference", { Network: text() })),
      Options: textMap,
      Labels: textMap,
    };
    const checked = (type: string) =>
      struct(
        type,
        { Name: text() },
        embed("NetworkCreate", struct("types.NetworkCreate", { CheckDuplicate: bool, ...fields })),
      );
    return pick(
      checked("types.NetworkCreateRequest"),
      checked("types.NetworkCreateRequest"),
      struct(
        "network.CreateRequest",
        { Name: text(), CheckDuplicate: pointer(bool) },
        embed("CreateOptions", struct("types.CreateOptions", fields)),
      ),
      struct("network.CreateRequest", { Name: text(), ...fields }),
    );
  }),
};

export const networkConnect: Body<NetworkConnectRequest> = {
  reading: "json",
  finish: (decoded) => ({ Container: "", ...decoded }),
  shape: everyRelease((pick, name) =>
    struct(
      pick(
        "types.NetworkConnect",
        "types.NetworkConnect",
        "network.ConnectOptions",
        "networkbackend.ConnectRequest",
      ),
      {
        Container: text(),
        EndpointConfig: pointer(endpointSettings[name]),
      },
    ),
  ),
};

export const networkDisconnect: Body<NetworkDisconnectRequest> = {
  reading: "json",
  finish: (decoded) => ({ Container: "", ...decoded }),
  shape: everyRelease((pick) =>
    struct(
      pick(
        "types.NetworkDisconnect",
        "types.NetworkDisconnect",
        "network.DisconnectOptions",
        "networkbackend.DisconnectRequest",
      ),
      {
        Container: text(),
        Force: bool,
      },
    ),
  ),
};
