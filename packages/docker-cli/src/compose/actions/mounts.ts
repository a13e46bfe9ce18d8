// What is mounted in a container: volumes, folders of the host, secrets and configs that are files.

import type { ContainerSummary } from "@dryharbor/sdk/port";
import { ComposeError } from "../model/error.js";
import { imageOf, type Project } from "../model/project.js";
import type { ServiceConfig, VolumeMount } from "../model/service.js";
import { type ComposeContext, speaks } from "./context.js";

type Mount = Record<string, unknown> & { Type: string; Source: string; Target: string };

/** A mount of a listed container. */
interface ListedMount {
  Type: string;
  Name?: string;
  Source: string;
  Destination: string;
  RW: boolean;
}

/** The binds and the mounts of a container. Compose uses binds for all that they can say. */
export async function mountsOf(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  inherit: ContainerSummary | undefined,
): Promise<{ binds: string[]; mounts: Mount[] }> {
  const found = await allMounts(context, project, name, service, inherit);
  const binds: string[] = [];
  const mounts: Mount[] = [];
  const ofTarget = (target: string) => service.volumes?.find((volume) => volume.target === target);
  for (const mount of found.values()) {
    const volume = ofTarget(mount.Target);
    if (mount.Type === "bind" && volume && !needsMount(volume.bind)) {
      binds.push(bindText(mount.Source, volume));
      continue;
    }
    const declared = [...project.volumes.values()].find((each) => each.name === mount.Source);
    if (mount.Type === "volume" && volume && declared && !optionsNeedMount(volume.volume)) {
      binds.push(bindText(declared.name ?? "", volume));
      continue;
    }
    if (mount.Type === "image" && !(await speaks(context, 1, 48))) {
      throw new ComposeError("volume with type=image require Docker Engine v28 or later");
    }
    mounts.push(mount);
  }
  return { binds, mounts };
}

const needsMount = (bind: VolumeMount["bind"]) =>
  bind !== undefined && (!bind.create_host_path || !!bind.propagation || !!bind.recursive);
const optionsNeedMount = (volume: VolumeMount["volume"]) =>
  volume !== undefined && ((volume.labels?.size ?? 0) > 0 || !!volume.subpath || !!volume.nocopy);

function bindText(source: string, { target, read_only, bind, volume }: VolumeMount): string {
  const options = [read_only ? "ro" : "rw"];
  if (bind?.selinux) options.push(bind.selinux);
  if (bind?.propagation) options.push(bind.propagation);
  if (volume?.nocopy) options.push("nocopy");
  return `${source}:${target}:${options.join(",")}`;
}

async function allMounts(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  inherit: ContainerSummary | undefined,
): Promise<Map<string, Mount>> {
  const found = new Map<string, Mount>();
  let volumes = service.volumes ?? [];
  for (const mount of (inherit?.Mounts ?? []) as ListedMount[]) {
    if (mount.Type === "tmpfs") continue;
    const { Config } = await context.engine.images.inspect(imageOf(project, name, service));
    const anonymous = volumes.some((volume) => volume.target === mount.Destination && !volume.source);
    if (Config?.Volumes?.[mount.Destination] || anonymous) {
      found.set(mount.Destination, {
        Type: mount.Type,
        Source: mount.Type === "volume" ? (mount.Name ?? "") : mount.Source,
        Target: mount.Destination,
        ...(mount.RW ? {} : { ReadOnly: true }),
      });
    }
    volumes = volumes.filter((volume) => volume.target !== mount.Destination || volume.source);
  }
  for (const volume of volumes) found.set(volume.target ?? "", mountOf(context, project, volume));
  for (const mount of [
    ...secretMounts(context, project, service),
    ...configMounts(context, project, service),
  ]) {
    if (!found.has(mount.Target)) found.set(mount.Target, mount);
  }
  return found;
}

function mountOf({ warn }: ComposeContext, project: Project, volume: VolumeMount): Mount {
  const {
    type = "",
    source = "",
    target = "",
    read_only,
    consistency,
    bind,
    volume: options,
    tmpfs,
    image,
  } = volume;
  for (const [kind, given] of Object.entries({ bind, volume: options, tmpfs, image })) {
    if (given && kind !== type) warn(`mount of type \`${type}\` should not define \`${kind}\` option`);
  }
  return {
    Type: type,
    Source: type === "volume" && source ? (project.volumes.get(source)?.name ?? source) : source,
    Target: target,
    ...(read_only ? { ReadOnly: true } : {}),
    ...(consistency ? { Consistency: consistency } : {}),
    ...(type === "bind" && bind
      ? {
          BindOptions: {
            ...(bind.propagation ? { Propagation: bind.propagation } : {}),
            ...(bind.recursive === "disabled" ? { NonRecursive: true } : {}),
            ...(bind.create_host_path ? { CreateMountpoint: true } : {}),
            ...(bind.recursive === "writable" ? { ReadOnlyNonRecursive: true } : {}),
            ...(bind.recursive === "readonly" ? { ReadOnlyForceRecursive: true } : {}),
          },
        }
      : {}),
    ...(type === "volume" && options
      ? {
          VolumeOptions: {
            ...(options.nocopy ? { NoCopy: true } : {}),
            ...(options.labels?.size ? { Labels: Object.fromEntries(options.labels) } : {}),
            ...(options.subpath ? { Subpath: options.subpath } : {}),
          },
        }
      : {}),
    ...(type === "tmpfs" && tmpfs
      ? {
          TmpfsOptions: {
            ...(tmpfs.size ? { SizeBytes: tmpfs.size } : {}),
            ...(tmpfs.mode ? { Mode: tmpfs.mode } : {}),
          },
        }
      : {}),
    ...(type === "image" && image ? { ImageOptions: image.subpath ? { Subpath: image.subpath } : {} } : {}),
  };
}

/** Where a secret or a config is put, below a folder unless it says otherwise. */
const targetIn = (folder: string, source: string, target: string | undefined) =>
  target ? (target.startsWith("/") ? target : folder + target) : folder + source;

const fileMount = (source: string, target: string, secret: boolean): Mount => ({
  Type: "bind",
  Source: source,
  Target: target,
  ReadOnly: true,
  ...(secret ? { BindOptions: {} } : {}),
});

function secretMounts({ warn, io }: ComposeContext, project: Project, service: ServiceConfig): Mount[] {
  return (service.secrets ?? []).flatMap((secret) => {
    const definition = project.secrets.get(secret.source ?? "") ?? {};
    if (definition.external) throw new ComposeError(`unsupported external secret ${definition.name}`);
    for (const field of ["driver", "template_driver"] as const) {
      if (definition[field]) throw new ComposeError(`Docker Compose does not support secrets.*.${field}`);
    }
    if (definition.environment) return [];
    if (secret.uid || secret.gid || secret.mode !== undefined) {
      warn("secrets `uid`, `gid` and `mode` are not supported, they will be ignored");
    }
    if (!io.files.exists(definition.file ?? "")) warn(`secret file ${definition.name} does not exist`);
    return [
      fileMount(definition.file ?? "", targetIn("/run/secrets/", secret.source ?? "", secret.target), true),
    ];
  });
}

function configMounts({ warn }: ComposeContext, project: Project, service: ServiceConfig): Mount[] {
  return (service.configs ?? []).flatMap((config) => {
    const definition = project.configs.get(config.source ?? "") ?? {};
    if (definition.external) throw new ComposeError(`unsupported external config ${definition.name}`);
    for (const field of ["driver", "template_driver"] as const) {
      if (definition[field]) throw new ComposeError(`Docker Compose does not support configs.*.${field}`);
    }
    if (definition.environment || definition.content) return [];
    if (config.uid || config.gid || config.mode !== undefined) {
      warn("config `uid`, `gid` and `mode` are not supported, they will be ignored");
    }
    return [fileMount(definition.file ?? "", targetIn("/", config.source ?? "", config.target), false)];
  });
}
