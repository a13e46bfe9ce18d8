import { expect, it } from "vitest";
import { fuzzControl } from "../../fuzz/control.js";

it("answers whatever is asked, and what it refuses changes nothing", { timeout: 120_000 }, async () => {
  const { requests, statuses } = await fuzzControl(1_000, Math.floor(Math.random() * 1e6));
  expect(requests).toBeGreaterThanOrEqual(1_000);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404, 422]));
});
