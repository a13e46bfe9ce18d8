import { since28, since29 } from "./row.js";

interface StreamTypes {
  readonly usual: string;
  readonly since: string;
  readonly offered: readonly string[];
}

/** Differences between releases in events. The comment of a boolean row describes `true`. */
export const eventsRows = {
  /** How many `disconnect` events a network emits when a running container leaves it. Seen: events. */
  disconnectEvents: since28(2, 1),

  /** A network emits `disconnect` for a container that does not run. Seen: events. */
  tellsStoppedDisconnect: since28(true, false),

  /**
   * The API version from which events have no `status`, `id` and `from`; empty when they always have them. 29
   * sorts the keys of an event to which it adds them. Seen: events through 1.40 to 1.55.
   */
  olderFieldsBefore: since29("", "1.52"),

  /** The API version from which clients hear of created images; empty for all. Read in moby's system router. */
  imageCreateSince: since29("", "1.46"),

  /** A time before 1970 counts as any other, and there is a time before all times. Seen: `until=-5`. */
  readsEveryTime: since29(false, true),

  /**
   * The stream's type is negotiated. `usual` is what a client gets that asks for none, from API version `since`
   * on. Seen: events with several headers Accept.
   */
  streamTypes: since29<StreamTypes | undefined>(undefined, {
    usual: "application/jsonl",
    since: "1.52",
    offered: ["application/jsonl", "application/x-ndjson", "application/json-seq"],
  }),
};
