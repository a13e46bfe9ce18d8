import { expect, it } from "vitest";
import { CurlError } from "./curl-error.js";
import { expandGlob, nameWith } from "./glob.js";

const urls = (pattern: string) => expandGlob(pattern).map(({ url }) => url);

it("expands sets and ranges, the last one first", () => {
  expect(urls("w/{a,b}/[1-2]")).toEqual(["w/a/1", "w/a/2", "w/b/1", "w/b/2"]);
  expect(urls("w/[08-10]")).toEqual(["w/08", "w/09", "w/10"]);
  expect(urls("w/[a-e:2]")).toEqual(["w/a", "w/c", "w/e"]);
  expect(urls("http://[fd00::1]/[]\\{a\\}")).toEqual(["http://[fd00::1]/[]{a}"]);
});

it("puts what varies into names of files", () => {
  expect(expandGlob("w/{a,b}/[1-2]").map((each) => nameWith("#2-#1#3", each))).toEqual([
    ...["1-a#3", "2-a#3", "1-b#3", "2-b#3"],
  ]);
});

// The positions were seen with curl 8.14.1.
it.each([
  ["http://[::1/", "bad range specification in URL position 9:"],
  ["http://[nosuch]/", "bad range in URL position 9:"],
])("refuses %s", (pattern, why) => {
  const place = `${" ".repeat(8)}^`;
  expect(() => expandGlob(pattern)).toThrow(new CurlError(3, `${why}\n${pattern}\n${place}`));
});
