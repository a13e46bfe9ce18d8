// What is in the tarballs that would be published.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type Manifest, readManifest, tarballs } from "../src/packages.js";

interface Published extends Manifest {
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const directory = mkdtempSync(join(tmpdir(), "tarballs-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** A tarball that has been unpacked. */
class Tarball {
  readonly folder: string;
  readonly files: readonly string[];
  readonly manifest: Published;

  constructor(readonly path: string) {
    this.folder = mkdtempSync(join(directory, "package-"));
    const listed = execFileSync("tar", ["-xvzf", path, "-C", this.folder], { encoding: "utf8" });
    this.files = listed
      .split("\n")
      .filter((line) => line !== "" && !line.endsWith("/"))
      .map((line) => line.replace(/^package\//, ""));
    this.manifest = readManifest(pathToFileURL(`${this.folder}/package/`)) as Published;
  }

  read(file: string): string {
    return readFileSync(join(this.folder, "package", file), "utf8");
  }
}

const all = new Map([...tarballs].map(([name, path]) => [name, new Tarball(path)]));

/** The paths that a part of an `exports` map leads to. */
function targets(exports: unknown): string[] {
  return typeof exports === "string" ? [exports] : Object.values(exports ?? {}).flatMap(targets);
}

describe.each([...all])("%s", (name, tarball) => {
  const { manifest, files } = tarball;

  it("holds what runs, its types, a readme and the licence, and nothing else", () => {
    const expected =
      name === "@dryharbor/playground"
        ? /^dist\//
        : /^(bin\/[\w-]+\.js|dist\/[\w-]+(\.d)?\.(js|cjs|ts|cts)|dist\/THIRD-PARTY-NOTICES\.txt|traces\/recorded\/.+\.json\.gz)$/;
    const beside = ["package.json", "README.md", "LICENSE"];
    expect(files.filter((file) => !expected.test(file)).sort()).toEqual([...beside].sort());
    expect(files.filter((file) => /\.map$|(?<!\.d)\.c?ts$|\.test\./.test(file))).toEqual([]);
    const scripts = files.filter((file) => /\.c?js$/.test(file));
    expect(scripts.filter((file) => /^\/\/# sourceMappingURL/m.test(tarball.read(file)))).toEqual([]);
    expect(tarball.read("LICENSE")).toBe(readFileSync(new URL("../../../LICENSE", import.meta.url), "utf8"));
    expect(tarball.read("README.md")).toMatch(/^# /);
  });

  it("says of itself what npm shows and needs", () => {
    expect(manifest).toMatchObject({
      name,
      description: expect.stringMatching(/^[A-Z]/),
      license: "Apache-2.0",
      engines: { node: ">=20" },
      publishConfig: { access: "public", provenance: true },
    });
    if (manifest.exports) expect(manifest.sideEffects).toBe(false);
    if (manifest.repository) {
      expect(manifest.repository).toEqual({
        type: "git",
        url: expect.stringMatching(/^git\+https:\/\/.*\.git$/),
        directory: `packages/${name.replace(/^@dryharbor\//, "")}`,
      });
    }
    const text = tarball.read("package.json");
    for (const word of ["workspace:", "@dryharbor/source", "devDependencies", '"scripts"']) {
      expect(text).not.toContain(word);
    }
  });

  it("has every file that its manifest names, and types for each entry", () => {
    const named = [...targets(manifest.exports), ...Object.values(manifest.bin ?? {})];
    for (const path of named) expect(files).toContain(path.replace(/^\.\//, ""));
    const types = targets(manifest.exports).filter((path) => /\.d\.c?ts$/.test(path));
    expect(types.length).toBe(targets(manifest.exports).length / 2);
  });

  it("wants packages of ours in the version of its own", () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...(manifest.peerDependencies as object) });
    for (const [each, range] of wanted) if (all.has(each)) expect(range).toBe(`^${manifest.version}`);
  });
});

it("no two packages have a command of the same name", () => {
  const commands = [...all.values()].flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));
  expect(commands.sort()).toEqual([...new Set(commands)].sort());
  expect(commands).toContain("dryharbor");
});

it("the licences of bundled code are there", () => {
  const bundled = Object.fromEntries(
    [...all]
      .filter(([, { files }]) => files.includes("dist/THIRD-PARTY-NOTICES.txt"))
      .map(([name, tarball]) => {
        const notices = tarball
          .read("dist/THIRD-PARTY-NOTICES.txt")
          .split(/^-{80}$/m)
          .slice(1);
        for (const each of notices)
          expect(each).toMatch(/Copyright \(c\)[\s\S]*THE SOFTWARE IS PROVIDED "AS IS"/i);
        return [name, notices.map((each) => /^(\S+) \S+ \(MIT\)$/m.exec(each)?.[1])];
      }),
  );
  expect(bundled).toEqual({
    "@dryharbor/conformance": ["fast-check", "fzstd", "pure-rand"],
    "@dryharbor/playground": ["@xterm/addon-fit", "@xterm/xterm", "fzstd", "js-yaml"],
    "@dryharbor/simulator": ["fzstd"],
    dryharbor: ["fzstd", "js-yaml"],
  });
});
