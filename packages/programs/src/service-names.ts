/** The names of services that stand-ins are there for. */
const standInNames = [
  "caddy",
  "cassandra",
  "catalina.sh",
  "consul",
  "elasticsearch",
  "grafana",
  "mariadbd",
  "memcached",
  "minio",
  "mongod",
  "mysqld",
  "nats-server",
  "postgres",
  "prometheus",
  "rabbitmq-server",
  "registry",
  "traefik",
  "zkServer.sh",
] as const;

/** The names of the services and their clients. They are in the images that have them, and in no other. */
export const serviceNames = [
  ...standInNames,
  "apache2-httpd",
  "envsubst",
  "hello-world",
  "mariadb-admin",
  "mariadb-healthcheck",
  "mc",
  "mongosh",
  "mysqladmin",
  "nginx",
  "nginx-entrypoint",
  "pg_isready",
  "rabbitmqctl",
  "redis-cli",
  "redis-node-docker-example",
  "redis-server",
  "tini",
  "traefik-whoami",
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** The names of files that run a service of another name. */
export const serviceFiles: readonly string[] = [
  "eswrapper",
  "hello",
  "httpd",
  "httpd-foreground",
  "npm",
  "run.sh",
  "whoami",
];
