import { absolutePath, FileError, type ProcessContext, type Program } from "@dryharbor/kernel";
import { type ByteText, byteText, fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { commandTable } from "../commands/table.js";
import { BadDump, dumpOf, loadDump } from "../engine/dump.js";
import { type LogLevel, Redis, type ShutdownOptions } from "../engine/redis.js";
import { Settings } from "../engine/settings.js";
import { version } from "../engine/version.js";
import {
  type CommandLine,
  ConfigurationError,
  type ConfigurationFiles,
  configure,
  NoConfigurationFile,
  readCommandLine,
} from "./configuration.js";
import { CannotListen, listen } from "./connections.js";
import { isLogged, type LogRole, logLine } from "./log.js";

const usage = `Usage: ./redis-server [/path/to/redis.conf] [options] [-]
       ./redis-server - (read config from stdin)
       ./redis-server -v or --version
       ./redis-server -h or --help
       ./redis-server --test-memory <megabytes>
       ./redis-server --check-system

Examples:
       ./redis-server (run the server with default conf)
       echo 'maxmemory 128mb' | ./redis-server -
       ./redis-server /etc/redis/6379.conf
       ./redis-server --port 7777
       ./redis-server --port 7777 --replicaof 127.0.0.1 8888
       ./redis-server /etc/myredis.conf --loglevel verbose -
       ./redis-server /etc/myredis.conf --loglevel verbose

Sentinel mode:
       ./redis-server /etc/sentinel.conf --sentinel
`;

const overcommit =
  "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low " +
  "memory condition. Being disabled, it can also cause failures without low memory condition, see " +
  "https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to " +
  "/etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.";

type Log = (role: LogRole, level: LogLevel, message: string) => void;

/** `redis-server`: a Redis that writes its data into a file when it is asked to, and at its end. */
export const redisServer: Program = async (process) => {
  const args = process.argv.slice(1).map(byteText);
  const [first = ""] = args;
  if (args.length === 1 && (first === "-v" || first === "--version")) {
    process.stdout(
      `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=57e4d1d7db6a1c76\n`,
    );
    return 0;
  }
  if (args.length === 1 && (first === "-h" || first === "--help")) {
    process.stderr(usage);
    return 1;
  }
  const settings = new Settings();
  settings.set(Settings.named("dir") as NonNullable<ReturnType<typeof Settings.named>>, process.cwd);
  const log = logOf(process, settings);
  const commandLine = readCommandLine(args);
  try {
    const input = commandLine.readsInput ? await inputOf(process) : "";
    configure(settings, configurationText(process, commandLine, input), filesOf(process));
  } catch (error) {
    if (error instanceof NoConfigurationFile) {
      log("C", "warning", `Fatal error, can't open config file '${error.path}': ${error.message}`);
    } else if (error instanceof ConfigurationError) process.stderr(toBytes(error.message));
    else throw error;
    return 1;
  }
  if (!settings.flag("daemonize")) return run(process, settings, log, commandLine);
  process.start((child) => run(child, settings, logOf(child, settings), commandLine), {
    argv: process.argv,
    env: process.env,
    cwd: settings.text("dir"),
    descriptors: new Map(),
    group: "own",
  });
  return 0;
};

function logOf(process: ProcessContext, settings: Settings): Log {
  return (role, level, message) => {
    if (!isLogged(level, settings.text("loglevel"))) return;
    const line = logLine(process.pid, role, process.now(), level, message);
    const file = settings.text("logfile");
    if (file === "") process.stdout(toBytes(byteText(line)));
    else process.files.open(file, { append: true, create: true }).write(toBytes(byteText(line)));
  };
}

function filesOf({ files, cwd }: ProcessContext): ConfigurationFiles {
  return {
    read(path) {
      try {
        return fromBytes(files.read(absolutePath(path, cwd)));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        throw new NoConfigurationFile(path, error.message);
      }
    },
    problemOf(directory) {
      const path = absolutePath(directory, cwd);
      if (!files.exists(path)) return new FileError("ENOENT").message;
      return files.stat(path).type === "directory" ? undefined : new FileError("ENOTDIR").message;
    },
  };
}

async function inputOf({ stdin }: ProcessContext): Promise<ByteText> {
  let text = "";
  for await (const data of stdin) text += fromBytes(data);
  return text;
}

/** Returns the file, the standard input and the options as one text. */
function configurationText(process: ProcessContext, { file, lines }: CommandLine, input: ByteText): ByteText {
  const ofFile = file === undefined ? "" : filesOf(process).read(absolutePath(file, process.cwd));
  return lines === "" ? ofFile + input : `${ofFile}${input}\n${lines}`;
}

/** Starts the server and serves until it is shut down. Resolves to the exit code. */
async function run(
  process: ProcessContext,
  settings: Settings,
  log: Log,
  { file }: CommandLine,
): Promise<number> {
  announce(process, log);
  const { machine, cwd } = process;
  let end: (options: ShutdownOptions) => void = () => {};
  const ended = new Promise<ShutdownOptions>((resolve) => {
    end = resolve;
  });
  const redis: Redis = new Redis(
    {
      pid: process.pid,
      system: `Linux ${machine.kernelVersion} ${machine.architecture}`,
      memory: machine.memory,
      executable: absolutePath(process.argv[0], cwd),
      configFile: file === undefined ? "" : absolutePath(file, cwd),
      now: () => process.now(),
      after: (milliseconds, callback) => later(process, milliseconds, callback),
      log: (level, message) => log("M", level, message),
      save: () => save(process, redis, log),
      shutdown: end,
    },
    commandTable,
    settings,
  );
  for (const name of ["SIGTERM", "SIGINT"]) {
    process.onSignal(name, () => {
      const seconds = process.now() / 1_000_000_000n;
      process.stdout(`${process.pid}:signal-handler (${seconds}) Received ${name} scheduling shutdown...\n`);
      end({});
    });
  }
  for (const name of ["SIGHUP", "SIGPIPE"]) process.onSignal(name, "ignore");
  if (!start(process, redis, log)) return 1;
  finish(process, redis, log, await ended);
  return 0;
}

function announce(process: ProcessContext, log: Log): void {
  if (settingOfKernel(process, "vm/overcommit_memory") === 0) log("C", "warning", overcommit);
  log("C", "notice", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo");
  log(
    "C",
    "notice",
    `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${process.pid}, just started`,
  );
  if (process.argv.length > 1) {
    log("C", "notice", "Configuration loaded");
  } else {
    log(
      "C",
      "warning",
      "Warning: no config file specified, using the default config. In order to specify a config file use " +
        `${process.argv[0]} /path/to/redis.conf`,
    );
  }
}

function settingOfKernel({ files }: ProcessContext, name: string): number | undefined {
  const path = `/proc/sys/${name}`;
  return files.exists(path) ? Number.parseInt(fromBytes(files.read(path)), 10) : undefined;
}

/** Begins to listen. Returns false when the server has nowhere to listen. */
function start(process: ProcessContext, redis: Redis, log: Log): boolean {
  const port = redis.settings.number("port");
  const backlog = redis.settings.number("tcp-backlog");
  log("M", "notice", "monotonic clock: POSIX clock_gettime");
  log("M", "notice", `Running mode=standalone, port=${port}.`);
  const most = settingOfKernel(process, "net/core/somaxconn");
  if (most !== undefined && most > 0 && most < backlog) {
    log(
      "M",
      "warning",
      `WARNING: The TCP backlog setting of ${backlog} cannot be enforced because /proc/sys/net/core/somaxconn is ` +
        `set to the lower value of ${most}.`,
    );
  }
  if (port === 0) {
    log("M", "warning", "Configured to not listen anywhere, exiting.");
    return false;
  }
  try {
    listen(process, redis);
  } catch (error) {
    if (!(error instanceof CannotListen)) throw error;
    const socket = `${error.address}:${port}`;
    log(
      "M",
      "warning",
      `Warning: Could not create server TCP listening socket ${socket}: bind: ${error.message}`,
    );
    log("M", "warning", `Failed listening on port ${port} (tcp), aborting.`);
    return false;
  }
  log("M", "notice", "Server initialized");
  if (!load(process, redis, log)) return false;
  if (redis.settings.flag("appendonly")) {
    const name = redis.settings.text("appendfilename");
    log("M", "notice", `Creating AOF base file ${name}.1.base.rdb on server start`);
    log("M", "notice", `Creating AOF incr file ${name}.1.incr.aof on server start`);
  }
  log("M", "notice", "Ready to accept connections tcp");
  return true;
}

/** Ends, and writes the data before. */
function finish(process: ProcessContext, redis: Redis, log: Log, { saves }: ShutdownOptions): void {
  log("M", "notice", "User requested shutdown...");
  if (redis.settings.flag("appendonly")) log("M", "notice", "Calling fsync() on the AOF file.");
  if (saves ?? redis.settings.text("save") !== "") {
    log("M", "notice", "Saving the final RDB snapshot before exiting.");
    if (save(process, redis, log)) log("M", "notice", "DB saved on disk");
  }
  log("M", "warning", "Redis is now ready to exit, bye bye...");
}

function pathOfDump(redis: Redis): string {
  return absolutePath(redis.settings.text("dbfilename"), redis.settings.text("dir"));
}

/** Writes the file of the data. Returns whether it could be written. */
function save(process: ProcessContext, redis: Redis, log: Log): boolean {
  redis.tick();
  try {
    process.files.write(pathOfDump(redis), dumpOf(redis, usedMemory));
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const directory = redis.settings.text("dir");
    log(
      "M",
      "warning",
      `Failed opening the temp RDB file temp-${process.pid}.rdb (in server root dir ${directory}) for saving: ${error.message}`,
    );
    return false;
  }
}

/** The bytes that a file tells that the server used, as one without many keys uses them. */
const usedMemory = 1_028_000;

/** Reads the file of the data, if there is one. Returns whether the server can go on. */
function load(process: ProcessContext, redis: Redis, log: Log): boolean {
  const path = pathOfDump(redis);
  if (!process.files.exists(path)) return true;
  redis.tick();
  try {
    const { keys, expired, auxiliary } = loadDump(redis, process.files.read(path));
    redis.changes = 0;
    const age = Math.floor(redis.now() / 1000) - Number(auxiliary.get("ctime") ?? 0);
    const used = (Number(auxiliary.get("used-mem") ?? 0) / 2 ** 20).toFixed(2);
    log("M", "notice", `Loading RDB produced by version ${auxiliary.get("redis-ver") ?? "unknown"}`);
    log("M", "notice", `RDB age ${age} seconds`);
    log("M", "notice", `RDB memory usage when created ${used} Mb`);
    log("M", "notice", `Done loading RDB, keys loaded: ${keys}, keys expired: ${expired}.`);
    log("M", "notice", "DB loaded from disk: 0.000 seconds");
    return true;
  } catch (error) {
    if (error instanceof BadDump) log("M", "warning", error.message);
    else if (error instanceof FileError) {
      log("M", "warning", `Fatal error loading the DB, check server logs. Exiting: ${error.message}`);
    } else throw error;
    return false;
  }
}

function later({ sleep }: ProcessContext, milliseconds: number, callback: () => void): () => void {
  let isStopped = false;
  void sleep(milliseconds).then(() => {
    if (!isStopped) callback();
  });
  return () => {
    isStopped = true;
  };
}
