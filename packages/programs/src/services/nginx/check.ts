// What the code behind directives checks when a configuration is read.
import { LookupError, type ProcessContext } from "@dryharbor/kernel";
import { Accounts } from "../../busybox/accounts.js";
import type { Check, Configuration, Scope } from "./configuration.js";
import { checkLocation, readListen } from "./model.js";
import { patternOf } from "./pattern.js";
import { isOwnVariable, variablesIn } from "./request.js";
import { ConfigurationError, type Statement } from "./statements.js";

/** The addresses of the names that proxies send to, by name. */
export type Resolved = Map<string, readonly string[]>;

/** Checks directives in turn, and looks up the names of upstream servers. */
export function checkOf(process: ProcessContext, resolved: Resolved): Check {
  const formats = new Set(["combined"]);
  return {
    directive(statement, scope) {
      const check = checks[statement.name];
      if (statement.name === "log_format") formats.add(statement.args[0] as string);
      if (statement.name === "access_log") {
        const [, format = "combined"] = statement.args.filter((each) => !each.includes("="));
        if (!formats.has(format)) throw refused(`unknown log format "${format}"`, statement);
      }
      if (statement.name === "server" && scope.context === "u") {
        return resolve(
          process,
          resolved,
          statement,
          (statement.args[0] as string).replace(/^https?:\/\//, ""),
        );
      }
      return check?.(statement, scope, process);
    },
    closed({ name }, scope, place) {
      if (name === "upstream" && scope.own("server").length === 0)
        throw new ConfigurationError(`no servers are inside upstream${place}`);
    },
  };
}

function refused(problem: string, { place }: Statement): ConfigurationError {
  return new ConfigurationError(`${problem}${place}`);
}

const checks: Readonly<
  Record<string, (statement: Statement, scope: Scope, process: ProcessContext) => void>
> = {
  listen: (statement) => void readListen(statement),
  location: checkLocation,
  user(statement, _scope, process) {
    const [name = ""] = statement.args;
    if (!new Accounts(process.files).userNamed(name)) throw refused(`getpwnam("${name}") failed`, statement);
  },
  return(statement) {
    const [code = "", text] = statement.args;
    if (text === undefined && /^(?:https?:\/\/|\$scheme)/.test(code)) return;
    if (!/^\d{1,3}$/.test(code)) throw refused(`invalid return code "${code}"`, statement);
  },
  rewrite(statement) {
    const [pattern = "", , flag] = statement.args;
    patternOf(pattern, false, statement.place);
    if (flag !== undefined && !/^(last|break|redirect|permanent)$/.test(flag))
      throw refused(`invalid parameter "${flag}"`, statement);
  },
  set(statement) {
    const [name = ""] = statement.args;
    if (!name.startsWith("$")) throw refused(`invalid variable name "${name}"`, statement);
  },
  proxy_pass(statement, scope) {
    const [url = ""] = statement.args;
    const [, rest] = /^https?:\/\/(.*)$/i.exec(url) ?? [];
    if (rest === undefined && !url.startsWith("$")) throw refused("invalid URL prefix", statement);
    const around = scope.context === "i" ? scope.parent : scope;
    const location = around?.parent
      ?.childrenNamed("location")
      .find((each) => each.scope === around)?.statement;
    const isLoose = scope.context === "i" || /^(?:~|@)/.test(location?.args[0] ?? "");
    if (isLoose && rest !== undefined && !url.includes("$") && rest.includes("/")) {
      throw refused(
        '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, ' +
          'or inside "if" statement, or inside "limit_except" block',
        statement,
      );
    }
  },
  error_log(statement) {
    const level = statement.args[1];
    if (level !== undefined && !/^(debug|info|notice|warn|error|crit|alert|emerg)$/.test(level))
      throw refused(`invalid log level "${level}"`, statement);
  },
  client_max_body_size(statement) {
    if (!/^\d+[kmg]?$/i.test(statement.args[0] ?? ""))
      throw refused('"client_max_body_size" directive invalid value', statement);
  },
};

/** Looks up a host of an upstream. @throws {ConfigurationError} nobody has the name */
async function resolve(
  process: ProcessContext,
  resolved: Resolved,
  { place }: Statement,
  hostAndPort: string,
): Promise<void> {
  const host = hostOfUpstream(hostAndPort);
  if (host.startsWith("unix:") || resolved.has(host)) return;
  try {
    resolved.set(host, (await process.lookup(host)).addresses);
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new ConfigurationError(`host not found in upstream "${host}"${place}`);
  }
}

/** Returns the host of `app:8080` or `[::1]:80`. */
export function hostOfUpstream(hostAndPort: string): string {
  return hostAndPort.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}

/** Checks what can be known only when everything has been read. @throws {ConfigurationError} */
export async function checkWhole(
  process: ProcessContext,
  { main }: Configuration,
  resolved: Resolved,
): Promise<void> {
  const upstreams = new Set<string>();
  const variables = new Set<string>();
  const all: Statement[] = [];
  const visit = (scope: Scope): void => {
    all.push(...scope.statements);
    for (const { statement, scope: child } of scope.children) {
      if (statement.name === "upstream") upstreams.add(statement.args[0] as string);
      if (["map", "geo"].includes(statement.name)) variables.add((statement.args.at(-1) ?? "").slice(1));
      if (!["types", "stream", "mail", "geo"].includes(statement.name)) visit(child);
    }
  };
  visit(main);
  for (const { name, args } of all) {
    if (name === "set") variables.add((args[0] as string).slice(1));
    if (name === "auth_request_set") variables.add((args[0] as string).slice(1));
    for (const arg of args) {
      for (const [, group] of arg.matchAll(/\(\?P?<(\w+)>/g)) if (group !== undefined) variables.add(group);
    }
  }
  for (const statement of all) {
    if (!/^(proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/.test(statement.name)) continue;
    const [target = ""] = statement.args;
    const [hostAndPort = ""] = target.replace(/^(?:https?|grpcs?|uwsgi|scgi):\/\//i, "").split("/");
    if (target.includes("$") || upstreams.has(hostAndPort)) continue;
    await resolve(process, resolved, statement, hostAndPort);
  }
  for (const { name, args } of all) {
    if (["location", "rewrite", "server_name", "types"].includes(name)) continue;
    for (const variable of args.flatMap(variablesIn)) {
      if (!variables.has(variable) && !isOwnVariable(variable.toLowerCase()))
        throw new ConfigurationError(`unknown "${variable}" variable`);
    }
  }
  if (main.childrenNamed("events").length === 0)
    throw new ConfigurationError('no "events" section in configuration');
}
