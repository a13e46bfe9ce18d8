import { FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { nginxFiles } from "../../images/nginx-files.js";

const directory = "/docker-entrypoint.d/";
const configuration = "/etc/nginx/conf.d/default.conf";

/** The entry point of the image `nginx`. Where its scripts are as they came, it does what they do; any others the shell runs. */
export const nginxEntrypoint: Program = (process) => {
  const { argv, env, cwd } = process;
  const [path, command = "", ...args] = argv;
  const isServer = command === "nginx" || command === "nginx-debug";
  const program = process.findProgram(command);
  if (!program || (isServer && !isAsItCame(process))) {
    const shell = process.findProgram("/bin/sh") as Program;
    return process.become(shell, { argv: ["/bin/sh", path, command, ...args], env, cwd });
  }
  if (isServer && !env.NGINX_ENTRYPOINT_QUIET_LOGS)
    prepare(process, path, (line) => process.stdout(`${line}\n`));
  else if (isServer) prepare(process, path, () => {});
  return process.become(program, { argv: [command, ...args], env, cwd });
};

/** Returns whether there are the image's scripts alone, and nothing that they would do beyond what is usual. */
function isAsItCame({ files, env }: ProcessContext): boolean {
  if (env.NGINX_ENTRYPOINT_LOCAL_RESOLVERS || env.NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE) return false;
  if (files.exists(env.NGINX_ENVSUBST_TEMPLATE_DIR || "/etc/nginx/templates")) return false;
  if (!files.isDirectory(directory) || !files.isDirectory("/etc/nginx/conf.d")) return false;
  const own = Object.entries(nginxFiles().texts).filter(([path]) => path.startsWith(directory));
  const text = (path: string): string | undefined =>
    files.statIfThere(path)?.type === "file" ? new TextDecoder().decode(files.read(path)) : undefined;
  return (
    files.list(directory).length === own.length && own.every(([path, expected]) => text(path) === expected)
  );
}

/** Does what the scripts do. */
function prepare({ files }: ProcessContext, script: string, say: (line: string) => void): void {
  say(`${script}: ${directory} is not empty, will attempt to perform configuration`);
  say(`${script}: Looking for shell scripts in ${directory}`);
  for (const name of files.list(directory)) {
    const isSourced = name.endsWith(".envsh");
    say(`${script}: ${isSourced ? "Sourcing" : "Launching"} ${directory}${name}`);
    if (name.startsWith("10-")) for (const line of listenOnIPv6(files)) say(`${name}: info: ${line}`);
  }
  say(`${script}: Configuration complete; ready for start up`);
}

/** Lets the default server listen on IPv6, too. Returns what there is to say of it. */
function* listenOnIPv6(files: ProcessContext["files"]): Generator<string, void, undefined> {
  if (!files.exists("/proc/net/if_inet6")) {
    yield "ipv6 not available";
    return;
  }
  if (files.statIfThere(configuration)?.type !== "file") {
    yield `${configuration} is not a file or does not exist`;
    return;
  }
  const text = new TextDecoder().decode(files.read(configuration));
  try {
    files.write(configuration, new Uint8Array(), { append: true });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield `can not modify ${configuration} (read-only file system?)`;
    return;
  }
  if (/listen {2}\[::\]:80;/.test(text)) {
    yield "IPv6 listen already enabled";
    return;
  }
  yield `Getting the checksum of ${configuration}`;
  if (text !== nginxFiles().texts[configuration]) {
    yield `${configuration} differs from the packaged version`;
    return;
  }
  files.write(configuration, text.replace(/listen {7}80;/, "$&\n    listen  [::]:80;"));
  yield `Enabled listen on IPv6 in ${configuration}`;
}
