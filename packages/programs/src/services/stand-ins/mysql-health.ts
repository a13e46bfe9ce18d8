// The script `healthcheck.sh` of MariaDB's image.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import { mariadb } from "../clients/mysql/flavour.js";
import { reach } from "./reach.js";

const tests: ReadonlySet<string> = new Set([
  "connect",
  "innodb_initialized",
  "innodb_buffer_pool_loaded",
  "galera_online",
  "galera_ready",
  "replication",
  "mariadbupgrade",
]);

/** `healthcheck.sh` of MariaDB's image. */
export const mariadbHealthcheck: Program = async (process) => {
  const [, ...args] = process.argv;
  if (args.length === 0) {
    process.stderr("At least one argument required\n");
    return 1;
  }
  let isConnected: boolean | undefined;
  for (let word = args.shift(); word !== undefined; word = args.shift()) {
    if (!word.startsWith("--")) {
      process.stderr(`Unknown healthcheck option ${word}\n`);
      return 1;
    }
    const name = word.slice(2);
    if (/^(su-mysql|no-defaults|no-connect)$/.test(name) || name.includes("=")) continue;
    if (/^(su|datadir|defaults-(file|extra-file|group-suffix)|replication_\w+)$/.test(name)) {
      args.shift();
      continue;
    }
    if (!tests.has(name)) {
      process.stderr(`healthcheck unknown option or test '${name}'\n`);
      return 1;
    }
    // A server alone is no cluster, and copies nobody.
    const isHealthy = (await isUp(process)) && !/^(galera|replication)/.test(name);
    if (name === "connect") isConnected = isHealthy;
    if (!isHealthy) {
      process.stderr(`healthcheck ${name} failed\n`);
      return 1;
    }
  }
  return isConnected === true || (await isUp(process)) ? 0 : 1;
};

async function isUp(process: ProcessContext): Promise<boolean> {
  if ((await reach(process, undefined, 3306)) === "listening") return true;
  const { number, text } = mariadb.noSocket(mariadb.socket);
  process.stderr(`ERROR ${number} (HY000): ${text}\n`);
  return false;
}
