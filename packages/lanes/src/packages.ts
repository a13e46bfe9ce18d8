// The packages that are published, and their tarballs.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = new URL("../../", import.meta.url);

/** What `package.json` has of a package or a project. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly [field: string]: unknown;
}

export function readManifest(folder: URL): Manifest {
  return JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as Manifest;
}

/** The tarball of each published package, as `turbo run package` makes it, by the package's name. */
export const tarballs: ReadonlyMap<string, string> = new Map(
  readdirSync(packages, { withFileTypes: true })
    .map(({ name }) => new URL(`${name}/`, packages))
    .filter((folder) => existsSync(new URL("package.json", folder)))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder, manifest }) => [manifest.name, fileURLToPath(new URL("package.tgz", folder))]),
);
