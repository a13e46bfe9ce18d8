import { expect, it } from "vitest";
import { CookieJar } from "./cookies.js";
import { readUrl } from "./url.js";

const now = 1_700_000_000;

function jarWith(...headers: readonly string[]): CookieJar {
  const jar = new CookieJar();
  for (const header of headers) jar.set(header, readUrl("http://shop.example.test/a/b"), now);
  return jar;
}

it("sends cookies to whom they are for, those with longer paths first", () => {
  const jar = jarWith("one=1", "two=2; Path=/", "three=3; Path=/a/b; Domain=.example.test", "four=4; Secure");
  const cookies = (url: string) => jar.for(readUrl(url), now);
  expect(cookies("http://shop.example.test/a/b")).toBe("three=3; one=1; two=2");
  expect(cookies("http://shop.example.test/ab")).toBe("two=2");
  expect(cookies("http://other.example.test/a/b/c")).toBe("three=3");
  expect(cookies("https://shop.example.test/a")).toBe("four=4; one=1; two=2");
});

it("refuses cookies for foreign domains, and drops those whose time is over", () => {
  const jar = jarWith(
    "foreign=1; Domain=other.test",
    "old=1; Expires=Tue, 15 Nov 1994 12:45:26 GMT",
    "short=1; Max-Age=10",
    "gone=1",
    "gone=1; Max-Age=0",
  );
  expect(jar.for(readUrl("http://shop.example.test/a/"), now)).toBe("short=1");
  expect(jar.for(readUrl("http://shop.example.test/a/"), now + 10)).toBe("");
});

it("writes a file that it reads again", () => {
  const jar = jarWith("one=1; Path=/; HttpOnly", "two=2; Domain=example.test; Max-Age=60");
  const other = new CookieJar();
  other.load(jar.text(), false);
  expect(other.text().split("\n").slice(4).toSorted()).toEqual(jar.text().split("\n").slice(4).toSorted());
  const kept = new CookieJar();
  kept.load(jar.text(), true);
  expect(kept.for(readUrl("http://shop.example.test/a/"), now)).toBe("two=2");
});
