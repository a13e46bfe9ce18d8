// The commands that the port has no calls for, as rows: the command, its usage (`¦` for `|`), what it does, how many
// arguments it takes, and its flags: `name/letter`, with a colon where a value follows.
export const unsupportedRows = `
config create | [OPTIONS] CONFIG file¦- | Create a config from a file or STDIN | 2 | label/l: template-driver:
config rm | CONFIG [CONFIG...] | Remove one or more configs | 1+ | 
context create | [OPTIONS] CONTEXT | Create a context | 1 | description: docker: from:
context export | [OPTIONS] CONTEXT [FILE¦-] | Export a context to a tar archive FILE or a tar stream on STDOUT. | 1-2 | 
context import | CONTEXT FILE¦- | Import a context from a tar or zip file | 2 | 
context rm | CONTEXT [CONTEXT...] | Remove one or more contexts | 1+ | force/f
context update | [OPTIONS] CONTEXT | Update a context | 1 | description: docker:
context use | CONTEXT | Set the current docker context | 1 | 
node demote | NODE [NODE...] | Demote one or more nodes from manager in the swarm | 1+ | 
node promote | NODE [NODE...] | Promote one or more nodes to manager in the swarm | 1+ | 
node ps | [OPTIONS] [NODE...] | List tasks running on one or more nodes, defaults to current node | 0+ | filter/f: format: no-resolve no-trunc quiet/q
node rm | [OPTIONS] NODE [NODE...] | Remove one or more nodes from the swarm | 1+ | force/f
node update | [OPTIONS] NODE | Update a node | 1 | availability: label-add: label-rm: role:
plugin create | [OPTIONS] PLUGIN PLUGIN-DATA-DIR | Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory. | 2 | compress
plugin disable | [OPTIONS] PLUGIN | Disable a plugin | 1 | force/f
plugin enable | [OPTIONS] PLUGIN | Enable a plugin | 1 | timeout:
plugin install | [OPTIONS] PLUGIN [KEY=VALUE...] | Install a plugin | 1+ | alias: disable disable-content-trust grant-all-permissions
plugin push | [OPTIONS] PLUGIN[:TAG] | Push a plugin to a registry | 1 | disable-content-trust
plugin rm | [OPTIONS] PLUGIN [PLUGIN...] | Remove one or more plugins | 1+ | force/f
plugin set | PLUGIN KEY=VALUE [KEY=VALUE...] | Change settings for a plugin | 2+ | 
plugin upgrade | [OPTIONS] PLUGIN [REMOTE] | Upgrade an existing plugin | 1-2 | disable-content-trust grant-all-permissions skip-remote-check
secret create | [OPTIONS] SECRET [file¦-] | Create a secret from a file or STDIN as content | 1-2 | driver/d: label/l: template-driver:
secret rm | SECRET [SECRET...] | Remove one or more secrets | 1+ | 
service create | [OPTIONS] IMAGE [COMMAND] [ARG...] | Create a new service | 1+ | cap-add: cap-drop: config: constraint: container-label: credential-spec: detach/d dns: dns-option: dns-search: endpoint-mode: entrypoint: env/e: env-file: generic-resource: group: health-cmd: health-interval: health-retries: health-start-interval: health-start-period: health-timeout: host: hostname: init isolation: label/l: limit-cpu: limit-memory: limit-pids: log-driver: log-opt: max-concurrent: mode: mount: name: network: no-healthcheck no-resolve-image oom-score-adj: placement-pref: publish/p: quiet/q read-only replicas: replicas-max-per-node: reserve-cpu: reserve-memory: restart-condition: restart-delay: restart-max-attempts: restart-window: rollback-delay: rollback-failure-action: rollback-max-failure-ratio: rollback-monitor: rollback-order: rollback-parallelism: secret: stop-grace-period: stop-signal: sysctl: tty/t ulimit: update-delay: update-failure-action: update-max-failure-ratio: update-monitor: update-order: update-parallelism: user/u: with-registry-auth workdir/w:
service logs | [OPTIONS] SERVICE¦TASK | Fetch the logs of a service or task | 1 | details follow/f no-resolve no-task-ids no-trunc raw since: tail/n: timestamps/t
service ps | [OPTIONS] SERVICE [SERVICE...] | List the tasks of one or more services | 1+ | filter/f: format: no-resolve no-trunc quiet/q
service rm | SERVICE [SERVICE...] | Remove one or more services | 1+ | 
service rollback | [OPTIONS] SERVICE | Revert changes to a service's configuration | 1 | detach/d quiet/q
service scale | SERVICE=REPLICAS [SERVICE=REPLICAS...] | Scale one or multiple replicated services | 1+ | detach/d
service update | [OPTIONS] SERVICE | Update a service | 1 | args: cap-add: cap-drop: config-add: config-rm: constraint-add: constraint-rm: container-label-add: container-label-rm: credential-spec: detach/d dns-add: dns-option-add: dns-option-rm: dns-rm: dns-search-add: dns-search-rm: endpoint-mode: entrypoint: env-add: env-rm: force generic-resource-add: generic-resource-rm: group-add: group-rm: health-cmd: health-interval: health-retries: health-start-interval: health-start-period: health-timeout: host-add: host-rm: hostname: image: init isolation: label-add: label-rm: limit-cpu: limit-memory: limit-pids: log-driver: log-opt: max-concurrent: mount-add: mount-rm: network-add: network-rm: no-healthcheck no-resolve-image oom-score-adj: placement-pref-add: placement-pref-rm: publish-add: publish-rm: quiet/q read-only replicas: replicas-max-per-node: reserve-cpu: reserve-memory: restart-condition: restart-delay: restart-max-attempts: restart-window: rollback rollback-delay: rollback-failure-action: rollback-max-failure-ratio: rollback-monitor: rollback-order: rollback-parallelism: secret-add: secret-rm: stop-grace-period: stop-signal: sysctl-add: sysctl-rm: tty/t ulimit-add: ulimit-rm: update-delay: update-failure-action: update-max-failure-ratio: update-monitor: update-order: update-parallelism: user/u: with-registry-auth workdir/w:
stack config | [OPTIONS] | Outputs the final config file, after doing merges and interpolations | 0 | compose-file/c: skip-interpolation
stack deploy | [OPTIONS] STACK | Deploy a new stack or update an existing stack | 1 | compose-file/c: detach/d prune quiet/q resolve-image: with-registry-auth
stack ls | [OPTIONS] | List stacks | 0 | format:
stack ps | [OPTIONS] STACK | List the tasks in the stack | 1 | filter/f: format: no-resolve no-trunc quiet/q
stack rm | [OPTIONS] STACK [STACK...] | Remove one or more stacks | 1+ | detach/d
stack services | [OPTIONS] STACK | List the services in the stack | 1 | filter/f: format: quiet/q
swarm ca | [OPTIONS] | Display and rotate the root CA | 0 | ca-cert: ca-key: cert-expiry: detach/d external-ca: quiet/q rotate
swarm init | [OPTIONS] | Initialize a swarm | 0 | advertise-addr: autolock availability: cert-expiry: data-path-addr: data-path-port: default-addr-pool: default-addr-pool-mask-length: dispatcher-heartbeat: external-ca: force-new-cluster listen-addr: max-snapshots: snapshot-interval: task-history-limit:
swarm join | [OPTIONS] HOST:PORT | Join a swarm as a node and/or manager | 1 | advertise-addr: availability: data-path-addr: listen-addr: token:
swarm leave | [OPTIONS] | Leave the swarm | 0 | force/f
swarm unlock |  | Unlock swarm | 0 | 
swarm unlock-key | [OPTIONS] | Manage the unlock key | 0 | quiet/q rotate
swarm update | [OPTIONS] | Update the swarm | 0 | autolock cert-expiry: dispatcher-heartbeat: external-ca: max-snapshots: snapshot-interval: task-history-limit:
`;
