import { findContainer } from "../../core/containers/find.js";
import { resizeContainer } from "../../engine/resize.js";
import { topOf } from "../../engine/top.js";
import { empty, json } from "../answer.js";
import { get, post, type Route } from "../route.js";
import { terminalSize } from "../terminal-size.js";

/** What a container's processes are and use. */
export const processRoutes: readonly Route[] = [
  get("/containers/{name:.*}/top", (call) => {
    const { daemon, query } = call;
    const { Processes, Titles } = topOf(
      daemon,
      findContainer(daemon, call.variable("name")),
      query.text("ps_args"),
    );
    return json({ Processes, Titles });
  }),
  post("/containers/{name:.*}/resize", (call) => {
    const size = terminalSize(call);
    resizeContainer(call.daemon, findContainer(call.daemon, call.variable("name")), size);
    return empty(200);
  }),
];
