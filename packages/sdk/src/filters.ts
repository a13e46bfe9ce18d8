/**
 * Filters as the Engine API takes them: a key with the values to match. What several values of a
 * key mean (OR, AND) is the key's own affair and said where the key is declared.
 *
 * @example { label: ["tier=front"], driver: ["bridge"] }
 */
export type Filters<Key extends string> = { readonly [K in Key]?: readonly string[] };

/**
 * `GET /networks`. `name` and `id` are unanchored regular expressions; `type` is `custom` or `builtin`, `dangling` `true`
 * or `false`; `label` is `key` or `key=value`. `label`s are AND, all others OR.
 */
export type NetworkListFilters = Filters<"name" | "id" | "driver" | "scope" | "type" | "label" | "dangling">;

/** `POST /networks/prune`. `until`: a Go duration, Unix seconds or RFC 3339. */
export type NetworkPruneFilters = Filters<"label" | "label!" | "until">;

/**
 * `GET /containers/json`. `name` is an unanchored regular expression, `id` a prefix, `network` a name or (of containers
 * that were started) the beginning of an id; `exited` is an exit code, `before` and `since` are containers, `ancestor` is
 * an image; `publish` and `expose` are `port/protocol`. `label`s are AND, all others OR.
 */
export type ContainerListFilters = Filters<
  | "name"
  | "id"
  | "network"
  | "status"
  | "label"
  | "exited"
  | "before"
  | "since"
  | "ancestor"
  | "publish"
  | "expose"
  | "health"
  | "is-task"
  | "isolation"
  | "volume"
>;

/** `POST /containers/prune`. `until`: a Go duration, Unix seconds or RFC 3339: those made before then. `label`s are AND. */
export type ContainerPruneFilters = Filters<"label" | "label!" | "until">;

/** `GET /images/json`. `reference` is a pattern, OR; `before` and `since` are images; `label`s are AND. */
export type ImageListFilters = Filters<"reference" | "label" | "dangling" | "before" | "since" | "until">;

/**
 * `GET /events`. Values of a key are OR, keys are AND. `container`, `network` and `image` match a
 * prefix of the actor's id or name.
 */
export type EventFilters = Filters<
  | "type"
  | "event"
  | "container"
  | "network"
  | "image"
  | "volume"
  | "daemon"
  | "label"
  | "scope"
  | "plugin"
  | "service"
  | "node"
  | "secret"
  | "config"
>;

/** `POST /images/prune`. `dangling` is `true` (default: only images without a name) or `false`; `until` as for containers. */
export type ImagePruneFilters = Filters<"dangling" | "label" | "label!" | "until">;

/** `GET /images/search`. `stars` is a number: at least so many. */
export type ImageSearchFilters = Filters<"is-automated" | "is-official" | "stars">;

/** `GET /volumes`. `name` is an unanchored regular expression; `dangling` `true` or `false`. `label`s are AND, all others OR. */
export type VolumeListFilters = Filters<"dangling" | "driver" | "label" | "name">;

/** `POST /volumes/prune`. `all`, from 26.1 on: `true` for those that have a name, too. */
export type VolumePruneFilters = Filters<"all" | "label" | "label!">;

/** `GET /nodes`. `role` is `manager` or `worker`, `membership` `accepted` or `pending`; `id` and `name` are prefixes. */
export type NodeListFilters = Filters<"id" | "label" | "membership" | "name" | "node.label" | "role">;

/** `GET /services`. `mode` is `replicated` or `global`; `id` and `name` are prefixes. */
export type ServiceListFilters = Filters<"id" | "label" | "mode" | "name" | "runtime">;

/** `GET /tasks`. `desired-state` is `running`, `shutdown` or `accepted`; `node` and `service` are names or ids. */
export type TaskListFilters = Filters<
  "desired-state" | "id" | "label" | "name" | "node" | "runtime" | "service"
>;

/** `GET /secrets`. `id` and `name` are prefixes; `names` are whole. */
export type SecretListFilters = Filters<"id" | "label" | "name" | "names">;

/** `GET /configs`. `id` and `name` are prefixes. */
export type ConfigListFilters = Filters<"id" | "label" | "name">;
