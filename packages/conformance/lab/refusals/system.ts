import type { Refusal } from "./refusal.js";

/** Refusals about API versions, routes and events. */
export const systemRefusals: readonly Refusal[] = [
  {
    request: ["GET /v1.99/version"],
    says: {
      "20.10": "400 client version 1.99 is too new. Maximum supported API version is 1.41",
      "26.1": "400 client version 1.99 is too new. Maximum supported API version is 1.45",
      "28.5": "400 client version 1.99 is too new. Maximum supported API version is 1.51",
    },
  },
  {
    request: ["GET /v1.11/version"],
    says: {
      "20.10":
        "400 client version 1.11 is too old. Minimum supported API version is 1.12, please upgrade your client to a newer version",
      "26.1":
        "400 client version 1.11 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
      "28.5":
        "400 client version 1.11 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
    },
  },
  {
    request: ["GET /v1.23/version"],
    says: {
      "20.10": null,
      "26.1":
        "400 client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
      "28.5":
        "400 client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
    },
  },
  {
    request: ["GET /v1/version"],
    says: {
      "20.10":
        "400 client version 1 is too old. Minimum supported API version is 1.12, please upgrade your client to a newer version",
      "26.1":
        "400 client version 1 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
      "28.5":
        "400 client version 1 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version",
    },
  },
  {
    request: ["GET /v1.41.1/version"],
    says: {
      "20.10": "400 client version 1.41.1 is too new. Maximum supported API version is 1.41",
      "26.1": null,
      "28.5": null,
    },
  },
  { request: ["GET /vx/version"], says: "404 page not found" },
  { request: ["GET /_ping/"], says: "404 page not found" },
  { request: ["GET /nope"], says: "404 page not found" },
  { request: ["PUT /networks"], says: "404 page not found" },
  { request: ["GET /events?since=zz"], says: '500 strconv.ParseInt: parsing "zz": invalid syntax' },
  { request: ["GET /events?since=5&until=1"], says: "400 `since` time (5) cannot be after `until` time (1)" },
];
