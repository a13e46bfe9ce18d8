// What the build has rendered, and what the built application answers.
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { readFileSync } = require("node:fs");

async function main() {
  assert.match(readFileSync(".next/server/app/index.html", "utf8"), /backend,bridge,host,none 42/);
  const args = ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", "0"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  try {
    for await (const piece of server.stdout) {
      told += piece;
      if (/Ready/.test(told)) break;
    }
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(told);
    const response = await fetch(`${origin}/api/networks`);
    const { Driver, version } = await response.json();
    assert.equal(Driver, "bridge");
    assert.match(version, /^20\.10/);
  } finally {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
}

main();
