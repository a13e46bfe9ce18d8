// A lane: a project that is copied to an empty folder, gets the tarballs by npm, and runs its test there.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { readManifest, tarballs } from "./packages.js";

const projects = new URL("../projects/", import.meta.url);

/** What a project says of itself in its `package.json`. */
interface Project {
  readonly scripts: { readonly test: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly lane: {
    /** The Nodes that run its test. */
    readonly nodes: readonly string[];
    /** The project whose tests it has, where another one has the same. */
    readonly testsOf?: string;
  };
}

/** The names of the projects, of which an environment variable may name some. */
export async function lanes(asked = "all"): Promise<string[]> {
  const names = (await readdir(projects)).sort();
  if (asked === "all") return names;
  const chosen = asked.split(",");
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`there is no lane "${unknown}": use all, or some of ${names.join(",")}`);
  return chosen;
}

/** An installed project. */
export interface Lane extends AsyncDisposable {
  readonly nodes: readonly string[];
  /** Runs the project's test with a Node. @throws {Error} it fails: with all that it has printed */
  test(node: string): Promise<void>;
}

/** Copies a project to an empty folder and installs what it depends on; packages of ours from their tarballs. */
export async function install(name: string): Promise<Lane> {
  const folder = await mkdtemp(join(tmpdir(), `lane-${name}-`));
  await cp(new URL(`${name}/`, projects), folder, { recursive: true });
  const project = readManifest(pathToFileURL(`${folder}/`)) as unknown as Project;
  const { testsOf } = project.lane;
  if (testsOf !== undefined)
    await cp(new URL(`${testsOf}/test/`, projects), join(folder, "test"), { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(withTarballs(project), null, 2));
  // Of dockerode's dependencies one is faster with a part in C++, and works without. Compiling it in each project
  // would take most of a lane's time.
  await carriedOut("npm install --prefer-offline --no-audit --no-fund --loglevel=error", folder, {
    ...process.env,
    npm_config_node_gyp: "false",
  });
  return {
    nodes: project.lane.nodes,
    async test(node) {
      const paths = [join(folder, "node_modules/.bin"), dirname(await nodeProgram(node)), process.env.PATH];
      // The lane is no test of Vitest's own, and what Vitest tells its workers is not for it.
      const { VITEST: _, NODE_ENV: __, NODE_OPTIONS: ___, ...environment } = process.env;
      await carriedOut(project.scripts.test, folder, { ...environment, PATH: paths.join(delimiter) });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Takes packages of ours from their tarballs, also where another one of them depends on it. */
function withTarballs(project: Project): object {
  const overrides = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));
  const dependencies = Object.entries(project.dependencies);
  return {
    ...project,
    dependencies: Object.fromEntries(dependencies.map(([name, range]) => [name, overrides[name] ?? range])),
    overrides,
  };
}

const programs = new Map<string, Promise<string>>();

/** The path of a Node of a version, which comes from npm. */
function nodeProgram(version: string): Promise<string> {
  const known = programs.get(version);
  if (known) return known;
  const found = carriedOut(
    `npx -y --prefer-offline -p node@${version} -c 'node -p process.execPath'`,
    tmpdir(),
    process.env,
  ).then((path) => path.trim());
  programs.set(version, found);
  return found;
}

const run = promisify(execFile);

/** Carries out a shell's command. @returns what it prints @throws {Error} it fails: with all that it has printed */
async function carriedOut(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await run("sh", ["-c", command], { cwd, env, maxBuffer: 2 ** 26, timeout: 540_000 });
    return stdout;
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}
