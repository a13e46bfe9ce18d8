import { describe, expect, it } from "vitest";
import { cellOf, releaseNames } from "../../core/releases/row.js";
import { createSimulator } from "../../index.js";

const plain = "a<b>&c";
const escaped = String.raw`a\u003cb\u003e\u0026c\u2028`;
const unescaped = String.raw`a<b>&c\u2028`;

// Seen on the four engines, with everything that has labels, commands or comments.
describe.each(releaseNames)("%s escapes what HTML takes for its own", (release) => {
  const { fetch } = createSimulator({ release });
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { "content-type": "application/json" };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(new Request(`http://simulator${path}`, init))).text();
  };
  const made = (async () => {
    const Labels = { label: `${plain}\u2028` };
    await ask("POST", "/networks/create", { Name: "net", Labels });
    await ask("POST", "/volumes/create", { Name: "vol", Labels });
    await ask("POST", "/containers/create?name=box", { Image: "busybox", Cmd: ["true"], Labels });
    await ask("POST", "/containers/box/start");
    await ask("POST", "/commit?container=box&repo=committed");
  })();

  it.each([
    "/containers/json?all=1",
    "/containers/box/json",
    "/networks/net",
    "/networks",
    "/volumes",
    "/volumes/vol",
    "/images/json",
    "/system/df",
  ])("not in %s", async (path) => {
    await made;
    expect(await ask("GET", path)).toContain(`"label":"${unescaped}"`);
  });

  const inspectEscapes = cellOf({ "20.10": false, "28.5": true, "29": false }, release);

  it(`${inspectEscapes ? "" : "not "}in an image's inspect`, async () => {
    await made;
    const shown = inspectEscapes ? escaped : unescaped;
    expect(await ask("GET", "/images/committed/json")).toContain(`"label":"${shown}"`);
  });

  it("in events", async () => {
    await made;
    const now = Math.floor(Date.now() / 1000) + 1;
    expect(await ask("GET", `/events?since=1&until=${now}`)).toContain(`"label":"${escaped}"`);
  });

  it("not in errors", async () => {
    expect(await ask("GET", `/networks/${encodeURIComponent(plain)}`)).toBe(
      `{"message":"network ${plain} not found"}\n`,
    );
  });
});
