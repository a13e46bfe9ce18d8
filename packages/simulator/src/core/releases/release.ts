// Puts the tables of this folder together for one release. `createSimulator` picks the release, the core
// reads it as `daemon.release`, and code asks `daemon.release.networks.allowsDuplicateNames` rather than
// which release it is.

import { archivesRows } from "./archives.js";
import { containersRows } from "./containers.js";
import { dnsRows } from "./dns.js";
import { endpointsRows } from "./endpoints.js";
import { environmentRows } from "./environment.js";
import { eventsRows } from "./events.js";
import { filtersRows } from "./filters.js";
import { healthRows } from "./health.js";
import { httpRows } from "./http.js";
import { imagesRows } from "./images.js";
import { ipamRows } from "./ipam.js";
import { networksRows } from "./networks.js";
import { requestsRows } from "./requests.js";
import { type Column, column, type ReleaseName } from "./row.js";
import { swarmRows } from "./swarm.js";
import { systemRows } from "./system.js";
import { trafficRows } from "./traffic.js";
import { volumesRows } from "./volumes.js";

/**
 * All that one engine release does in its own way, as data. Each property is that release's column of one
 * table. Code asks these tables and never compares the names of releases.
 */
export interface Release {
  readonly name: ReleaseName;
  readonly system: Column<typeof systemRows>;
  readonly networks: Column<typeof networksRows>;
  readonly ipam: Column<typeof ipamRows>;
  readonly endpoints: Column<typeof endpointsRows>;
  readonly containers: Column<typeof containersRows>;
  readonly images: Column<typeof imagesRows>;
  readonly dns: Column<typeof dnsRows>;
  readonly environment: Column<typeof environmentRows>;
  readonly events: Column<typeof eventsRows>;
  readonly filters: Column<typeof filtersRows>;
  readonly health: Column<typeof healthRows>;
  readonly http: Column<typeof httpRows>;
  readonly requests: Column<typeof requestsRows>;
  readonly traffic: Column<typeof trafficRows>;
  readonly volumes: Column<typeof volumesRows>;
  readonly archives: Column<typeof archivesRows>;
  readonly swarm: Column<typeof swarmRows>;
}

const columns = new Map<ReleaseName, Release>();

/** Returns the release of this name: its column of every table. All simulators of a release share it. */
export function release(name: ReleaseName): Release {
  let found = columns.get(name);
  if (!found) {
    found = columnOf(name);
    columns.set(name, found);
  }
  return found;
}

function columnOf(name: ReleaseName): Release {
  return {
    name,
    system: column(systemRows, name),
    networks: column(networksRows, name),
    ipam: column(ipamRows, name),
    endpoints: column(endpointsRows, name),
    containers: column(containersRows, name),
    images: column(imagesRows, name),
    dns: column(dnsRows, name),
    environment: column(environmentRows, name),
    events: column(eventsRows, name),
    filters: column(filtersRows, name),
    health: column(healthRows, name),
    http: column(httpRows, name),
    requests: column(requestsRows, name),
    traffic: column(trafficRows, name),
    volumes: column(volumesRows, name),
    archives: column(archivesRows, name),
    swarm: column(swarmRows, name),
  };
}
