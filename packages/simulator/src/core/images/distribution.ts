import { type DistributionInspect, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { contentOf } from "./content.js";
import { digestProblem } from "./digest.js";
import { manifestSize } from "./push.js";
import { familiarName, parseReference, withDefaultTag } from "./reference.js";
import { offerOf, platformsOf } from "./registry.js";
import { unreachable } from "./unreachable.js";

const manifest = "application/vnd.docker.distribution.manifest.v2+json";
const manifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
/**
 * The bytes of a manifest list without platforms, and of each platform in it. Seen: a list of two platforms
 * has 529.
 */
const [listSize, entrySize] = [101, 214];

/**
 * Answers `GET /distribution/{name}/json`: what a registry has under a name.
 *
 * @throws 404 if the registry has nothing; 500 if it cannot be reached, or for an image id; 400 for an
 * invalid reference and for `scratch`
 */
export function inspectDistribution(daemon: Daemon, name: string): DistributionInspect {
  if (/^[a-f0-9]{64}$/.test(name) || digestProblem(name) === undefined) {
    throw engineError(500, "no manifest found for full image ID");
  }
  const reference = withDefaultTag(parseReference(daemon.release, name));
  if (familiarName(reference) === "scratch") throw engineError(400, "'scratch' is a reserved name");
  const { registry } = daemon.images;
  if (registry.pull === "deny") throw unreachable(daemon, reference.repository);
  const offer = offerOf(daemon.release, registry, reference);
  if (!offer) throw engineError(404, "manifest unknown: manifest unknown");
  if (daemon.release.images.storesContent) {
    const { target } = contentOf(daemon.release, offer.image);
    const { manifests = [] } = JSON.parse(offer.image.index?.text ?? "{}") as {
      manifests?: { platform: object }[];
    };
    const shown = offer.manyPlatforms ? manifests.map(({ platform }) => platform) : null;
    return { Descriptor: target, Platforms: shown } as DistributionInspect;
  }
  const platforms = platformsOf(offer);
  const [mediaType, size] = offer.manyPlatforms
    ? [manifestList, listSize + entrySize * platforms.length]
    : [manifest, manifestSize];
  return {
    Descriptor: { mediaType, digest: offer.digest, size },
    Platforms: platforms.map(({ architecture, os, variant }) => ({
      architecture,
      os,
      ...(variant !== "" && { variant }),
    })),
  };
}
