// The entry `@dryharbor/programs/services`: the services, which are loaded when one is started.
import type { Program, ProgramTable } from "@dryharbor/kernel";
import { type ServiceName, serviceNames } from "./service-names.js";
import { helloWorld } from "./services/hello-world.js";
import { redisCli } from "./services/redis/cli/redis-cli.js";
import { redisServer } from "./services/redis/program/redis-server.js";
import { redisNodeDockerExample } from "./services/redis-node-docker-example/npm.js";
import { whoami } from "./services/whoami/whoami.js";

const programs: Readonly<Record<ServiceName, Program>> = {
  "hello-world": helloWorld,
  "redis-cli": redisCli,
  "redis-node-docker-example": redisNodeDockerExample,
  "redis-server": redisServer,
  "traefik-whoami": whoami,
};

/** The programs of services, by name. */
export const servicePrograms: ProgramTable = new Map(serviceNames.map((name) => [name, programs[name]]));
