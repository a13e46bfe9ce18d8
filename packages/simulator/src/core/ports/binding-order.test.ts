import { expect, it } from "vitest";
import { bindingRequests, inBindingOrder } from "./binding-order.js";

const requests = bindingRequests(
  ["80/tcp", "80/udp", "90/tcp"],
  {
    "80/tcp": [{ HostPort: "29001" }, { HostPort: "29002" }, { HostPort: "" }, { HostPort: "29010-29012" }],
  },
  true,
);
const everywhere = (request: (typeof requests)[number]) => [
  { ...request, address: "0.0.0.0", routed: false },
];
const shown = (ordered: typeof requests) =>
  ordered.map(({ port, range }) => `${port.number}/${port.protocol} ${range.first}-${range.last}`);

it("orders as 20.10 and 26.1 do", () => {
  expect(
    shown(inBindingOrder("largest first", requests, everywhere)).filter((line) => line.startsWith("80/tcp")),
  ).toEqual(["80/tcp 29010-29012", "80/tcp 0-0", "80/tcp 29002-29002", "80/tcp 29001-29001"]);
});

it("orders as 28.5 does: exact ones, then by container port", () => {
  expect(shown(inBindingOrder("exact first", requests, everywhere))).toEqual([
    "80/tcp 29001-29001",
    "80/tcp 29002-29002",
    "80/tcp 0-0",
    "80/tcp 29010-29012",
    "80/udp 0-0",
    "90/tcp 0-0",
  ]);
});

it("orders as 29 does: translated ones first, and addresses of one port by value", () => {
  const ordered = inBindingOrder(
    "translated first",
    bindingRequests(["80/tcp"], { "80/tcp": [{ HostPort: "29001" }, { HostIp: "10.0.0.9" }] }, false),
    (request) =>
      request.hostIp === ""
        ? [
            { ...request, address: "0.0.0.0", routed: true },
            { ...request, address: "::", routed: false },
          ]
        : [
            { ...request, address: "10.0.0.9", routed: false },
            { ...request, address: "9.0.0.9", routed: false },
          ],
  );
  expect(ordered.map(({ address }) => address)).toEqual(["::", "9.0.0.9", "10.0.0.9", "0.0.0.0"]);
});
