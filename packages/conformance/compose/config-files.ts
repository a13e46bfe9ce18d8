// Files that compose reads, or refuses: what config prints of each is recorded by record-config.ts.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose files.
type Files = Record<string, string>;
const one = (y: string, more: Files = {}): Files => ({ "compose.yaml": y, ...more });
/** Further fields of one service. */
const S = (s: string): Files =>
  one(
    `services:\n  a:\n    image: b\n${s
      .split("\n")
      .map((line) => `    ${line}`)
      .join("\n")}\n`,
  );
/** Files by name, and the flags of the command under `args`. */
export const configFiles: Readonly<Record<string, Files>> = {
  basic: one(`name: shop
services:
  web:
    image: busybox
    command: sleep 1000
    ports: ["8080:80", "9000-9001:9000-9001/udp", "127.0.0.1::53/udp", "80", 81, "[::1]:90:90", {target: 100, published: 200}, {target: 5, published: "6-7", host_ip: 1.2.3.4, protocol: udp, mode: host, name: x, app_protocol: http}]
    environment: { A: "1", B: , C: 1.5, E: 1000000, F: true, OUTER: }
    networks: { front: { aliases: [w], ipv4_address: 10.5.0.5, ipv6_address: "fd00::5", priority: 10, mac_address: "02:42:ac:11:00:01", gw_priority: 3, driver_opts: {a: 1}, link_local_ips: [1.2.3.4], interface_name: eth7 }, back: }
    volumes: [ "data:/data", "./x:/x:ro", /anon, "~/h:/h:z,rshared", "data2:/d2:nocopy", {type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 0755}}, {type: volume, source: data, target: /e, read_only: true, volume: {nocopy: true, subpath: s, labels: {a: b}}}, {type: bind, source: ., target: /f/}, {type: image, source: alpine, target: /im, image: {subpath: etc}} ]
    healthcheck: { test: "true", interval: 1m30s, timeout: 1s, retries: 3, start_period: 0s, start_interval: 5s }
    cpus: 0.1
    mem_limit: 64m
    x-foo: { b: [1, 2.5, null, true], a: 1 }
    depends_on: { db: { condition: service_healthy, restart: true }, c: {condition: service_started, required: false } }
  db: {image: redis, healthcheck: {disable: true}}
  c: {image: c, deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 100M, pids: 5}, reservations: {cpus: "0.25", memory: 20M, devices: [{capabilities: [gpu], count: 1}]}}, restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 120s}, update_config: {parallelism: 2, delay: 10s, order: stop-first, max_failure_ratio: 0.3}, labels: [a=b], placement: {constraints: [node.role == manager], preferences: [{spread: x}]}, endpoint_mode: vip, mode: replicated}}
networks: { front: { ipam: { config: [ { subnet: 10.5.0.0/16, gateway: 10.5.0.1, ip_range: 10.5.1.0/24, aux_addresses: {r: 10.5.0.9} } ], driver: default, options: {a: b} }, driver_opts: {a: 1, b: x}, labels: {l: 1}, attachable: true, enable_ipv6: true, enable_ipv4: false, x-n: 1 }, back: { internal: true, name: other }, unused: {} }
volumes: { data: , data2: {driver: local, driver_opts: {type: none, o: bind, device: ./foo}, labels: [a=1, b]} }
x-top: [a, {b: c}]
x-anchor: &x {q: 1}
`),
  all: S(`annotations: {a: b}
attach: false
blkio_config: {weight: 300, weight_device: [{path: /dev/sda, weight: 400}], device_read_bps: [{path: /dev/sdb, rate: 12mb}], device_read_iops: [{path: /dev/sdb, rate: 120}]}
cap_add: [NET_ADMIN]
cap_drop: [ALL]
cgroup_parent: m-executor
cgroup: host
cpu_count: 2
cpu_percent: 50
cpu_period: 20000
cpu_quota: 50000
cpu_rt_period: 1000
cpu_rt_runtime: 400
cpus: 1.5
cpuset: 0-1
cpu_shares: 73
command: ["a", "b c"]
container_name: foo
device_cgroup_rules: ["c 1:3 mr"]
devices: ["/dev/a", "/dev/b:/dev/c:rw", {source: /dev/q, target: /dev/w, permissions: r}]
dns: 8.8.8.8
dns_opt: [use-vc]
dns_search: [a.com, b.com]
domainname: foo.com
entrypoint: sh -c "echo hi"
expose: [3000, "8000/udp", "10-12"]
external_links: [redis, "db:mysql"]
extra_hosts: ["a=1.2.3.4", "b:1.2.3.5", "c=[::1]", "host.docker.internal:host-gateway", "a=9.9.9.9"]
group_add: [mail, 12]
hostname: hn
init: true
ipc: host
isolation: default
labels: {a: 1, b: true, c: , d: "x y", e: 1.50}
logging: {driver: syslog, options: {a: 1, b: "x", c: }}
mac_address: 02:42:ac:11:65:43
mem_reservation: 32m
memswap_limit: -1
mem_swappiness: 60
network_mode: none
oom_kill_disable: true
oom_score_adj: -500
pid: host
pids_limit: 10
platform: linux/amd64
privileged: true
pull_policy: every_1h
read_only: true
restart: on-failure:3
runtime: runc
scale: 1
security_opt: [no-new-privileges, "label:user:USER"]
shm_size: 1gb
stdin_open: true
stop_grace_period: 1m
stop_signal: SIGUSR1
storage_opt: {size: 1G}
sysctls: {net.core.somaxconn: 1024, "net.ipv4.x": "0"}
tmpfs: [/run, "/tmp:size=10m"]
tty: true
ulimits: {nproc: 65535, nofile: {soft: 20000, hard: 40000}}
user: "1000:1000"
userns_mode: host
uts: host
volumes_from: ["container:x:ro"]
working_dir: /code
post_start: [{command: ./x, user: root, privileged: true, environment: [A=b]}]
pre_stop: [{command: [a], working_dir: /w}]
develop: {watch: [{path: ./src, action: sync, target: /x, ignore: [a/], initial_sync: true}, {path: b, action: sync+exec, target: /z, exec: {command: foo}}]}
gpus: all
profiles: []
use_api_socket: false
credential_spec: {file: x.json}`),
  extras: S(
    `healthcheck: {test: [CMD, a], interval: 0s}\ncommand: []\nentrypoint: ""\nenv_file: [one.env, {path: none.env, required: false}]\nlabels: [a=b, c]\nulimits: {nproc: 0}\nmem_limit: 0\ndns: []\nports: []\nenvironment: []`,
  ),
  envfile: {
    ...S(
      `env_file: [one.env, {path: none.env, required: false}, {path: raw.env, format: raw}]\nenvironment: {B: over, N: }`,
    ),
    "one.env": `# c\nA=1\nB=2\nC="x\\ny $A \${B:-z}"\nD='raw $A'\nE=a b # comment\nF=a#b\nexport G=7\nOUTER\nH: yaml\nI=\nJ="a\\"b"\nK=\${OUTER}\nL=$$x\nM="\\$A"\nN=n\n\n  O = spaced\nP='it\\'s'\nQ="multi\nline"\n`,
    "raw.env": "R='x' $A # c\nS=\n",
  },
  missingenv: S(`env_file: [nope.env]`),
  dotenv: {
    ...S(
      'labels: {a: "${A}", b: "${B:-b}", c: "${C-c}", d: "${D:+d}", e: "${A:+e}", f: "$A-$$B", g: "${A}${A}", h: "${X:-${Y:-${A}}} and ${A}", i: "${EMPTY:-x}${EMPTY-y}|${EMPTY+z}", j: "$nope"}',
    ),
    ".env": "A=aa\nEMPTY=\nCOMPOSE_PROJECT_NAME=fromenv\n",
  },
  envfileflag: {
    ...S('labels: {a: "${A}"}'),
    "x.env": "A=1\n",
    "y.env": "A=2\nB=${A}\n",
    args: "--env-file x.env --env-file y.env -p pp",
  },
  merge: {
    args: "-f a.yaml -f b.yaml",
    "a.yaml": `services:
  a: {image: b, environment: {A: 1, B: 2}, labels: [x=1], ports: ["80:80"], volumes: ["v:/v", "w:/w"], command: [a], depends_on: [c], networks: [n], dns: 1.1.1.1, ulimits: {nofile: 1}, healthcheck: {test: a, interval: 1s}, logging: {driver: a, options: {x: 1}}, extra_hosts: {h: 1.1.1.1}, cap_add: [A], sysctls: {a: 1}, tmpfs: /a, entrypoint: x, devices: ["/a"], expose: [1], links: [c], configs: [cf], deploy: {resources: {limits: {memory: 1m}}}}
  c: {image: c}
volumes: {v: , w: }
networks: {n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}
configs: {cf: {content: x}}
`,
    "b.yaml": `services:
  a: {environment: [B=3, C=4], labels: {y: 2}, ports: ["80:80", "81:81"], volumes: ["z:/v"], command: b, depends_on: {c: {condition: service_healthy}}, networks: {n: {aliases: [q]}, m: }, dns: [2.2.2.2], ulimits: {nofile: {soft: 1, hard: 2}}, healthcheck: {test: b}, logging: {driver: a, options: {y: 1}}, extra_hosts: ["i:2.2.2.2"], cap_add: [A, B], sysctls: [b=2], tmpfs: [/b], entrypoint: [], devices: ["/b:/a"], expose: ["2"], links: ["c:d"], configs: [{source: cf, target: /q}]}
volumes: {z: {driver: x}}
networks: {m: , n: {ipam: {config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.1}, {subnet: 10.0.1.0/24}]}}}
`,
  },
  reset: {
    args: "-f a.yaml -f b.yaml",
    "a.yaml": `services: {a: {image: b, ports: ["80:80"], environment: {A: 1, B: 2}, command: x}}`,
    "b.yaml": `services: {a: {ports: !override ["81:81"], environment: {A: !reset null}, command: !reset }}`,
  },
  anchors: one(
    `x-base: &base\n  image: busybox\n  environment: &env {A: 1}\n  labels: {l: 1}\nservices:\n  a:\n    <<: *base\n    environment:\n      <<: *env\n      B: 2\n  b:\n    <<: [*base, {hostname: q}]\n    command: a\n`,
  ),
  profiles: {
    args: "--profile dev",
    ...one(
      `services: {a: {image: a}, b: {image: b, profiles: [dev]}, c: {image: c, profiles: [x, y], depends_on: [a]}}`,
    ),
  },
  noprofile: one(
    `services: {a: {image: a, depends_on: {b: {condition: service_started, required: false}}}, b: {image: b, profiles: [dev]}}`,
  ),
  disableddep: one(`services: {a: {image: a, depends_on: [b]}, b: {image: b, profiles: [dev]}}`),
  links: one(
    `services: {a: {image: a, links: ["b", "c:d"], volumes_from: [b:ro]}, b: {image: b}, c: {image: c, network_mode: "service:b", pid: "service:b"}}`,
  ),
  secrets: {
    ...one(
      `services: {a: {image: a, secrets: [s, {source: t, target: tt, uid: "1", mode: 0440}], configs: [c, {source: d, target: /d, mode: "0644"}]}}\nsecrets: {s: {file: ./s.txt}, t: {environment: OUTER}}\nconfigs: {c: {content: "hi \${OUTER} $$x\\nyou\\n"}, d: {environment: OUTER}, e: {file: x}}`,
    ),
  },
  external: one(
    `services: {a: {image: a, networks: [n, m], volumes: ["v:/v"]}}\nnetworks: {n: {external: true}, m: {external: {name: mm}}}\nvolumes: {v: {external: true, name: vv}}`,
  ),
  quoting: S(
    `labels: {x: "a: b # c", "y": " lead", z: "multi\\nline\\n", e: "", n: "null", t: "true", num: "12", dash: "- x", q: "it's", dq: "a\\"b", col: "a:b", star: "*x", pct: "%x", "k e y": "v", long: "aaaaaaaaaa aaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaaaaa aaaaaaaaaaaaaaa", uni: "ü☃", tab: "a\\tb", tr: "trail ", ml2: "a\\nb", ml3: "a\\n  b\\n\\n", date: "2020-01-01", oct: "0777", hex: "0x1f", us: "1_000", tilde: "~", hash: "a#b", hash2: "#b", ex: "!x", amp: "&x", bt: "\`x", pipe: "|", gt: ">", br: "[a]", cb: "{a", cm: "a,b", qm: "? x", qm2: "?x", em: "é", nl: "\\n", yy: "y", nn: "n", No: "no", eq: "=", m: "<<", dot: ".", d3: "---", inf: ".inf", e1: "1e3", flt: "1.5", t1: "12:30:45", tt: "1:20", cr: "a\\rb", bs: "a\\\\b", ml4: " a\\nb", ml5: "a \\nb", esc: "a\\eb", nbsp: "a\\u00a0b", bell: "\\a", emoji: "😀", a2: 1, a10: 1, a1: 1, lt: "<a>&", at: "@x", dashdash: "-x", dd: "-", colon: "a:", colon2: ":a", sp: " ", "a.b": 1, "a-b": 1, "a_b": 1, B: 1, b: 1, "1": x, "true": x, "null": x, plus: "+1", ver: "1.2.3", hexx: "0xzz", us2: "_1", und: "1__0", dotn: "1.", ndot: ".1", minus: "-0", ee: "1e", "ke:y": 1, "ke: y": 1, "#k": 1}`,
  ),
  numbers: S(
    `environment: {E: 1e6, F: 1234567.0, G: 0.0000001, H: 12345678901234567890, I: true, J: 1.0, K: 123456.5, L: 1e25, M: 0.5, N: -0x10, O: 08, P: 0777, Q: 1_000, R: .5, S: 0o17, T: +5, U: 12:30, V: on}\nx-f: [1.0, 0.1, 123456789.5, 1e21, 1e-7, -1.5, 0x10]\ncpus: "0.333"\ncpu_percent: 33`,
  ),
  build: one(
    `services: {a: {build: ., image: q}, b: {build: {context: ./x, args: {A: , OUTER: , B: 1}, target: t, dockerfile: D}}}`,
  ),
  projdir: { args: "-p x", ...S("volumes: ['../up:/u', './a/./b/../c:/c']") },
  yes: S("privileged: yes\ntty: off"),
  version: one(`version: "3.9"\nservices: {a: {image: b}}`),
  name: one("name: my-${OUTER2:-app}\nservices: {a: {image: b, hostname: $COMPOSE_PROJECT_NAME}}"),
  badname: { args: "-p Foo!", ...S("") },
  dollar: S('command: ["a", "$$HOME", "$${x}"]'),
  e1: one("a: 1\na: 2\n"),
  e2: one("services:\n  a: b: c\n"),
  e3: one("services:\n\t- b\n"),
  e4: one("services: [1, 2\n"),
  e5: one("services: 'x\n"),
  e6: one(""),
  e7: one("services: *nope"),
  e8: one("services: %x"),
  e9: one("services: @x"),
  e10: one("services:\n  1:\n    image: b\n"),
  e11: one("1: x\nservices: {}\n"),
  e12: one("services: []\n"),
  e13: one("foo: 1\nservices: {}\n"),
  e14: one("services: {}\n"),
  e15: one("services: {a: {}}\n"),
  e16: S("image2: 1"),
  e17: one("services: {a: {image: 1}}"),
  e18: S("ports: {}"),
  e19: S("ports: [[]]"),
  e20: S("ports: [x]"),
  e21: S("depends_on: {b: {condition: foo}}"),
  e22: S("depends_on: [b]"),
  e23: S("environment: [1]"),
  e24: S("environment: {A: []}"),
  e25: S("networks: [x]"),
  e26: S("volumes: ['xy:/y']"),
  e27: S("command: {}"),
  e28: S("healthcheck: {interval: 1}"),
  e29: S("healthcheck: {interval: 1 foo}"),
  e30: S("healthcheck: {test: [foo]}"),
  e31: S("cpu_count: -1"),
  e32: S("volumes: [{source: a}]"),
  e33: S("volumes: [{type: x, target: /y}]"),
  e34: one('services: {"a b": {image: b}}'),
  e35: one("services: {a: null}"),
  e36: S("network_mode: host\nnetworks: [default]"),
  e37: one("services: {a: {image: b, depends_on: [b]}, b: {image: b, depends_on: [a]}}"),
  e38: S("ulimits: {nofile: {soft: 1}}"),
  e39: S('hostname: "${X:?oh no}"'),
  e40: S('hostname: "${X"'),
  e41: S('privileged: "${X:-maybe}"'),
  e42: S("environment: {D: 2020-01-01}"),
  e43: S("links: [1]"),
  e44: S("devices: [{target: x}]"),
  e45: S("pull_policy: foo"),
  e46: S("gpus: foo"),
  e47: S("oom_score_adj: 5000"),
  e48: S("volumes: [{type: bind, source: 1, target: /x}]"),
  e49: S("volumes: [{type: bind, target: /x}]"),
  e50: S("mem_limit: foo"),
  e51: S("command: 'a \"b'"),
  e52: S('environment: ["A =1"]'),
  e53: S("ports: ['80-82:70-71']"),
  e54: S("extra_hosts: [a]"),
  e55: one("networks: {n: {ipam: {config: {}}}}\nservices: {a: {image: b}}"),
  e56: one("volumes: {v: {external: true, driver: x}}\nservices: {a: {image: b, volumes: ['v:/v']}}"),
  e57: S("ports: ['70000']"),
  e58: S("ports: ['1.2.3:80:80']"),
  e59: S("ports: ['80/foo']"),
  e60: S("volumes: ['a:b:c:d']"),
  e61: S("volumes: ['/a:']"),
  e62: S("volumes: ['/a:/b', '/c:/b']"),
  e63: S("tmpfs: [/b]\nvolumes: ['/c:/b']"),
  e64: S("scale: 2\ncontainer_name: x1"),
  e65: S("scale: 2\ndeploy: {replicas: 3}"),
  e66: S("container_name: '!'"),
  e67: S("image: c\nimage: d"),
  e68: one("secrets: {s: {}}\nservices: {a: {image: b, secrets: [s]}}"),
  e69: one("configs: {s: {file: a, content: b}}\nservices: {a: {image: b, configs: [s]}}"),
  e70: S("secrets: [q]"),
  e71: S("configs: [q]"),
  e72: S("stop_grace_period: x"),
  e73: S('ports: [{target: "${P:-abc}"}]'),
  e74: S("deploy: {replicas: -1}"),
  e75: S("depends_on: {b: {}}"),
  e76: S("network_mode: service:x"),
  e77: one("- a\n- b"),
  e78: one("just text"),
  e79: S('hostname: "${}"'),
  e80: S('hostname: "${1a}"'),
  e81: S("volumes: ['']"),
  e82: S("ports: ['']"),
  e83: S("ports: [':80']"),
  e84: S("ports: ['80:']"),
  e85: S("healthcheck: {retries: x}"),
  e86: S("labels: [a, a]\nprofiles: x"),
  e87: S("env_file: 5"),
  e88: S("tmpfs: {}"),
  e89: one("services: {a: {image: b, cpus: 1, deploy: {resources: {limits: {cpus: '2'}}}}}"),
  // Keys of the user's own, which compose takes out of every mapping.
  x1: one(`name: xk
x-top: &t
  A: one
x-other: [1, 2]
services:
  web:
    image: alpine
    x-service: hello
    command: ["sleep", "1000"]
    environment:
      <<: *t
      x-env: yes1
    labels:
      com.a: b
      x-label: hidden
    annotations:
      x-ann: a
    sysctls:
      x-sys: "1"
    build:
      context: .
      x-b: 1
      args:
        x-arg: 1
        B: "2"
      labels:
        x-l: "1"
    ulimits:
      x-u: 5
    networks:
      a:
        x-n: 1
        aliases: [b]
        driver_opts:
          x-opt: "1"
    healthcheck:
      test: "true"
      x-h: 1
    logging:
      driver: json-file
      x-log: 1
      options:
        x-max: "3"
    deploy:
      x-d: 1
      labels:
        x-dl: "1"
    ports:
      - target: 80
        x-p: 1
    volumes:
      - type: volume
        source: v
        target: /v
        x-v: 1
networks:
  a:
    x-na: 1
    labels:
      x-l: "1"
      y: "2"
    driver_opts:
      x-o: "1"
    ipam:
      x-i: 1
      config:
        - subnet: 10.9.0.0/24
          x-c: 2
volumes:
  v:
    x-vv: 1
    labels: {x-l: "3"}
    driver_opts: {x-o: "3"}
secrets:
  s:
    file: ./s
    x-s: 1
configs:
  c:
    content: hi
    x-c: 1
`),
  x2: one(`services:
  x-web: {image: a, labels: ["x-l=1", "b=2"], environment: ["x-e=1", Y], depends_on: {x-db: {condition: service_started, x-q: 1}}}
  x-db: {image: b, depends_on: [x-two], healthcheck: {x-h: 1}}
  x-two: {image: c, ulimits: {x-u: {soft: 1, hard: 2}}, extra_hosts: ["x-h:1.1.1.1"]}
networks: {x-net: {}}
volumes: {x-v: {}}
secrets: {x-s: {file: ./s}}
x-a: {x-b: 1, c: {x-d: 2}}`),
  x3: one("services: {a: {image: b, networks: {x-net: {}}}}\nnetworks: {x-net: {}}"),
  x4: one("services: {a: {image: b, extra_hosts: {x-h: 1.1.1.1}}}"),
  x5: one(
    "services: {a: {image: b, blkio_config: {x-a: 1, weight: 5}, develop: {x-d: 1}, credential_spec: {x-c: 1}}}",
  ),
  x6: one(
    "services: {a: {image: b, networks: {default: {x-n: 1}}, env_file: [{path: ./nope, required: false, x-e: 1}]}}",
  ),
  x7: one("services: {a: {image: b, labels: {x-n: [1, {b: c}], x-t: true, x-n: 1.5}}}"),
};
