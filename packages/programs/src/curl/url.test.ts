import { describe, expect, it } from "vitest";
import { readUrl, redirected, UrlError, urlText } from "./url.js";

describe("a URL", () => {
  it.each([
    ["web", "http://web/"],
    ["HTTP://Web:80/a", "http://Web/a"],
    ["http:///web/a", "http://web/a"],
    ["http://web:8080?q#f", "http://web:8080/?q#f"],
    ["web/a/../b/./c/..", "http://web/b/"],
    ["ftp.web/x", "ftp://ftp.web/x"],
    ["http://127.1/", "http://127.0.0.1/"],
    ["http://[FD00::0:1]:81", "http://[fd00::1]:81/"],
    ["http://me:a%40b@web/", "http://me:a@b@web/"],
    ["web/ä", "http://web/%c3%a4"],
  ])("%s is read as %s", (text, expected) => {
    expect(urlText(readUrl(text))).toBe(expected);
  });

  it.each([
    ["", "Malformed input to a URL function"],
    ["http://a b/", "Malformed input to a URL function"],
    ["http://", "No host part in the URL"],
    ["http:////web", "Unsupported number of slashes following scheme"],
    ["http://web:65536/", "Port number was not a decimal number between 0 and 65535"],
    ["http://we;b/", "Bad hostname"],
    ["http://[::g]/", "Bad IPv6 address"],
  ])("%j is refused", (text, why) => {
    expect(() => readUrl(text)).toThrow(new UrlError(why));
  });
});

it.each([
  ["/b?c", "http://me@web:81/b?c"],
  ["b", "http://me@web:81/x/b"],
  ["../b", "http://me@web:81/b"],
  ["?c", "http://me@web:81/x/y?c"],
  ["//other/b", "http://other/b"],
  ["https://other", "https://other/"],
  ["a b", "http://me@web:81/x/a%20b"],
])("a redirect to %s leads to %s", (location, expected) => {
  expect(urlText(redirected(readUrl("http://me@web:81/x/y?z"), location, false))).toBe(expected);
});
