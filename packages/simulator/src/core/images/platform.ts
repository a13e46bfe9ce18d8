import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";

/** The platform that an image is built for. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** The variant of the architecture, such as `v6` of `arm`; empty for the usual one. */
  readonly variant: string;
}

const systems: ReadonlySet<string> = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos".split(
    " ",
  ),
);

const architectures: ReadonlySet<string> = new Set(
  "386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm".split(
    " ",
  ),
);

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
 * Parses the parameter `platform` of a pull or a container, such as `linux/arm64` or `arm`, as containerd's
 * `platforms.Parse` does.
 *
 * @throws 400 for an invalid platform
 */
export function parsePlatform({ images }: Release, text: string): Platform {
  const wrong = (why: string) => engineError(400, `${JSON.stringify(text)}: ${why}: invalid argument`);
  if (text.includes("*")) throw wrong("wildcards not yet supported");
  const parts = text.split("/");
  for (const [at, part] of parts.entries()) {
    const system = at === 0 ? images.platformParts.system : undefined;
    const pattern = system ?? images.platformParts.part;
    if (new RegExp(pattern).test(part)) continue;
    const [what, specifier] = system ? ["OS component", "OSAndVersion"] : ["component", "platform"];
    const component = `${JSON.stringify(part)} is an invalid ${what} of ${JSON.stringify(text)}`;
    const rule = `${specifier} specifier component must match ${JSON.stringify(pattern)}`;
    throw engineError(400, `${component}: ${rule}: invalid argument`);
  }
  const [first = "", second, third] = parts;
  const os = systemOf(first);
  if (second === undefined) {
    if (systems.has(os)) return { ...hostPlatform, os };
    const { architecture, variant } = architectureOf(first, "");
    if (!architectures.has(architecture)) throw wrong("unknown operating system or architecture");
    return { os: "linux", architecture, variant };
  }
  if (parts.length > 3) throw wrong("cannot parse platform specifier");
  const { architecture, variant } = architectureOf(second, third ?? "");
  if (third === undefined) return { os, architecture, variant };
  // A variant that was named stays, even the usual one.
  return { os, architecture, variant: variant || usualVariant(architecture) };
}

/** Returns the variant that is meant where an architecture is named alone; empty for none. */
export function usualVariant(architecture: string): string {
  return architecture === "arm" ? "v7" : architecture === "arm64" ? "v8" : "";
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

function systemOf(text: string): string {
  const os = text.replace(/\(.*/, "").toLowerCase();
  return os === "macos" ? "darwin" : os;
}

function architectureOf(text: string, level: string): Omit<Platform, "os"> {
  const architecture = text.toLowerCase();
  const variant = level.toLowerCase();
  switch (architecture) {
    case "i386":
      return { architecture: "386", variant: "" };
    case "x86_64":
    case "x86-64":
    case "amd64":
      return { architecture: "amd64", variant: variant === "v1" ? "" : variant };
    case "aarch64":
    case "arm64":
      return { architecture: "arm64", variant: /^v?8(\.0)?$/.test(variant) ? "" : variant };
    case "armhf":
      return { architecture: "arm", variant: "" };
    case "armel":
      return { architecture: "arm", variant: "v6" };
    case "arm":
      return { architecture, variant: /^v?7$/.test(variant) ? "" : variant.replace(/^(?=\d)/, "v") };
    default:
      return { architecture, variant };
  }
}

/** Returns the platform's text, such as `linux/arm/v6`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return os === "" ? "unknown" : [os, architecture, variant].filter(Boolean).join("/");
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
