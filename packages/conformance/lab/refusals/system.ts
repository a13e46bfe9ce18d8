import type { Refusal } from "./refusal.js";

/** Refusals about API versions, routes and events. */
export const systemRefusals: readonly Refusal[] = [
  {
    request: ["GET /v1.99/version"],
    says: {
      "20.10": "400 client version 1.99 is too new. Maximum supported API version is 1.41",
      "26.1": "400 client version 1.99 is too new. Maximum supported API version is 1.45",
      "28.5": "400 client version 1.99 is too new. Maximum supported API version is 1.51",
      "29": "400 client version 1.99 is too new. Maximum supported API version is 1.55",
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
      "29": "400 client version 1.11 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
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
      "29": "400 client version 1.23 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
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
      "29": "400 client version 1 is too old. Minimum supported API version is 1.40, please upgrade your client to a newer version",
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
  {
    request: ["GET /events?since=zz"],
    says: {
      "20.10": '500 strconv.ParseInt: parsing "zz": invalid syntax',
      "29": '400 invalid value for \'since\': invalid timestamp "zz": invalid seconds "zz": invalid syntax',
    },
  },
  { request: ["GET /events?since=5&until=1"], says: "400 `since` time (5) cannot be after `until` time (1)" },
  { request: ["POST /images/create"], says: '500 Get "http:": http: no Host in request URL' },
  {
    request: ["POST /images/create?fromImage=&tag=latest"],
    says: '500 Get "http:": http: no Host in request URL',
  },
  { request: ["POST /images/create?repo=x&tag=y"], says: '500 Get "http:": http: no Host in request URL' },
  {
    request: ["POST /images/create?fromSrc=/etc/x"],
    says: '500 Get "http:///etc/x": http: no Host in request URL',
  },
  {
    request: ["POST /images/create?fromSrc=ftp://x/y"],
    says: '500 Get "ftp://x/y": unsupported protocol scheme "ftp"',
  },
  {
    request: ["POST /images/create?repo=UPPER"],
    says: {
      "20.10": "400 invalid reference format: repository name must be lowercase",
      "26.1": "400 invalid reference format: repository name (library/UPPER) must be lowercase",
      "28.5": "400 invalid reference format: repository name (library/UPPER) must be lowercase",
    },
  },
  {
    request: ["POST /images/create?changes=NOPE"],
    says: {
      "20.10": "400 nope is not a valid change command",
      "26.1": '500 Get "http:": http: no Host in request URL',
      "28.5": '500 Get "http:": http: no Host in request URL',
    },
  },
  {
    request: ["POST /images/create?platform=windows"],
    says: {
      "20.10": "400 operating system is not supported",
      "26.1": '500 Get "http:": http: no Host in request URL',
      "28.5": '500 Get "http:": http: no Host in request URL',
    },
  },
];
