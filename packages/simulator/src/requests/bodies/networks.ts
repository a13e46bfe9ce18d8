import type {
  NetworkConnectRequest,
  NetworkCreateRequest,
  NetworkDisconnectRequest,
} from "@dryharbor/sdk/port";
import { everyRelease } from "../../core/json/every-release.js";
import { bool, embed, int, list, map, pointer, type Shape, struct, text } from "../../core/json/shape.js";
import type { Body } from "../body.js";

const texts = list(text());
const textMap = map(text());

/** The settings of a container on a network. */
export const endpointSettings = everyRelease((pick) =>
  struct("network.EndpointSettings", {
    IPAMConfig: pointer(
      struct("network.EndpointIPAMConfig", {
        IPv4Address: text(),
        IPv6Address: text(),
        LinkLocalIPs: texts,
      }),
    ),
    Links: texts,
    Aliases: texts,
    MacAddress: text(),
    DriverOpts: textMap,
    GwPriority: pick<Shape | undefined>(undefined, undefined, int("int")),
    NetworkID: text(),
    EndpointID: text(),
    Gateway: text(),
    IPAddress: text(),
    IPPrefixLen: int("int"),
    IPv6Gateway: text(),
    GlobalIPv6Address: text(),
    GlobalIPv6PrefixLen: int("int"),
    DNSNames: pick<Shape | undefined>(undefined, texts, texts),
  }),
);

const ipam = struct("network.IPAM", {
  Driver: text(),
  Options: textMap,
  Config: list(
    struct("network.IPAMConfig", {
      Subnet: text(),
      IPRange: text(),
      Gateway: text(),
      AuxiliaryAddresses: textMap,
    }),
  ),
});

export const networkCreate: Body<NetworkCreateRequest> = {
  reading: "json",
  finish: (decoded) => ({ Name: "", ...decoded }),
  shape: everyRelease((pick) => {
    const flag = pick(bool, bool, pointer(bool));
    const embedded = pick("NetworkCreate", "NetworkCreate", "CreateOptions");
    const options = struct(`types.${embedded}`, {
      CheckDuplicate: pick<Shape | undefined>(bool, bool, undefined),
      Driver: text(),
      Scope: text(),
      EnableIPv4: pick<Shape | undefined>(undefined, undefined, pointer(bool)),
      EnableIPv6: flag,
      IPAM: pointer(ipam),
      Internal: bool,
      Attachable: bool,
      Ingress: bool,
      ConfigOnly: bool,
      ConfigFrom: pointer(struct("network.ConfigReference", { Network: text() })),
      Options: textMap,
      Labels: textMap,
    });
    return struct(
      pick("types.NetworkCreateRequest", "types.NetworkCreateRequest", "network.CreateRequest"),
      { Name: text(), CheckDuplicate: pick<Shape | undefined>(undefined, undefined, pointer(bool)) },
      embed(embedded, options),
    );
  }),
};

export const networkConnect: Body<NetworkConnectRequest> = {
  reading: "json",
  finish: (decoded) => ({ Container: "", ...decoded }),
  shape: everyRelease((pick, name) =>
    struct(pick("types.NetworkConnect", "types.NetworkConnect", "network.ConnectOptions"), {
      Container: text(),
      EndpointConfig: pointer(endpointSettings[name]),
    }),
  ),
};

export const networkDisconnect: Body<NetworkDisconnectRequest> = {
  reading: "json",
  finish: (decoded) => ({ Container: "", ...decoded }),
  shape: everyRelease((pick) =>
    struct(pick("types.NetworkDisconnect", "types.NetworkDisconnect", "network.DisconnectOptions"), {
      Container: text(),
      Force: bool,
    }),
  ),
};
