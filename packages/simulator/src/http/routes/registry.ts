import { EngineError, engineError } from "@dryharbor/sdk/port";
import { inspectDistribution } from "../../core/images/distribution.js";
import { logIn } from "../../core/images/login.js";
import { searchImages } from "../../core/images/search.js";
import { InvalidNumber, parseInteger } from "../../core/strconv.js";
import { push } from "../../engine/push.js";
import { auth, login } from "../../requests/bodies/auth.js";
import { empty, json } from "../answer.js";
import type { Call } from "../call.js";
import { progress } from "../progress.js";
import { get, post, type Route, unread } from "../route.js";

// Routes that ask the registry, except pulls: search, distribution, push and login.

export const registryRoutes: readonly Route[] = [
  get("/images/search", ({ daemon, query }) => {
    const limit = limitOf(query.text("limit"), daemon.release.images.search.limitIsNoNumber);
    const filters = query.filters(daemon);
    // The engine returns an error without a message here, so the answer is empty. Seen on 26.1 and 28.5.
    if (limit !== undefined && limit < 0 && daemon.release.images.search.zeroIsDefault) return empty(200);
    return json(searchImages(daemon, query.text("term"), filters, limit));
  }),
  get("/distribution/{name:.*}/json", (call) =>
    json(inspectDistribution(call.daemon, call.variable("name"))),
  ),
  post("/images/{name:.*}/push", async (call) => {
    await checkAuth(call);
    const { daemon, session, query } = call;
    const wanted = { tag: query.text("tag"), platform: query.text("platform") };
    return progress(daemon.release, push(session, call.variable("name"), wanted));
  }),
  post("/auth", async (call) => json(logIn(call.daemon, await call.body(login))), unread),
];

function limitOf(
  text: string,
  problem: (words: string) => { readonly status: number; readonly message: string },
): number | undefined {
  if (text === "") return undefined;
  try {
    return parseInteger(text);
  } catch (error) {
    if (!(error instanceof InvalidNumber)) throw error;
    const { status, message } = problem(error.message);
    throw engineError(status, message);
  }
}

/**
 * Checks the credentials of clients so old that they send them in the body. @throws {EngineError} 400 without
 * them
 */
async function checkAuth(call: Call): Promise<void> {
  const { pushWithoutAuth } = call.daemon.release.images;
  if (!pushWithoutAuth || call.request.headers["x-registry-auth"]) return;
  try {
    await call.body(auth);
  } catch (error) {
    throw error instanceof EngineError ? engineError(400, pushWithoutAuth(error.message)) : error;
  }
}
