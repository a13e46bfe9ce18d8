// How the clients of MySQL and MariaDB read their options, and what is wrong with them in their words.
import type { Flavour } from "./flavour.js";

/** Options that cannot be read: the message, and the exit code. */
export class OptionError extends Error {
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

/** The options that were given, by long name, and the operands. */
export interface Options {
  readonly given: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
  /** What is complained about, but works. */
  readonly complaints: readonly string[];
}

/** Options with a value, by long name. */
const values =
  `host port user socket protocol database execute delimiter prompt pager tee default-character-set
connect-timeout max-allowed-packet net-buffer-length select-limit max-join-size character-sets-dir default-auth plugin-dir
ssl-ca ssl-capath ssl-cert ssl-cipher ssl-key ssl-crl ssl-crlpath tls-version defaults-file defaults-extra-file
defaults-group-suffix init-command server-arg sleep wait count shutdown-timeout result-file tab where ignore-table
fields-terminated-by fields-enclosed-by fields-optionally-enclosed-by fields-escaped-by lines-terminated-by columns
ignore-lines use-threads compatible`.split(/\s+/);

/** Options without one. */
const flags =
  `help version verbose silent quick raw batch table vertical html xml no-beep force unbuffered compress
auto-rehash no-auto-rehash column-names ssl ssl-verify-server-cert reconnect wait no-defaults print-defaults safe-updates
i-am-a-dummy line-numbers named-commands sigint-ignore show-warnings auto-vertical-output column-type-info comments binary-mode
abort-source-on-error enable-cleartext-plugin local-infile ignore-spaces one-database debug-check debug-info relative
all-databases databases tables single-transaction routines triggers events no-data no-create-info no-create-db add-drop-table
add-drop-database add-locks lock-tables lock-all-tables extended-insert complete-insert insert-ignore replace hex-blob opt
compact skip-opt flush-logs flush-privileges dump-date create-options disable-keys quote-names set-charset tz-utc
no-autocommit no-set-names no-tablespaces order-by-primary allow-keywords check analyze optimize repair auto-repair check-upgrade
extended fast medium-check check-only-changed process-views process-tables use-frm fix-db-names fix-table-names all-in-1
persistent status keys show-table-type delete ignore local low-priority lock-tables sandbox`.split(/\s+/);

/** Options that MySQL alone has. */
const mysqlValues = [
  "ssl-mode",
  "get-server-public-key",
  "server-public-key-path",
  "set-gtid-purged",
  "column-statistics",
];

/** Options whose value is optional, and only in the same word. */
const attached = ["password", "debug", "master-data", "source-data", "dump-slave"];

/** Letters that all clients share. */
const shared: Readonly<Record<string, string>> = {
  "?": "help",
  V: "version",
  h: "host",
  P: "port",
  u: "user",
  p: "password",
  S: "socket",
  v: "verbose",
  C: "compress",
  f: "force",
  "#": "debug",
};

/**
 * Reads a command line.
 *
 * @param own the letters of the client beyond those of all
 * @throws {OptionError}
 */
export function readOptions(
  [name, ...args]: readonly [string, ...string[]],
  flavour: Flavour,
  own: Readonly<Record<string, string>>,
): Options {
  const letters = { ...shared, ...own };
  const { mark, stop } = flavour;
  const withValue = new Set(flavour.warnsOfPasswords ? [...values, ...mysqlValues] : values);
  const known = [...new Set([...withValue, ...flags, ...attached])];
  const given = new Map<string, string>();
  const operands: string[] = [];
  const complaints: string[] = [];
  const rest = [...args];
  const needed = (shown: string): OptionError =>
    new OptionError(`${name}: ${mark}${mark && `${name}: `}option '${shown}' requires an argument${stop}`, 5);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      operands.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    if (!word.startsWith("--")) {
      const cluster = word.slice(1);
      for (let at = 0; at < cluster.length; at++) {
        const letter = cluster[at] as string;
        const long = Object.hasOwn(letters, letter) ? letters[letter] : undefined;
        if (long === undefined)
          throw new OptionError(`${name}: ${mark}unknown option '-${letter}'${stop}`, 2);
        const after = cluster.slice(at + 1);
        if (attached.includes(long)) given.set(long, after);
        else if (!withValue.has(long)) {
          given.set(long, "");
          continue;
        } else {
          const value = after === "" ? rest.shift() : after;
          if (value === undefined) throw needed(`-${letter}`);
          given.set(long, value);
        }
        break;
      }
      continue;
    }
    const [, written = "", , inline] = /^--([^=]*)(=(.*))?$/s.exec(word) ?? [];
    const plain = written.replaceAll("_", "-");
    const bare = plain.replace(/^(loose|skip|disable|enable)-/, "");
    const found = known.includes(plain)
      ? [plain]
      : known.includes(bare)
        ? [bare]
        : known.filter((each) => each.startsWith(bare));
    const [long] = found;
    if (long === undefined || found.length > 1) {
      if (plain.startsWith("loose-")) continue;
      if (long !== undefined && found.length > 1) {
        const [first, second] = found;
        throw new OptionError(
          `${name}: ${mark}ambiguous option '--${written}' (${first}, ${second})${stop}`,
          3,
        );
      }
      throw inline === undefined
        ? new OptionError(`${name}: ${mark}unknown option '--${written}'${stop}`, 2)
        : new OptionError(`${name}: ${mark}unknown variable '${written}=${inline}'${stop}`, 7);
    }
    if (long !== plain && long !== bare && flavour.complainsOfPrefixes) {
      complaints.push(
        `Info: Using unique option prefix '${written}' is error-prone and can break in the future. Please use the full name '${long}' instead.`,
      );
    }
    if (attached.includes(long)) given.set(long, inline ?? "");
    else if (!withValue.has(long)) given.set(long, inline ?? "");
    else {
      const value = inline ?? rest.shift();
      if (value === undefined) {
        const error = needed(`--${long}`);
        throw new OptionError(`${complaints.map((each) => `${each}\n`).join("")}${error.message}`, 5);
      }
      given.set(long, value);
    }
  }
  return { given, operands, complaints };
}

/** Returns whether a password stands on the command line. */
export function hasPassword({ given }: Options): boolean {
  return (given.get("password") ?? "") !== "";
}
