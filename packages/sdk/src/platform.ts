// Platforms such as `linux/arm64/v8`, as containerd reads them: engines do, and so do docker commands since 29.

/** What a program is built for. */
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

/** A text that names no platform, in containerd's words. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
}

/** What the parts of a platform must look like, which newer releases of containerd write otherwise. */
export interface PlatformParts {
  /** A part. */
  readonly part: string;
  /** The first part, where it has a form of its own. */
  readonly system: string | undefined;
}

/** The parts as engines and docker commands of 28.5 and 29 read them. */
export const newestPlatformParts: PlatformParts = {
  part: "^[A-Za-z0-9_.-]+$",
  system: "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$",
};

/**
 * Reads a platform, such as `linux/arm64` or `arm`, as containerd's `platforms.Parse` does on a machine with Linux and
 * a 64-bit processor of x86.
 *
 * @throws {PlatformError} the text names none
 */
export function readPlatform(text: string, rules: PlatformParts = newestPlatformParts): Platform {
  const wrong = (why: string) => new PlatformError(`${JSON.stringify(text)}: ${why}: invalid argument`);
  if (text.includes("*")) throw wrong("wildcards not yet supported");
  const parts = text.split("/");
  for (const [at, part] of parts.entries()) {
    const system = at === 0 ? rules.system : undefined;
    const pattern = system ?? rules.part;
    if (new RegExp(pattern).test(part)) continue;
    const [what, specifier] = system ? ["OS component", "OSAndVersion"] : ["component", "platform"];
    const component = `${JSON.stringify(part)} is an invalid ${what} of ${JSON.stringify(text)}`;
    const rule = `${specifier} specifier component must match ${JSON.stringify(pattern)}`;
    throw new PlatformError(`${component}: ${rule}: invalid argument`);
  }
  const [first = "", second, third] = parts;
  const os = systemOf(first);
  if (second === undefined) {
    if (systems.has(os)) return { os, architecture: "amd64", variant: "" };
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

/** Returns the name of a system, without its version. */
export function systemOf(text: string): string {
  const os = text.replace(/\(.*/, "").toLowerCase();
  return os === "macos" ? "darwin" : os;
}

/** Returns an architecture and its variant by the names that containerd uses; the usual variant is empty. */
export function architectureOf(text: string, level: string): Omit<Platform, "os"> {
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

/** Returns a platform's text, such as `linux/arm/v6`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return os === "" ? "unknown" : [os, architecture, variant].filter(Boolean).join("/");
}
