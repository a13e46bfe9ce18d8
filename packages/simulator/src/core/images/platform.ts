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
  return { os, ...architectureOf(second, third ?? "") };
}

/** Returns a platform in its canonical form. */
export function normalPlatform(os: string, architecture: string, variant: string): Platform {
  return { os: systemOf(os), ...architectureOf(architecture, variant) };
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
  return [os, architecture, ...(variant ? [variant] : [])].join("/");
}

/**
 * Returns the platform that a public image has for `wanted`, or `undefined`. For ARM it is the newest variant
 * that can run.
 */
export function usualPlatform({ images }: Release, wanted: Platform): Platform | undefined {
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
