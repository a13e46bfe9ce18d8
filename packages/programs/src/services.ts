// The entry `@dryharbor/programs/services`: the services, which are loaded when one is started.
import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type ServiceName, serviceNames } from "./service-names.js";
import { apacheHttpd } from "./services/apache/apache.js";
import { envsubst } from "./services/envsubst.js";
import { helloWorld } from "./services/hello-world.js";
import { nginxEntrypoint } from "./services/nginx/entrypoint.js";
import { nginx } from "./services/nginx/nginx.js";
import { redisCli } from "./services/redis/cli/redis-cli.js";
import { redisServer } from "./services/redis/program/redis-server.js";
import { redisNodeDockerExample } from "./services/redis-node-docker-example/npm.js";
import { mc } from "./services/stand-ins/mc.js";
import { mongosh } from "./services/stand-ins/mongosh.js";
import { mariadbAdmin, mariadbHealthcheck, mysqladmin } from "./services/stand-ins/mysql-health.js";
import { pgIsready } from "./services/stand-ins/pg-isready.js";
import { rabbitmqTools } from "./services/stand-ins/rabbitmq-tools.js";
import { standIn } from "./services/stand-ins/stand-in.js";
import { standIns } from "./services/stand-ins/table.js";
import { tini } from "./services/tini.js";
import { whoami } from "./services/whoami/whoami.js";

const programs: Readonly<Record<Exclude<ServiceName, keyof typeof standIns>, Program>> = {
  "apache2-httpd": apacheHttpd,
  envsubst,
  "hello-world": helloWorld,
  "mariadb-admin": mariadbAdmin,
  "mariadb-healthcheck": mariadbHealthcheck,
  mc,
  mongosh,
  mysqladmin,
  nginx,
  "nginx-entrypoint": nginxEntrypoint,
  pg_isready: pgIsready,
  rabbitmqctl: rabbitmqTools,
  "redis-cli": redisCli,
  "redis-node-docker-example": redisNodeDockerExample,
  "redis-server": redisServer,
  tini,
  "traefik-whoami": whoami,
};

const stands: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(standIns).map(([name, service]) => [name, standIn(service)]),
);

/** The programs of services, by name. */
export const servicePrograms: ProgramTable = new Map(
  serviceNames.map((name) => [
    name,
    name in standIns ? (stands[name] as Program) : programs[name as keyof typeof programs],
  ]),
);
