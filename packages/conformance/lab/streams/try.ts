import { socketPeer } from "./socket.js";
import { scenarios } from "./scenarios.js";
import { transcript } from "./transcript.js";
const want = process.argv[2] ? new RegExp(process.argv[2]) : /./;
const outs: Record<string, Record<string, string[]>> = {};
await Promise.all(["20.10", "26.1", "28.5"].map(async (v) => {
  const peer = socketPeer(`/tmp/lab/streams/${v}/docker.sock`);
  for (const s of scenarios) {
    if (!want.test(s.name)) continue;
    for (const id of JSON.parse(Buffer.from(await all(peer, "GET", "/containers/json?all=1")).toString()).map((c: any) => c.Id)) await all(peer, "DELETE", `/containers/${id}?force=1&v=1`);
    const t = await transcript(peer, s);
    (outs[s.name] ??= {})[v] = t;
  }
}));
async function all(peer: any, method: string, target: string) { const e = peer.request({ method, target, headers: {}, body: "" }); await e.ended; return e.received(); }
for (const s of scenarios) {
  const o = outs[s.name]; if (!o) continue;
  console.log(`\n### ${s.name}`);
  const groups = new Map<string, string[]>();
  for (const [v, t] of Object.entries(o)) { const k = t.join("\n"); groups.set(k, [...(groups.get(k) ?? []), v]); }
  for (const [k, vs] of groups) console.log(`== ${vs.sort().join(" ")}\n${k}`);
}
process.exit(0);
