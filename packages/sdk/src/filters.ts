/**
 * Filters as the Engine API takes them: a key with the values to match. What several values of a
 * key mean (OR, AND) is the key's own affair and said where the key is declared.
 *
 * @example { label: ["tier=front"], driver: ["bridge"] }
 */
export type Filters<Key extends string> = { readonly [K in Key]?: readonly string[] };

/** `GET /networks`. `name` and `id` are unanchored regular expressions, OR. `label`s are AND. */
export type NetworkListFilters = Filters<"name" | "id" | "driver" | "scope" | "type" | "label" | "dangling">;

/** `POST /networks/prune`. `until`: a Go duration, Unix seconds or RFC 3339. */
export type NetworkPruneFilters = Filters<"label" | "label!" | "until">;

/** `GET /containers/json`. `name` is an unanchored regular expression, `id` a prefix. `label`s are AND. */
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

/** `POST /containers/prune`. */
export type ContainerPruneFilters = Filters<"label" | "label!" | "until">;

/** `GET /images/json`. */
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
