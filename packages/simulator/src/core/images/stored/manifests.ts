import type { ManifestSummary } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import { containersOf } from "../containers.js";
import { contentOf, contentSize, nameAnnotations, unpackedSize } from "../content.js";
import type { Image } from "../image.js";

/** Returns what is told of each manifest of an image. Those of an index for other platforms may not be here. */
export function manifestSummaries(
  daemon: Daemon,
  image: Image,
  broughtAs: string | undefined,
): ManifestSummary[] {
  if (!image.index) {
    const shown = manifestSummary(daemon, image);
    if (broughtAs === undefined) return [shown];
    return [{ ...shown, Descriptor: { ...shown.Descriptor, annotations: nameAnnotations(broughtAs) } }];
  }
  const here = new Map(
    [image, ...(image.others ?? [])].map((one) => [contentOf(daemon.release, one).manifest.digest, one]),
  );
  const { manifests = [] } = JSON.parse(image.index.text) as { manifests?: Descriptor[] };
  return manifests.map((descriptor) => {
    const one = here.get(descriptor.digest);
    const shown = one && manifestSummary(daemon, one);
    return shown ? { ...shown, Descriptor: descriptor } : absent(descriptor);
  });
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: NonNullable<ManifestSummary["ImageData"]>["Platform"];
}

function absent(descriptor: Descriptor): ManifestSummary {
  return {
    ID: descriptor.digest,
    Descriptor: descriptor,
    Available: false,
    Size: { Content: 0, Total: 0 },
    Kind: "image",
    ImageData: {
      Platform: descriptor.platform as NonNullable<typeof descriptor.platform>,
      Size: { Unpacked: 0 },
      Containers: null,
    },
  };
}

function manifestSummary(daemon: Daemon, image: Image): ManifestSummary & { Descriptor: object } {
  const { manifest, target } = contentOf(daemon.release, image);
  const { architecture, os, osVersion, variant } = image;
  const content = contentSize(daemon.release, image) - (image.index ? target.size : 0);
  const unpacked = unpackedSize(image);
  const containers = containersOf(daemon, image.id)
    .filter((one) => one.image && contentOf(daemon.release, one.image).manifest.digest === manifest.digest)
    .map(({ id }) => id);
  return {
    ID: manifest.digest,
    Descriptor: { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.size },
    Available: true,
    Size: { Content: content, Total: content + unpacked },
    Kind: "image",
    ImageData: {
      Platform: {
        architecture,
        os,
        ...(osVersion && { "os.version": osVersion }),
        ...(variant && { variant }),
      },
      Size: { Unpacked: unpacked },
      Containers: containers.length > 0 ? containers : null,
    },
  };
}
