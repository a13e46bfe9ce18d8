import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

// The recipes for other languages, each by its own runner of tests.

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "dryharbor-recipes-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a program, and returns what it prints, or its complaint. */
async function run(program: string, args: readonly string[], cwd?: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    DRYHARBOR: `${process.execPath} ${file("../../../../tools/dryharbor.mjs")}`,
    PYTHONDONTWRITEBYTECODE: "1",
    // Debian's packages are in the folders of the old way to build.
    GO111MODULE: "off",
    GOPATH: goPath,
    GOFLAGS: "-count=1 -vet=off",
  };
  const { stdout } = await promisify(execFile)(program, args, { cwd, env }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  return stdout;
}

function works(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}

const goPath = "/usr/share/gocode";

it("pytest with docker-py", { timeout: 180_000 }, async ({ skip }) => {
  // Debian's packages are those of Debian's python3, which may not be the first one of the path.
  const python = "/usr/bin/python3";
  const missing = "there are no pytest and docker-py here: apt-get install python3-pytest python3-docker";
  skip(!(await works(python, ["-c", "import docker, pytest"])), missing);
  const options = [
    "-q",
    "-p",
    "no:cacheprovider",
    "-W",
    "ignore::DeprecationWarning",
    file("../../recipes/pytest"),
  ];
  expect(await run(python, ["-m", "pytest", ...options])).toMatch(/^3 passed in /m);
});

it("Go with Docker's client", { timeout: 300_000 }, async ({ skip }) => {
  const hasClient = existsSync(join(goPath, "src/github.com/docker/docker/client"));
  skip(
    !(hasClient && (await works("go", ["version"]))),
    "there is no Go with Docker's client here: .ci/run has the packages of Debian",
  );
  expect(await run("go", ["test", "."], file("../../recipes/go"))).toMatch(/^ok\s/);
});
