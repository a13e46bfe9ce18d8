import { expect, it } from "vitest";
import { reference } from "./table.js";

it("docs/calls.md is what the declarations say: vitest -u writes it anew", async () => {
  await expect(reference()).toMatchFileSnapshot("../../../../docs/calls.md");
});
