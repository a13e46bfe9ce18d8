import { expect, it } from "vitest";
import { ask as askSimulator } from "../../../test/ask.js";
import { cellOf, type ReleaseName, releaseNames } from "../../core/releases/row.js";
import { createSimulator } from "../../simulator.js";

const ask = async (release: ReleaseName, line: string) => {
  const { status, body } = await askSimulator(createSimulator({ release }), line);
  return `${status} ${body ?? ""}`.replace(/\{"message":"(.*)"\}\n/, "$1").replaceAll("\\", "");
};
const prune = (release: ReleaseName, filters: object) =>
  ask(release, `POST /build/prune?filters=${encodeURIComponent(JSON.stringify(filters))}`);

it.each(releaseNames)("%s has nothing built, and says what it cannot read", async (release) => {
  const [old, wrong] = release === "20.10" ? [true, 500] : [false, 400];
  const nothing = '200 {"CachesDeleted":null,"SpaceReclaimed":0}\n';
  expect(await prune(release, { until: ["1h"], id: ["x"] })).toBe(nothing);
  expect(await prune(release, { nope: ["x"] })).toBe(
    `400 failed to prune build cache: ${old ? "I" : "i"}nvalid filter 'nope'`,
  );
  expect(await prune(release, { until: ["1h", "2h"] })).toBe(
    "400 failed to prune build cache: filters expect only one value",
  );
  const noTime = cellOf({ "20.10": '"zz"', "29": 'invalid seconds "zz": invalid syntax' }, release);
  expect(await prune(release, { until: ["zz"] })).toBe(
    old
      ? `500 failed to prune build cache: "until" filter expects a duration (e.g., '24h'): time: invalid duration "zz"`
      : `400 failed to prune build cache: "until" filter expects a duration (e.g., '24h') or a timestamp: failed to parse value as time or duration: ${noTime}`,
  );
  expect(await ask(release, "POST /build/prune?keep-storage=x")).toBe(
    `${wrong} keep-storage is in bytes and expects an integer, got x: strconv.Atoi: parsing "x": invalid syntax`,
  );
  expect(await ask(release, "POST /build/prune?max-used-space=x")).toMatch(
    cellOf({ "20.10": /^200/, "28.5": /^400 max-used-space is in bytes/ }, release),
  );
  expect(await ask(release, "POST /v1.41/build/prune?max-used-space=x")).toBe(nothing);
  expect(await ask(release, "POST /build/cancel")).toBe(`${wrong} build ID not provided`);
  expect(await ask(release, "POST /build/cancel?id=x")).toBe("200 ");
});

it.each(releaseNames)("%s has no plugins and no checkpoints", async (release) => {
  expect(await ask(release, 'GET /plugins?filters={"enabled":["true","false"]}')).toMatch(
    release === "20.10" ? /^200 \[\]/ : /^400 invalid filter 'enabled=\[true false\]'/,
  );
  expect(await ask(release, "GET /plugins/privileges?remote=x/y")).toBe("200 []\n");
  const wrong = cellOf({ "20.10": 500, "29": 400 }, release);
  expect(await ask(release, "GET /plugins/privileges")).toBe(`${wrong} invalid reference format`);
  expect(await ask(release, "POST /plugins/a/enable")).toBe(
    `${wrong} strconv.Atoi: parsing "": invalid syntax`,
  );
  expect(await ask(release, "POST /plugins/a/enable?timeout=1")).toBe('404 plugin "a" not found');
  expect(await ask(release, "POST /plugins/a/set")).toBe(
    release === "20.10" ? "400 got EOF while reading request body" : '404 plugin "a" not found',
  );
  expect(await ask(release, "GET /containers/x/checkpoints")).toMatch(/^501 This experimental feature/);
  expect(await ask(release, "PUT /volumes/x")).toMatch(
    release === "20.10" ? /^404 page not found/ : /^503 volume update only valid for cluster volumes/,
  );
  expect(await ask(release, "POST /containers/x/copy")).toMatch(
    release === "20.10" ? /^404 $/ : /^404 page not found/,
  );
});
