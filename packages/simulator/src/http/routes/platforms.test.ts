import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";
import { noBody } from "../message.js";

const arm = { os: "linux", architecture: "arm64" };
const amd = { os: "Linux", architecture: "x86_64" };
const { handle } = createSimulator({ release: "28.5", pull: "deny" });
const newest = createSimulator({ release: "29", pull: "deny" });

async function ask(line: string, platform: unknown, name = "platform", by = handle): Promise<string> {
  const [method = "", path = ""] = line.split(" ");
  const given = encodeURIComponent(typeof platform === "string" ? platform : JSON.stringify(platform));
  const target = `${path}${path.includes("?") ? "&" : "?"}${name}=${given}`;
  const signal = new AbortController().signal;
  const { status, body } = await by({ method, target, headers: { host: "d" }, body: noBody, signal });
  const message = typeof body === "string" && status >= 400 ? JSON.parse(body).message : "";
  return `${status} ${message}`;
}

const inspect = "GET /images/busybox/json";
const mismatch =
  "404 image with reference busybox was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)";

it.each([
  [amd, "200 "],
  ["", "200 "],
  [arm, mismatch],
  [{}, "400 both OS and Architecture must be provided"],
  ["null", "400 both OS and Architecture must be provided"],
  [{ variant: "v8" }, "400 optional platform fields provided, but OS and Architecture are missing"],
  ["zz", "400 failed to parse platform: invalid character 'z' looking for beginning of value"],
  ["[]", "400 failed to parse platform: json: cannot unmarshal array into Go value of type v1.Platform"],
  [
    { os: 5 },
    "400 failed to parse platform: json: cannot unmarshal number into Go struct field Platform.os of type string",
  ],
])("an image is looked at for %j", async (platform, answer) => {
  expect(await ask(inspect, platform)).toBe(answer);
});

it("routes that know platforms look at them, for clients that know them", async () => {
  expect(await ask("GET /v1.48/images/busybox/json", "zz")).toBe("200 ");
  expect(await ask(`${inspect}?manifests=1`, arm)).toBe(
    "400 conflicting options: manifests and platform options cannot both be set",
  );
  expect(await ask("POST /images/busybox/push", arm)).toBe(mismatch);
  expect(await ask("POST /v1.45/images/busybox/push", "zz")).toBe("200 ");
  expect(await ask("DELETE /images/busybox", arm, "platforms")).toBe(mismatch);
  expect(await ask("DELETE /v1.49/images/nope", "zz", "platforms")).toBe("404 No such image: nope:latest");
  expect(await ask("DELETE /images/busybox", amd, "platforms")).toBe("200 ");
});

it("29 has images for several platforms", async () => {
  const ask29 = (line: string, platform: unknown, name?: string) => ask(line, platform, name, newest.handle);
  const missing = "does not provide the specified platform (linux/arm64)";
  expect(await ask29(inspect, amd)).toBe("200 ");
  expect(await ask29(inspect, arm)).toBe(`404 image with reference busybox was found but ${missing}`);
  expect(await ask29("GET /images/busybox/history", arm)).toBe(
    `404 image with reference busybox:latest was found but ${missing}`,
  );
  expect(await ask29("GET /images/busybox/get", arm)).toBe(
    `404 no suitable export target found: image with reference busybox:latest was found but ${missing}`,
  );
  expect(await ask29("POST /images/busybox/push", arm)).toBe("200 ");
  expect(await ask29("DELETE /images/busybox", arm, "platforms")).toMatch(
    /^400 Content will be removed from all images/,
  );
  const { Id } = await newest.engine.images.inspect("busybox");
  expect(await ask29("DELETE /images/busybox?force=1", arm, "platforms")).toBe(
    `404 failed to delete platform linux/arm64 for image ${Id}: image with reference busybox:latest was found but does not provide any platform`,
  );
  expect(await ask29(`GET /v1.51/images/get?names=busybox&platform=${JSON.stringify(arm)}`, arm)).toMatch(
    /^400 multiple platform parameters are not supported in this API version/,
  );
  expect(await ask29("GET /images/json?identity=1", "")).toBe(
    "400 conflicting options: identity requires manifests=1",
  );
});
