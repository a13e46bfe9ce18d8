// The entry `@dryharbor/programs/services`: the services, which are loaded when one is started.
import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type ClientName, type ServiceName, serviceNames } from "./service-names.js";
import { apacheHttpd } from "./services/apache/apache.js";
import { cqlsh, nodetool } from "./services/clients/cassandra.js";
import { kafkaCommand } from "./services/clients/kafka.js";
import { mongoTool } from "./services/clients/mongo-tools.js";
import { mysqlClients } from "./services/clients/mysql/clients.js";
import { postgresClients } from "./services/clients/postgres/clients.js";
import { zkCli } from "./services/clients/zookeeper.js";
import { envsubst } from "./services/envsubst.js";
import { gosu } from "./services/gosu.js";
import { helloWorld } from "./services/hello-world.js";
import { memcached } from "./services/memcached/memcached.js";
import { nginxEntrypoint } from "./services/nginx/entrypoint.js";
import { nginx } from "./services/nginx/nginx.js";
import { redisCli } from "./services/redis/cli/redis-cli.js";
import { redisServer } from "./services/redis/program/redis-server.js";
import { redisNodeDockerExample } from "./services/redis-node-docker-example/npm.js";
import { mc } from "./services/stand-ins/mc.js";
import { mongosh } from "./services/stand-ins/mongosh.js";
import { mariadbHealthcheck } from "./services/stand-ins/mysql-health.js";
import { pgIsready } from "./services/stand-ins/pg-isready.js";
import { rabbitmqTools } from "./services/stand-ins/rabbitmq-tools.js";
import { standIn } from "./services/stand-ins/stand-in.js";
import { standIns } from "./services/stand-ins/table.js";
import { tini } from "./services/tini.js";
import { whoami } from "./services/whoami/whoami.js";

const programs: Readonly<Record<Exclude<ServiceName, keyof typeof standIns | ClientName>, Program>> = {
  "apache2-httpd": apacheHttpd,
  envsubst,
  "hello-world": helloWorld,
  "mariadb-healthcheck": mariadbHealthcheck,
  mc,
  memcached,
  mongosh,
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

const clients: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...postgresClients,
  ...mysqlClients,
  ...["mongodump", "mongoexport", "mongoimport", "mongorestore"].map((name): [string, Program] => [
    name,
    mongoTool(name),
  ]),
  ...["broker-api-versions", "console-consumer", "console-producer", "consumer-groups", "topics"].map(
    (name): [string, Program] => [`kafka-${name}.sh`, kafkaCommand(`kafka-${name}.sh`)],
  ),
  ["cqlsh", cqlsh],
  ["gosu", gosu],
  ["nodetool", nodetool],
  ["zkCli.sh", zkCli],
]);

/** The programs of services, by name. */
export const servicePrograms: ProgramTable = new Map(
  serviceNames.map((name) => [
    name,
    stands[name] ?? clients.get(name) ?? programs[name as keyof typeof programs],
  ]),
);
