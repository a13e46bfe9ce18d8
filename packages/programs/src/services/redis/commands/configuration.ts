import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError } from "../engine/command-error.js";
import { globTest } from "../engine/glob.js";
import { SettingError } from "../engine/setting-kinds.js";
import { type Setting, Settings } from "../engine/settings.js";
import { Statistics } from "../engine/statistics.js";
import { map, ok, type Reply } from "../protocol/reply.js";

function get({ redis, args }: Call): Reply {
  const found = new Map<string, ByteText>();
  for (const pattern of args) {
    if (/[[*?]/.test(pattern)) {
      const matches = globTest(pattern.toLowerCase());
      for (const [name, value] of redis.settings.entries()) if (matches(name)) found.set(name, value);
    } else {
      const setting = Settings.named(pattern);
      if (setting) found.set(pattern, redis.settings.value(setting));
    }
  }
  return map([...found]);
}

function failed(name: string, problem: string): CommandError {
  return new CommandError(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${problem}`);
}

/** The settings of which a value is several words. */
const severalWords: ReadonlySet<string> = new Set([
  "save",
  "bind",
  "client-output-buffer-limit",
  "oom-score-adj-values",
  "latency-tracking-info-percentiles",
  "shutdown-on-sigint",
  "shutdown-on-sigterm",
]);

function set({ redis, args }: Call): Reply {
  if (args.length % 2 === 1) throw new CommandError("ERR syntax error");
  const chosen: [Setting, ByteText][] = [];
  const names = args.filter((_, at) => at % 2 === 0);
  const unknown = names.find((name) => !Settings.named(name));
  if (unknown !== undefined) {
    throw new CommandError(`ERR Unknown option or number of arguments for CONFIG SET - '${unknown}'`);
  }
  for (const [at, name] of names.entries()) {
    const setting = Settings.named(name) as Setting;
    if (setting.access !== "open") throw failed(name, `can't set ${setting.access} config`);
    if (chosen.some(([other]) => other === setting)) throw failed(name, "duplicate parameter");
    chosen.push([setting, args[at * 2 + 1] as ByteText]);
  }
  const values = chosen.map(([setting, text]) => {
    try {
      return setting.read(severalWords.has(setting.name) ? text.split(" ") : [text]);
    } catch (error) {
      if (error instanceof SettingError) throw failed(setting.name, error.message);
      throw error;
    }
  });
  for (const [at, [setting]] of chosen.entries()) {
    redis.settings.set(setting, values[at] as ByteText);
    if (setting.name === "requirepass") redis.password = values[at] as ByteText;
  }
  return ok;
}

export const configurationCommands: Readonly<Record<string, Handler>> = {
  "config|get": get,
  "config|set": set,
  "config|resetstat"({ redis }) {
    redis.statistics = new Statistics();
    return ok;
  },
  "config|rewrite"({ redis }) {
    if (redis.host.configFile === "")
      throw new CommandError("ERR The server is running without a config file");
    return ok;
  },
};
