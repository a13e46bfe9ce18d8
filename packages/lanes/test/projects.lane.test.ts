// Each project installs the packed packages, and its test passes on each of its Nodes.
import { describe, it } from "vitest";
import { install, lanes } from "../src/lane.js";

describe.concurrent("the packages are what their users expect in", async () => {
  it.for(await lanes(process.env.DRYHARBOR_LANES))("%s", async (name) => {
    await using lane = await install(name);
    for (const node of lane.nodes) await lane.test(node);
  });
});
