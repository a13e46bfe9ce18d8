/** The names of services that stand-ins are there for. */
const standInNames = [
  "caddy",
  "cassandra",
  "catalina.sh",
  "consul",
  "elasticsearch",
  "grafana",
  "mariadbd",
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

/** The names of clients that connect, and say what comes of it. */
const clientNames = [
  "cqlsh",
  "gosu",
  "kafka-broker-api-versions.sh",
  "kafka-console-consumer.sh",
  "kafka-console-producer.sh",
  "kafka-consumer-groups.sh",
  "kafka-topics.sh",
  "mongodump",
  "mongoexport",
  "mongoimport",
  "mongorestore",
  "nodetool",
  "zkCli.sh",
  "clusterdb",
  "createdb",
  "createuser",
  "dropdb",
  "dropuser",
  "mariadb",
  "mariadb-admin",
  "mariadb-check",
  "mariadb-dump",
  "mariadb-import",
  "mariadb-show",
  "mysql",
  "mysqladmin",
  "mysqlcheck",
  "mysqldump",
  "mysqlimport",
  "mysqlshow",
  "pg_basebackup",
  "pg_dump",
  "pg_dumpall",
  "pg_restore",
  "pgbench",
  "psql",
  "reindexdb",
  "vacuumdb",
] as const;

/** The names of the services and their clients. They are in the images that have them, and in no other. */
export const serviceNames = [
  ...standInNames,
  ...clientNames,
  "apache2-httpd",
  "envsubst",
  "hello-world",
  "mariadb-healthcheck",
  "mc",
  "memcached",
  "mongosh",
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

/** The name of a client of {@link serviceNames}. */
export type ClientName = (typeof clientNames)[number];

export type ServiceName = (typeof serviceNames)[number];

/** The names of files that run a service of another name. */
export const serviceFiles: readonly string[] = [
  "eswrapper",
  "hello",
  "su-exec",
  "httpd",
  "httpd-foreground",
  "npm",
  "run.sh",
  "whoami",
];
