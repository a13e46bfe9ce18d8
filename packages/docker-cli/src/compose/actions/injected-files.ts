// Secrets and configs whose content is in the compose file or in a variable: they are written into the container.

import { blockSize, checksumOf, paddingOf, putNumber, putText, typeFlags } from "@dryharbor/kernel/tar";
import { ComposeError } from "../model/error.js";
import type { FileConfig, Project } from "../model/project.js";
import type { FileReference, ServiceConfig } from "../model/service.js";
import type { ComposeContext } from "./context.js";

/** @throws {ComposeError} a variable is not set, or the container's files cannot be written. */
export async function injectFiles(
  context: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  container: string,
): Promise<void> {
  await inject(context, project, name, service, container, "secret", service.secrets, project.secrets);
  await inject(context, project, name, service, container, "config", service.configs, project.configs);
}

async function inject(
  { engine, io }: ComposeContext,
  project: Project,
  name: string,
  service: ServiceConfig,
  container: string,
  kind: "secret" | "config",
  references: readonly FileReference[] | undefined,
  definitions: ReadonlyMap<string, FileConfig>,
): Promise<void> {
  for (const reference of references ?? []) {
    const source = reference.source ?? "";
    const definition = definitions.get(source) ?? {};
    const content = contentOf(project, definition, kind);
    if (!content) continue;
    if (service.read_only) {
      throw new ComposeError(
        `cannot create ${kind} "${definition.name}" in read-only service ${name}: \`file\` is the sole supported option`,
      );
    }
    const folder = kind === "secret" ? "/run/secrets/" : "/";
    const { target = "" } = reference;
    const path =
      target === ""
        ? folder + source
        : kind === "secret" && !target.startsWith("/")
          ? folder + target
          : target;
    const archive = archiveOf(path, content, reference, Number(io.now() / 1_000_000_000n));
    const owned = !!reference.uid || !!reference.gid;
    await engine.containers.putArchive(container, "/", archive, owned ? { copyUIDGID: true } : {});
  }
}

function contentOf(project: Project, definition: FileConfig, kind: string): string {
  if (definition.content) return definition.content;
  if (!definition.environment) return "";
  const value = project.environment.get(definition.environment);
  if (value !== undefined) return value;
  throw new ComposeError(
    `environment variable "${definition.environment}" required by ${kind} "${definition.name}" is not set`,
  );
}

/** A tar archive with one file. */
function archiveOf(
  path: string,
  content: string,
  { mode = 0o444, uid, gid }: FileReference,
  time: number,
): Uint8Array {
  const data = new TextEncoder().encode(content);
  const archive = new Uint8Array(blockSize + data.length + paddingOf(data.length) + 2 * blockSize);
  const header = archive.subarray(0, blockSize);
  putText(header, "name", path);
  putNumber(header, "mode", mode);
  putNumber(header, "uid", Number(uid ?? 0));
  putNumber(header, "gid", Number(gid ?? 0));
  putNumber(header, "size", data.length);
  putNumber(header, "mtime", time);
  putText(header, "typeFlag", typeFlags.file);
  putText(header, "magic", "ustar\u000000");
  putNumber(header, "checksum", checksumOf(header));
  archive.set(data, blockSize);
  return archive;
}
