import { describe, expect, it } from "vitest";
import { createSimulator, type ReleaseName, releaseNames } from "../../index.js";

async function ask(release: ReleaseName, line: string, body = "") {
  const [method = "", target = ""] = line.split(" ");
  const bytes = new TextEncoder().encode(body);
  const { status, body: answer } = await createSimulator({ release }).handle({
    method,
    target,
    headers: { host: "d", "content-type": "application/json" },
    body: {
      length: bytes.length,
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
    },
    signal: new AbortController().signal,
  });
  return `${status} ${JSON.parse(String(answer)).message}`;
}

const noManager =
  '503 This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

// What the three engines answered outside of a swarm.
describe("outside a swarm", () => {
  it.each(["/swarm/unlock", "/services/create", "/secrets/create", "/configs/create"])(
    "%s reads its body first",
    async (path) => {
      const all = async (body: string) =>
        Promise.all(releaseNames.map((release) => ask(release, `POST ${path}`, body)));
      expect(await all("")).toEqual(["400 got EOF while reading request body", noManager, noManager]);
      expect(await all("{")).toEqual([
        "400 unexpected EOF",
        "400 invalid JSON: unexpected EOF",
        "400 invalid JSON: unexpected EOF",
      ]);
      expect(await all("{} x")).toEqual([
        noManager,
        "400 unexpected content after JSON",
        "400 unexpected content after JSON",
      ]);
    },
  );

  it.each([
    ["/swarm/update", "invalid swarm version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/services/a/update", "invalid service version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/nodes/a/update", "invalid node version 'x': strconv.ParseUint: parsing \"x\": invalid syntax"],
    ["/secrets/a/update", "invalid secret version"],
    ["/configs/a/update", "invalid config version"],
  ])("%s wants a version", async (path, message) => {
    expect(await ask("28.5", `POST ${path}?version=x`, "{}")).toBe(`400 ${message}`);
    expect(await ask("28.5", `POST ${path}?version=1`, "{}")).toBe(noManager);
  });

  it("a service's spec is decoded to the last field", async () => {
    const mode = '{"TaskTemplate":{"ContainerSpec":{"Secrets":[{"File":{"Mode":-1}}]}}}';
    expect(await ask("20.10", "POST /services/create", mode)).toBe(
      "400 json: cannot unmarshal number -1 into Go struct field SecretReferenceFileTarget.TaskTemplate.ContainerSpec.Secrets.File.Mode of type fs.FileMode",
    );
    const ratio = '{"UpdateConfig":{"MaxFailureRatio":1e50}}';
    expect(await ask("28.5", "POST /services/create", ratio)).toBe(
      "400 invalid JSON: json: cannot unmarshal number 1e50 into Go struct field ServiceSpec.UpdateConfig.MaxFailureRatio of type float32",
    );
  });

  it("what is no base64 is told with its place from 28.5 on", async () => {
    const data = (release: ReleaseName) => ask(release, "POST /secrets/create", '{"Data":"%%"}');
    expect(await data("26.1")).toBe("400 invalid JSON: illegal base64 data at input byte 0");
    expect(await data("28.5")).toBe(
      "400 invalid JSON: json: cannot unmarshal string into Go struct field SecretSpec.Data of type []uint8: illegal base64 data at input byte 0",
    );
  });
});
