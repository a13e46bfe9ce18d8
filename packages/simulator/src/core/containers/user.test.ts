import { expect, it } from "vitest";
import { userProblem } from "./user.js";

// The messages of all three engines about an image that only has root.
it.each([
  ["", undefined],
  ["root", undefined],
  ["1234", undefined],
  ["root:0", undefined],
  ["nobody", "unable to find user nobody: no matching entries in passwd file"],
  ["x y", "unable to find user x y: no matching entries in passwd file"],
  [":nogroup", "unable to find group nogroup: no matching entries in group file"],
  ["0:nogroup", "unable to find group nogroup: no matching entries in group file"],
  ["3000000000", "uids and gids must be in range 0-2147483647"],
])("%j", (user, problem) => {
  expect(userProblem(user)).toBe(problem);
});
