import {
  architectureOf,
  type Platform,
  PlatformError,
  platformText,
  readPlatform,
  systemOf,
} from "@dryharbor/sdk/platform";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";

export { type Platform, platformText, usualVariant } from "@dryharbor/sdk/platform";

/** The platforms that public images are built for. */
export const usualPlatforms: readonly Platform[] = [
  "386",
  "amd64",
  "arm/v5",
  "arm/v6",
  "arm",
  "arm64",
  "mips64le",
  "ppc64le",
  "riscv64",
  "s390x",
].map((text) => {
  const [architecture = "", variant = ""] = text.split("/");
  return { os: "linux", architecture, variant };
});

export const hostPlatform: Platform = { os: "linux", architecture: "amd64", variant: "" };

/** Returns the platform of an image, or of anything else that has one. */
export function platformOf({ os, architecture, variant }: Platform): Platform {
  return { os, architecture, variant };
}

/**
 * Parses the parameter `platform` of a pull or a container, such as `linux/arm64` or `arm`.
 *
 * @throws 400 for an invalid platform
 */
export function parsePlatform({ images }: Release, text: string): Platform {
  try {
    return readPlatform(text, images.platformParts);
  } catch (error) {
    throw error instanceof PlatformError ? engineError(400, error.message) : error;
  }
}

/** Returns a platform in its canonical form, in which the usual variant of an architecture is empty. */
export function normalPlatform({ os, architecture, variant }: Platform): Platform {
  return { os: systemOf(os) || hostPlatform.os, ...architectureOf(architecture, variant) };
}

/** Returns whether two platforms are the same, however they are spelt. */
export function isSamePlatform(one: Platform, other: Platform): boolean {
  return platformText(normalPlatform(one)) === platformText(normalPlatform(other));
}

/**
 * Returns whether an image is for a platform, or for an older one that it can run. An image that tells no
 * variant is for all variants of its architecture.
 */
export function runsOn(image: Platform, wanted: Platform): boolean {
  const { os, architecture } = normalPlatform(image);
  const asked = normalPlatform(wanted);
  if (runnable(asked).some((one) => isSamePlatform(image, one))) return true;
  return image.variant === "" && os === asked.os && architecture === asked.architecture;
}

/** Returns a platform, with those whose programs it runs as well. */
function runnable(platform: Platform): Platform[] {
  const { os, architecture, variant } = platform;
  const older = (name: string, from: string, lowest: number) => {
    const count = Math.max(0, Number(from.slice(1)) - lowest);
    return Array.from({ length: count || 0 }, (_, at) => ({
      os,
      architecture: name,
      variant: `v${Number(from.slice(1)) - at - 1}`,
    }));
  };
  switch (architecture) {
    case "amd64":
      return [platform, ...older(architecture, variant, 1), { os, architecture: "386", variant: "" }];
    case "arm":
      return [platform, ...older(architecture, variant || "v7", 5)];
    case "arm64": {
      const arm = { os, architecture: "arm", variant: variant || "v8" };
      return [platform, arm, ...older("arm", arm.variant, 5)];
    }
    default:
      return [platform];
  }
}

/**
 * Returns the platform that a public image has for `wanted`, or `undefined`. For ARM it is the newest variant
 * that can run.
 */
export function usualPlatform({ images }: Release, asked: Platform): Platform | undefined {
  const wanted = normalPlatform(asked);
  return usualPlatforms.findLast(
    (made) =>
      made.os === wanted.os &&
      made.architecture === wanted.architecture &&
      (made.variant === wanted.variant ||
        (made.architecture === "arm" && level(made) <= level(wanted)) ||
        (made.architecture === "amd64" && images.newerProcessorRunsOlder)),
  );
}

/** Returns the version of a 32-bit ARM; 7 is the usual one. */
function level({ variant }: Platform): number {
  return Number(variant.slice(1) || 7);
}
