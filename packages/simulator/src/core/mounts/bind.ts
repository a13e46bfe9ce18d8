import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { readMode } from "./mode.js";
import { type MountSpec, mountProblem } from "./spec.js";

/** A parsed entry of `HostConfig.Binds`. */
export interface Bind {
  readonly spec: MountSpec & { readonly Type: "bind" | "volume" };
  readonly mode: string;
}

/**
 * Parses `destination`, `source:destination` or `source:destination:mode`.
 *
 * @param volumeDriver the container's driver for volumes
 * @throws 500, as the engine does
 */
export function readBind(release: Release, text: string, volumeDriver: string): Bind {
  const invalid = (why = "") => engineError(500, `invalid volume specification: '${text}'${why}`);
  const parts = text.split(":");
  const [first = "", second, mode = ""] = parts;
  if (first === "" || parts.length > 3) throw invalid();
  if (parts.length === 2 && readMode(second ?? "")) throw invalid();
  const read = readMode(mode);
  if (!read) throw engineError(500, `invalid mode: ${mode}`);
  const [source, target] = second === undefined ? ["", first] : [first, second];
  const type = source.startsWith("/") ? "bind" : "volume";
  const ofVolume = {
    ...(volumeDriver !== "" && type === "volume" && { DriverConfig: { Name: volumeDriver } }),
    ...(read.noCopy && { NoCopy: true }),
  };
  const spec: Bind["spec"] = {
    Type: type,
    Source: source,
    Target: target,
    ReadOnly: !read.writable,
    ...(Object.keys(ofVolume).length > 0 && { VolumeOptions: ofVolume }),
    ...(read.propagation !== "" && { BindOptions: { Propagation: read.propagation } }),
  };
  const problem = mountProblem(release, spec);
  if (problem !== undefined)
    throw invalid(`: invalid mount config for type ${JSON.stringify(type)}: ${problem}`);
  return { spec, mode };
}

/** Parses `container` or `container:mode` of `HostConfig.VolumesFrom`. @throws 400 */
export function readVolumesFrom(text: string): { readonly container: string; readonly writable: boolean } {
  if (text === "") throw engineError(400, "volumes-from specification cannot be an empty string");
  const [container = "", ...rest] = text.split(":");
  const mode = rest.join(":");
  const read = readMode(mode);
  // Everything else is inherited from the other container, so a mode can only say who may write.
  if (read?.propagation !== "" || read.noCopy) throw engineError(400, `invalid mode: ${mode}`);
  return { container, writable: read.writable };
}
