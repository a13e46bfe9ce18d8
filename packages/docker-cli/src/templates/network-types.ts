// The types of addresses, blocks and ports in answers. Up to 28.5 the docker command reads them as texts; since 29 they
// are structs of Go's package net/netip and of the Engine API.
import { parseAddress, parsePrefix } from "@dryharbor/kernel";
import { isIn, type Release } from "../releases.js";
import { byBytes } from "./json.js";
import { bool, type GoType, int, type Method, string, stringType, type TextualType } from "./types.js";

const method = (call: Method["call"]): Method => ({ parameters: [], call });
const itself = { String: method((text: string) => string(text)) };

const address: TextualType = {
  kind: "textual",
  name: "netip.Addr",
  zero: "invalid IP",
  isStruct: true,
  methods: {
    String: method((text: string) => string(text || "invalid IP")),
    IsValid: method((text: string) => bool(text !== "")),
    Is4: method((text: string) => bool(parseAddress(text)?.family === 4)),
    Is6: method((text: string) => bool(parseAddress(text)?.family === 6)),
  },
};

const prefix: TextualType = {
  kind: "textual",
  name: "netip.Prefix",
  zero: "invalid Prefix",
  isStruct: true,
  methods: {
    String: method((text: string) => string(text || "invalid Prefix")),
    IsValid: method((text: string) => bool(text !== "")),
    Bits: method((text: string) => int(parsePrefix(text)?.bits ?? -1)),
  },
};

const hardwareAddress: TextualType = {
  kind: "textual",
  name: "network.HardwareAddr",
  zero: "",
  isStruct: false,
  methods: itself,
};

const port: TextualType = {
  kind: "textual",
  name: "network.Port",
  zero: "invalid port",
  isStruct: true,
  methods: {
    ...itself,
    Port: method((text: string) => string(text.split("/")[0] ?? "")),
    Proto: method((text: string) => string(text.split("/")[1] ?? "")),
    Num: method((text: string) => int(Number.parseInt(text, 10) || 0)),
  },
  order: (one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10) || byBytes(one, other),
};

const texts = {
  ip: stringType,
  prefix: stringType,
  mac: stringType,
  port: { kind: "string", name: "nat.Port" } satisfies GoType,
};
const structs = { ip: address, prefix, mac: hardwareAddress, port };

/** The types by the names that declarations call them. */
export function networkTypes(release: Release): Readonly<Record<keyof typeof texts, GoType>> {
  return isIn(release, { since: "29" }) ? structs : texts;
}
