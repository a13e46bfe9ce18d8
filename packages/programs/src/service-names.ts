/** The names of the services and their clients. They are in the images that have them, and in no other. */
export const serviceNames = [
  "hello-world",
  "redis-cli",
  "redis-node-docker-example",
  "redis-server",
  "traefik-whoami",
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** The names of files that run a service of another name. */
export const serviceFiles: readonly string[] = ["hello", "npm", "whoami"];
