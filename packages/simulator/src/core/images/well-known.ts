import { type ImageName, loadedImageKit } from "@dryharbor/programs/image";
import type { ImageConfig } from "@dryharbor/sdk/port";

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Returns the configuration of a well-known image, whichever registry has it; `undefined` for any other. */
export function wellKnownConfig(name: ImageName): Partial<ImageConfig> | undefined {
  const facts = loadedImageKit().resolveImage(name)?.facts;
  if (!facts) return undefined;
  const { user, entrypoint, cmd, env = [], workdir, ports, volumes, stopSignal, labels } = facts;
  return {
    ...(user !== undefined && { User: user }),
    ...(ports && {
      ExposedPorts: emptyAt(ports.map((port) => (typeof port === "number" ? `${port}/tcp` : port))),
    }),
    Env: env.some((line) => line.startsWith("PATH=")) ? [...env] : [path, ...env],
    ...(entrypoint && { Entrypoint: [...entrypoint] }),
    Cmd: cmd ? [...cmd] : null,
    ...(volumes && { Volumes: emptyAt(volumes) }),
    ...(workdir !== undefined && { WorkingDir: workdir }),
    ...(labels && { Labels: { ...labels } }),
    ...(stopSignal !== undefined && { StopSignal: stopSignal }),
  };
}

/** Returns whether it is known what an image has. */
export function isWellKnown(name: ImageName): boolean {
  return loadedImageKit().resolveImage(name) !== undefined;
}

/** The familiar names of the repositories that are well known. */
export function wellKnownRepositories(): string[] {
  return loadedImageKit().repositories.map((repository) => repository.replace(/^library\//, ""));
}

function emptyAt(keys: readonly string[]): Record<string, Record<string, never>> {
  return Object.fromEntries(keys.map((key) => [key, {}]));
}
