import type { NetworkInspect } from "@dryharbor/sdk/port";
import { type NetworkPools, poolCounts } from "../core/ipam/ipam.js";
import { json, jsonHeaders } from "./answer.js";
import type { HttpResponse } from "./message.js";

/**
 * Answers with a network. The counts of its addresses are numbers of 64 bits, which `JSON.stringify` cannot write, so
 * they are written here. They come last.
 */
export function networkAnswer({ Status, ...shown }: NetworkInspect, pools: NetworkPools): HttpResponse {
  if (!Status) return json(shown);
  const subnets = poolCounts(pools).map(
    ([subnet, { IPsInUse, DynamicIPsAvailable }]) =>
      `${JSON.stringify(subnet)}:{"IPsInUse":${IPsInUse},"DynamicIPsAvailable":${DynamicIPsAvailable}}`,
  );
  const ipam = subnets.length > 0 ? `{"Subnets":{${subnets.join(",")}}}` : "{}";
  const rest = JSON.stringify(shown).slice(0, -1);
  return { status: 200, headers: jsonHeaders, body: `${rest},"Status":{"IPAM":${ipam}}}\n` };
}
