// Compose files, and what is done with them. Between them they have all that compose is used for with networks.
import type { ComposeCase } from "./compare.js";

const whole = ["up -d", "up -d", "ps -a --format json", "down -v"];
const one = (
  compose: string,
  commands: readonly string[] = whole,
  more: Partial<ComposeCase> = {},
): ComposeCase => ({
  commands,
  ...more,
  files: { "compose.yaml": compose, ...more.files },
});
const service = (fields: string, commands?: readonly string[]): ComposeCase =>
  one(
    `services:\n  web:\n    image: busybox\n    command: sleep 1000\n${fields
      .trim()
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n")}\n`,
    commands,
  );

export const cases: Readonly<Record<string, ComposeCase>> = {
  "one service": service("labels: {a: b}", [
    "config",
    "config --format json",
    "config --services",
    "config --hash *",
    "config -q",
    "up -d",
    "ps",
    "ps -q",
    "ps --services",
    "ps --format {{.Name}}/{{.State}}/{{.Service}}",
    "ls",
    "images",
    "top",
    "port web 80",
    "stop",
    "ps",
    "ps -a",
    "start",
    "restart",
    "pause",
    "unpause",
    "kill",
    "rm -f",
    "down",
    "down",
  ]),
  "networks with aliases and addresses": one(`
services:
  web:
    image: busybox
    command: sleep 1000
    networks:
      front: {aliases: [www, site], ipv4_address: 10.5.0.5, mac_address: "02:42:0a:63:00:05"}
      back: {priority: 10, gw_priority: 1, driver_opts: {a: b}}
  db:
    image: busybox
    command: sleep 1000
    networks: [back]
networks:
  front: {ipam: {config: [{subnet: 10.5.0.0/16, gateway: 10.5.0.1, ip_range: 10.5.1.0/24, aux_addresses: {r: 10.5.0.9}}]}, labels: {x: "1"}, attachable: true}
  back: {internal: true, driver: bridge, driver_opts: {com.docker.network.bridge.name: brx}}
`),
  "external networks and volumes": one(
    `
services:
  web: {image: busybox, command: sleep 1000, networks: [n], volumes: ["v:/v"]}
networks: {n: {external: true, name: outside}}
volumes: {v: {external: true, name: stored}}
`,
    ["up -d", "docker network create outside", "up -d", "docker volume create stored", "up -d", "down -v"],
  ),
  "network modes": one(
    `
services:
  a: {image: busybox, command: sleep 1000, network_mode: host}
  b: {image: busybox, command: sleep 1000, network_mode: none}
  c: {image: busybox, command: sleep 1000}
  d: {image: busybox, command: sleep 1000, network_mode: "service:c"}
  e: {image: busybox, command: sleep 1000, network_mode: bridge}
`,
    ["up -d", "ps", "down"],
  ),
  "of another container": one(
    `services: {a: {image: busybox, command: sleep 1000, network_mode: "container:other"}}`,
    ["up -d", "down"],
  ),
  links: one(`
services:
  web: {image: busybox, command: sleep 1000, links: [db, "cache:store"], external_links: ["cache:outer"]}
  db: {image: busybox, command: sleep 1000}
  cache: {image: busybox, command: sleep 1000, container_name: cache}
`),
  "published ports": service(
    `ports: ["8080:80", "9000-9001:9000-9001/udp", "127.0.0.1:5300:53/udp", "3000", {target: 81, published: "8181", protocol: tcp}]\nexpose: ["7000", "7001/udp"]`,
    ["up -d", "ps", "port web 80", "port --protocol udp web 53", "port web 1", "port nobody 80", "down"],
  ),
  "process of a container": service(`
entrypoint: ["sh", "-c"]
command: ["sleep 1000"]
environment: {A: "1", B: , C: "x y", OUTER: }
working_dir: /tmp
user: "1000:1000"
hostname: here
domainname: example.com
tty: true
stdin_open: true
stop_signal: SIGUSR1
stop_grace_period: 1s
init: true
labels: [a=1, b]
`),
  "names and hosts": service(`
extra_hosts: ["a=1.2.3.4", "b:1.2.3.5", "c=[::1]", "host.docker.internal:host-gateway"]
dns: [8.8.8.8, 1.1.1.1]
dns_search: example.com
dns_opt: [use-vc]
mac_address: "02:42:0a:63:00:07"
`),
  "rights and limits": service(`
cap_add: [NET_ADMIN]
cap_drop: [MKNOD]
sysctls: {net.ipv4.ip_forward: 0}
read_only: true
shm_size: 128m
mem_limit: 64m
mem_reservation: 32m
memswap_limit: 128m
cpus: 0.5
cpu_shares: 73
pids_limit: 20
ulimits: {nproc: 65535, nofile: {soft: 20000, hard: 40000}}
oom_score_adj: -500
security_opt: [no-new-privileges]
group_add: ["1001"]
tmpfs: [/run, "/tmp:size=10m"]
logging: {driver: json-file, options: {max-size: 1m}}
restart: on-failure:3
`),
  privileged: service(
    "privileged: true\nipc: host\npid: host\nuserns_mode: host\nuts: host\ncgroup: host\nrestart: always",
  ),
  deploy: one(
    `
services:
  web:
    image: busybox
    command: sleep 1000
    deploy:
      replicas: 3
      resources: {limits: {cpus: "0.25", memory: 100M, pids: 9}, reservations: {memory: 20M}}
      restart_policy: {condition: on-failure, max_attempts: 2}
      labels: {deployed: "yes"}
`,
    ["up -d", "up -d --scale web=1", "up -d --scale web=4", "scale web=2", "ps", "down"],
  ),
  volumes: one(
    `
services:
  web:
    image: busybox
    command: sleep 1000
    volumes:
      - data:/data
      - other:/other:ro
      - /anonymous
      - ./here:/here
      - {type: volume, source: data, target: /again, volume: {nocopy: true}}
      - {type: tmpfs, target: /mem, tmpfs: {size: 1m, mode: 0755}}
      - {type: bind, source: ./here, target: /there, read_only: true}
volumes:
  data:
  other: {driver: local, labels: {x: y}, name: special}
`,
    ["up -d", "up -d --force-recreate", "up -d -V", "volumes -q", "down", "up -d", "down -v"],
    { files: { "here/file": "content" } },
  ),
  "health checks": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: {db: {condition: service_healthy, restart: true}, once: {condition: service_completed_successfully}}}
  db: {image: busybox, command: sleep 1000, healthcheck: {test: "true", interval: 100ms, timeout: 1s, retries: 2, start_period: 0s}}
  once: {image: busybox, command: "true"}
  none: {image: busybox, command: sleep 1000, healthcheck: {disable: true}}
`,
    ["up -d", "up -d", "restart db", "down"],
  ),
  "a dependency that fails": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: {once: {condition: service_completed_successfully}}}
  once: {image: busybox, command: "false"}
`,
    ["up -d", "down"],
  ),
  "a dependency that may fail": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: {once: {condition: service_completed_successfully, required: false}}}
  once: {image: busybox, command: "false"}
`,
    ["up -d", "down"],
  ),
  "an unhealthy dependency": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: {db: {condition: service_healthy}}}
  db: {image: busybox, command: sleep 1000, healthcheck: {test: "false", interval: 100ms, retries: 1}}
`,
    ["up -d", "down"],
  ),
  "waiting for all": one(
    `
services:
  web: {image: busybox, command: sleep 1000}
  db: {image: busybox, command: sleep 1000, healthcheck: {test: "true", interval: 100ms}}
`,
    ["up --wait", "down"],
  ),
  "changed files": one(
    `services: {web: {image: busybox, command: sleep 1000}, db: {image: busybox, command: sleep 1000}, old: {image: busybox, command: sleep 1000}}`,
    ["up -d", "write compose.yaml", "up -d", "up -d --no-recreate", "up -d --remove-orphans", "down"],
    {
      later: {
        "compose.yaml": `services: {web: {image: busybox, command: sleep 1000, labels: {new: "1"}}, db: {image: busybox, command: sleep 1000}}`,
      },
    },
  ),
  "a changed network": one(
    `services: {web: {image: busybox, command: sleep 1000}}\nnetworks: {default: {labels: {a: "1"}}}`,
    ["up -d", "write compose.yaml", "up -d", "down"],
    {
      later: {
        "compose.yaml": `services: {web: {image: busybox, command: sleep 1000}}\nnetworks: {default: {labels: {a: "2"}}}`,
      },
    },
  ),
  "dependents that restart": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: {db: {condition: service_started, restart: true}}}
  db: {image: busybox, command: sleep 1000}
`,
    [
      "up -d",
      "up -d --force-recreate db",
      "up -d --always-recreate-deps web",
      "restart db",
      "restart --no-deps db",
      "stop db",
      "down",
    ],
  ),
  profiles: one(
    `
services:
  web: {image: busybox, command: sleep 1000}
  debug: {image: busybox, command: sleep 1000, profiles: [dev], depends_on: [web]}
  test: {image: busybox, command: sleep 1000, profiles: [ci]}
`,
    [
      "up -d",
      "--profile dev up -d",
      "config --profiles",
      "--profile * ps --services",
      "up -d test",
      "--profile dev --profile ci down",
    ],
  ),
  "variables and env files": one(
    `
name: \${NAME:-named}
services:
  web:
    image: "busybox:\${TAG-latest}"
    command: ["sleep", "\${SECONDS_:-1000}"]
    environment: ["A=\${A}", "B=\${B:-b}", "C=$$C", OUTER]
    env_file: [web.env, {path: none.env, required: false}]
    labels: {unset: "\${NOPE}", set: "\${A:+yes}"}
`,
    [
      "config",
      "up -d",
      "down",
      "--env-file other.env config --hash *",
      "--env-file other.env up -d",
      "--env-file other.env down",
      "-p Bad! up",
    ],
    {
      files: {
        ".env": "A=1\nNAME=fromfile\n",
        "other.env": "A=2\n",
        "web.env": "IN_FILE=1\nQUOTED='a b'\nREF=$IN_FILE-2\n",
      },
    },
  ),
  "several files": {
    files: {
      "a.yaml": `services: {web: {image: busybox, command: sleep 1000, environment: {A: "1", B: "2"}, ports: ["8080:80"], labels: [x=1], networks: [n]}}\nnetworks: {n: }`,
      "b.yaml": `services: {web: {environment: [B=3], ports: !override ["8081:81"], labels: !reset [], networks: {n: {aliases: [q]}, m: }}, db: {image: busybox, command: sleep 1000, networks: [m]}}\nnetworks: {m: {internal: true}}`,
    },
    commands: [
      "-f a.yaml -f b.yaml config",
      "-f a.yaml -f b.yaml up -d",
      "-f a.yaml -f b.yaml down",
      "-f c.yaml ps",
      "ps",
    ],
  },
  "secrets and configs": one(
    `
services:
  web:
    image: busybox
    command: sleep 1000
    secrets: [s, {source: t, target: other, mode: 0400}]
    configs: [c, {source: d, target: /etc/d}]
secrets: {s: {file: ./secret.txt}, t: {environment: OUTER}}
configs: {c: {content: "hello"}, d: {file: ./config.txt}}
`,
    ["up -d", "down"],
    { files: { "secret.txt": "s", "config.txt": "c" } },
  ),
  "one-off containers": one(
    `
services:
  web: {image: busybox, command: sleep 1000, ports: ["8080:80"], depends_on: [db], environment: {A: "1"}}
  db: {image: busybox, command: sleep 1000}
`,
    [
      "run -d web",
      "run -d --name mine -e A=2 -e B=3 -u 5 -w /tmp --no-deps -l k=v -p 9090:90 -v data:/x web sleep 500",
      "run -d --service-ports --use-aliases --entrypoint sleep web 900",
      "ps",
      "ps -a",
      "up -d",
      "down --remove-orphans",
    ],
  ),
  logs: one(
    `
services:
  web: {image: busybox, command: "sh -c 'echo one; echo two >&2; echo three; sleep 1000'"}
  database: {image: busybox, command: "echo ready"}
`,
    [
      "up -d",
      "logs web",
      "logs --no-log-prefix web",
      "logs --tail 1 database",
      "logs -n 1 web",
      "logs nobody",
      "down",
    ],
  ),
  // `web` lives a moment: compose begins to listen to events while it starts containers, and waits forever for the end of
  // one that it has missed. An engine takes longer for a start than compose for that, and a simulator may not.
  "attached output": one(
    `services: {web: {image: busybox, command: "sh -c 'sleep 0.5; echo hello'"}, longer: {image: busybox, command: "sh -c 'sleep 1; echo bye >&2; exit 3'"}}`,
    ["up", "up --exit-code-from longer", "up --no-log-prefix web", "down"],
  ),
  "partial commands": one(
    `
services:
  web: {image: busybox, command: sleep 1000, depends_on: [db]}
  db: {image: busybox, command: sleep 1000}
  other: {image: busybox, command: sleep 1000}
`,
    [
      "create",
      "start db",
      "up -d web",
      "ps web",
      "ps nobody",
      "stop web",
      "rm -f",
      "kill -s SIGTERM db",
      "down web",
      "up -d --no-deps web",
      "up -d nobody",
      "down db",
      "-p nothing down",
      "-p shop ps -q",
      "-p shop stop",
      "-p shop down",
    ],
  ),
  "what cannot be": one(
    `services: {web: {image: busybox, command: sleep 1000, ports: ["8080:80"]}, other: {image: busybox, command: sleep 1000, ports: ["8080:81"], depends_on: [web]}}`,
    [
      "up -d",
      "down",
      "up --foo",
      "up -d --wait --attach web",
      "up --force-recreate --no-recreate",
      "config --format x",
      "down --rmi x",
      "scale",
      "scale web",
      "exec web",
      "up --scale nobody=1",
    ],
  ),
  images: one(`services: {web: {image: nginx:1.27}, cache: {image: "redis:7", pull_policy: always}}`, [
    "pull -q",
    "up -d --quiet-pull",
    "images -q",
    "config --images",
    "down --rmi all",
  ]),
  "anchors and extensions": one(
    `
x-base: &base
  image: busybox
  command: sleep 1000
  environment: &env {A: "1"}
services:
  a: {<<: *base, hostname: a}
  b:
    <<: *base
    environment: {<<: *env, B: "2"}
    x-note: kept
`,
    ["config", "config --format json", "up -d", "down"],
  ),
  "an old engine": one(
    `
services:
  web:
    image: busybox
    command: sleep 1000
    networks: {front: {aliases: [www]}, back: {priority: 5}}
networks: {front: , back: {ipam: {config: [{subnet: 10.7.0.0/24}]}}}
`,
    ["up -d", "up -d", "down"],
    { release: "20.10" },
  ),
  "an engine that is too old": one(
    `
services:
  web: {image: busybox, command: sleep 1000, networks: {n: {mac_address: "02:42:0a:63:00:09"}}}
networks: {n: }
`,
    ["up -d", "down"],
    { release: "20.10" },
  ),
  "an engine between": one(
    `
services:
  web: {image: busybox, command: sleep 1000, networks: {front: {ipv4_address: 10.8.0.9}, back: }, healthcheck: {test: "true", start_interval: 100s, start_period: 5s}}
networks: {front: {ipam: {config: [{subnet: 10.8.0.0/24}]}}, back: }
`,
    ["up -d", "down"],
    { release: "26.1" },
  ),
  builds: one(
    `
services:
  web: {build: ., command: sleep 1000}
  api:
    image: me/api:2
    build:
      context: app
      dockerfile: My.Dockerfile
      target: last
      args: {NAME: someone, OUTER: }
      labels: {com.a: b}
      tags: [a/b:1, c]
      extra_hosts: ["h:1.2.3.4"]
    command: sleep 1000
    depends_on: [web]
  other: {image: busybox, command: sleep 1000}
`,
    [
      "build",
      "build",
      "up -d",
      "up -d --build",
      "build --no-cache --build-arg NAME=q --build-arg NONE api",
      "build -q web",
      "build other",
      "build nobody",
      "build --with-dependencies api",
      "build --pull -m 64m web",
      "down --rmi all",
      "up -d --no-build web",
      "up -d",
      "down --rmi local",
      "run --rm --build -T web cat /hi",
      "run --rm --quiet-build --build -T web cat /f",
      "create --build web",
      "up -d --pull never web",
      "up -d --build --no-build",
      "down",
    ],
    {
      files: {
        Dockerfile: 'FROM busybox\nRUN echo hi > /hi\nCOPY f /f\nCMD ["sleep","1"]\n',
        f: "f\n",
        "app/g": "g\n",
        "app/My.Dockerfile":
          "FROM busybox AS first\nARG NAME=x\nARG OUTER\nRUN echo $NAME $OUTER > /n\nFROM first AS last\nLABEL q=1\nCOPY g /g\nFROM busybox\n",
      },
      environment: { DOCKER_BUILDKIT: "0" },
    },
  ),
  "builds that cannot be": one(
    `
services:
  fails: {build: .}
  absent: {build: nope}
  file: {build: {context: d, dockerfile: nope}}
  many: {build: {context: d, platforms: [linux/amd64, linux/arm64]}}
  one: {build: {context: d, platforms: [linux/amd64]}}
  strong: {build: {context: d, privileged: true}}
  more: {build: {context: d, additional_contexts: {a: .}}}
  keys: {build: {context: d, ssh: [default]}}
  secret: {build: {context: d, secrets: [s]}}
  inline: {build: {dockerfile_inline: FROM busybox}}
  stage: {build: {context: d, target: nope}}
  outside: {build: {context: d, dockerfile: ../Dockerfile}}
  all: {build: {context: d, network: host, shm_size: 64m, no_cache: true, pull: true, ulimits: {nofile: 5}, cache_from: [q], cache_to: [r], provenance: true}}
secrets: {s: {file: ./Dockerfile}}
`,
    [
      "build fails",
      "up -d fails",
      "build -q fails",
      ..."absent file many one strong more keys secret inline stage outside all"
        .split(" ")
        .map((name) => `build ${name}`),
    ],
    {
      files: { Dockerfile: "FROM busybox\nRUN echo bad; exit 3\n", "d/Dockerfile": "FROM busybox\n" },
      environment: { DOCKER_BUILDKIT: "0" },
    },
  ),
};
