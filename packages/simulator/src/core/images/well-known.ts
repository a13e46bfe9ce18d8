import type { ImageConfig } from "@dryharbor/sdk/port";

/** The parts of an image that tools look at: its ports, volumes and command. */
type Known = Pick<ImageConfig, "Cmd"> &
  Partial<Pick<ImageConfig, "Entrypoint" | "WorkingDir" | "StopSignal">> & {
    readonly ports?: readonly number[];
    readonly volumes?: readonly string[];
  };

const script = ["docker-entrypoint.sh"];

/** The configurations of popular images on Docker Hub, by repository. */
const wellKnown: Readonly<Record<string, Known>> = {
  "library/adminer": {
    Entrypoint: ["entrypoint.sh"],
    Cmd: ["php", "-S", "[::]:8080", "-t", "/var/www/html"],
    ports: [8080],
  },
  "library/caddy": {
    Cmd: ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
    WorkingDir: "/srv",
    ports: [80, 443, 2019],
  },
  "library/cassandra": {
    Entrypoint: script,
    Cmd: ["cassandra", "-f"],
    ports: [7000, 7001, 7199, 9042, 9160],
    volumes: ["/var/lib/cassandra"],
  },
  "library/consul": {
    Entrypoint: script,
    Cmd: ["agent", "-dev", "-client", "0.0.0.0"],
    ports: [8300, 8301, 8302, 8500, 8600],
    volumes: ["/consul/data"],
  },
  "library/debian": { Cmd: ["bash"] },
  "library/elasticsearch": {
    Entrypoint: ["/bin/tini", "--", "/usr/local/bin/docker-entrypoint.sh"],
    Cmd: ["eswrapper"],
    WorkingDir: "/usr/share/elasticsearch",
    ports: [9200, 9300],
  },
  "library/ghost": {
    Entrypoint: script,
    Cmd: ["node", "current/index.js"],
    WorkingDir: "/var/lib/ghost",
    ports: [2368],
    volumes: ["/var/lib/ghost/content"],
  },
  "library/golang": { Cmd: ["bash"], WorkingDir: "/go" },
  "library/haproxy": {
    Entrypoint: script,
    Cmd: ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
    WorkingDir: "/var/lib/haproxy",
    StopSignal: "SIGUSR1",
  },
  "library/httpd": {
    Cmd: ["httpd-foreground"],
    WorkingDir: "/usr/local/apache2",
    StopSignal: "SIGWINCH",
    ports: [80],
  },
  "library/mariadb": { Entrypoint: script, Cmd: ["mariadbd"], ports: [3306], volumes: ["/var/lib/mysql"] },
  "library/memcached": { Entrypoint: script, Cmd: ["memcached"], ports: [11211] },
  "library/mongo": {
    Entrypoint: script,
    Cmd: ["mongod"],
    ports: [27017],
    volumes: ["/data/configdb", "/data/db"],
  },
  "library/mysql": { Entrypoint: script, Cmd: ["mysqld"], ports: [3306, 33060], volumes: ["/var/lib/mysql"] },
  "library/nats": {
    Entrypoint: ["/nats-server"],
    Cmd: ["--config", "nats-server.conf"],
    ports: [4222, 6222, 8222],
  },
  "library/nginx": {
    Entrypoint: ["/docker-entrypoint.sh"],
    Cmd: ["nginx", "-g", "daemon off;"],
    StopSignal: "SIGQUIT",
    ports: [80],
  },
  "library/node": { Entrypoint: script, Cmd: ["node"] },
  "library/php": { Entrypoint: ["docker-php-entrypoint"], Cmd: ["php", "-a"] },
  "library/postgres": {
    Entrypoint: script,
    Cmd: ["postgres"],
    StopSignal: "SIGINT",
    ports: [5432],
    volumes: ["/var/lib/postgresql/data"],
  },
  "library/python": { Cmd: ["python3"] },
  "library/rabbitmq": {
    Entrypoint: script,
    Cmd: ["rabbitmq-server"],
    ports: [4369, 5671, 5672, 15691, 15692, 25672],
    volumes: ["/var/lib/rabbitmq"],
  },
  "library/redis": {
    Entrypoint: script,
    Cmd: ["redis-server"],
    WorkingDir: "/data",
    ports: [6379],
    volumes: ["/data"],
  },
  "library/registry": {
    Entrypoint: ["/entrypoint.sh"],
    Cmd: ["/etc/docker/registry/config.yml"],
    ports: [5000],
    volumes: ["/var/lib/registry"],
  },
  "library/ruby": { Cmd: ["irb"] },
  "library/tomcat": { Cmd: ["catalina.sh", "run"], WorkingDir: "/usr/local/tomcat", ports: [8080] },
  "library/traefik": { Entrypoint: ["/entrypoint.sh"], Cmd: ["traefik"], ports: [80] },
  "library/ubuntu": { Cmd: ["/bin/bash"] },
  "library/wordpress": {
    Entrypoint: script,
    Cmd: ["apache2-foreground"],
    WorkingDir: "/var/www/html",
    StopSignal: "SIGWINCH",
    ports: [80],
    volumes: ["/var/www/html"],
  },
  "library/zookeeper": {
    Entrypoint: ["/docker-entrypoint.sh"],
    Cmd: ["zkServer.sh", "start-foreground"],
    ports: [2181, 2888, 3888, 8080],
    volumes: ["/data", "/datalog", "/logs"],
  },
  "grafana/grafana": { Entrypoint: ["/run.sh"], Cmd: null, WorkingDir: "/usr/share/grafana", ports: [3000] },
  "minio/minio": {
    Entrypoint: ["/usr/bin/docker-entrypoint.sh"],
    Cmd: ["minio"],
    ports: [9000],
    volumes: ["/data"],
  },
  "prom/prometheus": {
    Entrypoint: ["/bin/prometheus"],
    Cmd: ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"],
    WorkingDir: "/prometheus",
    ports: [9090],
    volumes: ["/prometheus"],
  },
};

/** Returns what is known of a repository, whichever registry has it. */
export function wellKnownConfig(repository: string): Partial<ImageConfig> {
  const known = Object.hasOwn(wellKnown, repository) ? wellKnown[repository] : undefined;
  if (!known) return {};
  const { ports, volumes, ...config } = known;
  return {
    ...config,
    ...(ports && { ExposedPorts: emptyAt(ports.map((port) => `${port}/tcp`)) }),
    ...(volumes && { Volumes: emptyAt(volumes) }),
  };
}

function emptyAt(keys: readonly string[]): Record<string, Record<string, never>> {
  return Object.fromEntries(keys.map((key) => [key, {}]));
}

/** The familiar names of these repositories. */
export const wellKnownRepositories: readonly string[] = Object.keys(wellKnown).map((path) =>
  path.replace(/^library\//, ""),
);
