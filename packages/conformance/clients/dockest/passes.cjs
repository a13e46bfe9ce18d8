const { execFileSync } = require("node:child_process");

const page = async (address) => (await fetch(`http://127.0.0.1:${address}`)).text();
const inWeb = (...command) =>
  execFileSync(
    "docker-compose",
    ["-f", "docker-compose.dockest-generated.yml", "exec", "-T", "web", ...command],
    {
      encoding: "utf8",
    },
  );

describe("the services", () => {
  it("answer at their published ports", async () => {
    expect(await page("8087/")).toBe("page\n");
    expect(await page("8086/")).toBe("data\n");
  });

  it("reach one another by name", async () => {
    expect(await page("8087/data.html")).toBe("data\n");
    expect(inWeb("ping", "-c", "1", "-W", "2", "db")).toContain("1 packets transmitted, 1 packets received");
    expect(inWeb("wget", "-q", "-O", "-", "http://database:9000/")).toBe("data\n");
  });
});
