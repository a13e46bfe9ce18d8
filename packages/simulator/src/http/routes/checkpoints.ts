import { engineError } from "@dryharbor/sdk/port";
import { del, get, post, type Route, unread } from "../route.js";

// Routes that only a daemon with --experimental serves; the simulated one never is.

function disabled(): never {
  throw engineError(
    501,
    "This experimental feature is disabled by default. Start the Docker daemon in experimental mode in order to enable it.",
  );
}

export const checkpointRoutes: readonly Route[] = [
  get("/containers/{name:.*}/checkpoints", disabled, unread),
  post("/containers/{name:.*}/checkpoints", disabled, unread),
  del("/containers/{name}/checkpoints/{checkpoint}", disabled, unread),
];
