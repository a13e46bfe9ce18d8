import { absolutePath, type ProcessContext, type Program } from "@dryharbor/kernel";
import { webServer } from "./web-server.js";

const name = "scrapbook-redis-node-docker-example";
const script = "node server.js";
const version = { node: "v5.7.1", npm: "3.6.0" };

/** `npm` and `node` of the image `katacoda/redis-node-docker-example`, as far as it runs them: `npm start` does `node server.js`. */
export const redisNodeDockerExample: Program = async (process) => {
  const [command, ...args] = process.argv;
  const isNpm = command.slice(command.lastIndexOf("/") + 1) === "npm";
  const [first = ""] = args;
  if (["-v", "--version"].includes(first)) {
    process.stdout(`${isNpm ? version.npm : version.node}\n`);
    return 0;
  }
  const isApplication = process.files.exists("/usr/src/app/server.js");
  if (isNpm && first === "start" && process.cwd === "/usr/src/app") return npmStart(process);
  if (!isNpm && isApplication && absolutePath(first, process.cwd) === "/usr/src/app/server.js") {
    return webServer(process);
  }
  process.stderr(`${command}: the simulator runs this application alone: npm start, or node server.js\n`);
  return 1;
};

async function npmStart(process: ProcessContext): Promise<number> {
  const { cwd, descriptors } = process;
  process.stdout(`\n> ${name}@0.0.0 start ${cwd}\n> ${script}\n\n`);
  const env = { ...process.env, npm_lifecycle_event: "start", npm_package_name: name };
  const child = process.start(webServer, { argv: ["node", "server.js"], env, cwd, descriptors });
  const { code, signal } = await child.ended;
  if (signal !== undefined) {
    // npm ends as its child did. As the first process it does not get what it sends itself.
    process.kill(process.pid, signal);
    return 0;
  }
  if (code === 0) return 0;
  const lines = [
    `Linux ${process.machine.kernelVersion}`,
    'argv "/usr/bin/node" "/usr/bin/npm" "start"',
    `node ${version.node}`,
    `npm  v${version.npm}`,
    "code ELIFECYCLE",
    `${name}@0.0.0 start: \`${script}\``,
    `Exit status ${code}`,
    "",
    `Failed at the ${name}@0.0.0 start script '${script}'.`,
    "Make sure you have the latest version of node.js and npm installed.",
    `If you do, this is most likely a problem with the ${name} package,`,
    "not with npm itself.",
    "Tell the author that this fails on your system:",
    `    ${script}`,
    "You can get information on how to open an issue for this project with:",
    `    npm bugs ${name}`,
    "Or if that isn't available, you can get their info via:",
    `    npm owner ls ${name}`,
    "There is likely additional logging output above.",
  ];
  const error = (line: string): string => `npm ERR! ${line}\n`;
  process.stderr(`\n${lines.map(error).join("")}`);
  process.files.write(`${cwd}/npm-debug.log`, debugLog(lines, code));
  process.stderr(
    `\n${error("Please include the following file with any support request:")}${error(`    ${cwd}/npm-debug.log`)}`,
  );
  return 1;
}

/** What npm did, in short: the lines that tell of the failure. */
function debugLog(lines: readonly string[], code: number): string {
  const begin = [
    "info it worked if it ends with ok",
    "verbose cli [ '/usr/bin/node', '/usr/bin/npm', 'start' ]",
    `info using npm@${version.npm}`,
    `info using node@${version.node}`,
    "verbose run-script [ 'prestart', 'start', 'poststart' ]",
    `info lifecycle ${name}@0.0.0~prestart: ${name}@0.0.0`,
    `silly lifecycle ${name}@0.0.0~prestart: no script for prestart, continuing`,
    `info lifecycle ${name}@0.0.0~start: ${name}@0.0.0`,
    `silly lifecycle ${name}@0.0.0~start: Returned: code: ${code}  signal: null`,
    `info lifecycle ${name}@0.0.0~start: Failed to exec start script`,
  ];
  const all = [...begin, ...lines.map((line) => `error ${line}`), "verbose exit [ 1, true ]"];
  return all.map((line, at) => `${at} ${line}\n`).join("");
}
