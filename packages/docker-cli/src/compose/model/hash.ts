// The hash of a configuration, by which compose sees that something has changed.

import { sha256 } from "@dryharbor/kernel";
import { goJson, type Json } from "./json.js";
import { type NetworkConfig, networkKind, type VolumeConfig, volumeKind } from "./project.js";
import { type ServiceConfig, serviceKind } from "./service.js";

const digest = (value: Json | undefined) => hexOf(sha256(new TextEncoder().encode(goJson(value ?? {}))));
const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Of a service: how it is built, how often it runs and what it waits for do not count. */
export function serviceHash(service: ServiceConfig): string {
  const { build, pull_policy, scale, depends_on, profiles, deploy, ...rest } = service;
  return digest(serviceKind.json({ ...rest, deploy: deploy && { ...deploy, replicas: undefined } }));
}

export const networkHash = (network: NetworkConfig): string => digest(networkKind.json(network));

export const volumeHash = (volume: VolumeConfig): string =>
  digest(volumeKind.json({ ...volume, driver: volume.driver || "local" }));
