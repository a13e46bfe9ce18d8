import type { SwarmSecret } from "@dryharbor/sdk/port";
import type { Daemon } from "../../daemon.js";
import {
  acceptFilters,
  type FilterValues,
  matchesExactly,
  matchesLabels,
  matchesPrefix,
} from "../../filters/match.js";
import { byId, findIn } from "../find.js";
import { showMeta } from "../show.js";
import { type ObjectKind, objectsOf } from "./kind.js";
import type { SwarmObject } from "./object.js";

/** Answers `GET /secrets` and `GET /configs`, sorted by id. @throws 400, 503 */
export function listObjects(daemon: Daemon, kind: ObjectKind, filters: FilterValues): SwarmSecret[] {
  const objects = objectsOf(daemon, kind);
  acceptFilters(daemon.release, filters, kind.filters);
  return byId(objects)
    .filter(
      ({ id, name, labels }) =>
        matchesPrefix(filters, "name", name) &&
        matchesExactly(filters, "names", name) &&
        matchesPrefix(filters, "id", id) &&
        matchesLabels(filters, "label", labels),
    )
    .map((object) => showObject(kind, object));
}

/** Answers `GET /secrets/{id}` and `GET /configs/{id}`, by id, name or prefix of the id. @throws 404, 503 */
export function inspectObject(daemon: Daemon, kind: ObjectKind, ref: string): SwarmSecret {
  return showObject(kind, findIn(objectsOf(daemon, kind), kind.what, ref));
}

function showObject({ showsData }: ObjectKind, object: SwarmObject): SwarmSecret {
  return {
    ID: object.id,
    ...showMeta(object),
    Spec: {
      Name: object.name,
      Labels: { ...object.labels },
      ...(showsData && { Data: object.data }),
      ...(object.templating && { Templating: showDriver(object.templating) }),
    },
  };
}

function showDriver({ Name, Options }: NonNullable<SwarmObject["templating"]>): object {
  return { ...(Name && { Name }), ...(Options && Object.keys(Options).length > 0 && { Options }) };
}
