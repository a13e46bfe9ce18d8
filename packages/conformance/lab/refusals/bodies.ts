import type { Refusal } from "./refusal.js";

/** Refusals of bodies that cannot be read. */
export const bodyRefusals: readonly Refusal[] = [
  {
    request: ["POST /networks/create"],
    says: {
      "20.10": "400 got EOF while reading request body",
      "26.1": "400 invalid name: ",
      "28.5": "400 invalid name: name is empty",
    },
  },
  {
    request: ["POST /networks/create", ""],
    says: {
      "20.10": "400 got EOF while reading request body",
      "26.1": "400 invalid name: ",
      "28.5": "400 invalid name: name is empty",
    },
  },
  {
    request: ["POST /networks/alpha/connect", ""],
    says: {
      "20.10": "400 got EOF while reading request body",
      "26.1": '400 invalid name or ID supplied: ""',
      "28.5": '400 invalid name or ID supplied: ""',
    },
  },
  {
    request: ["POST /networks/alpha/disconnect", ""],
    says: {
      "20.10": "400 got EOF while reading request body",
      "26.1": '400 invalid name or ID supplied: ""',
      "28.5": '400 invalid name or ID supplied: ""',
    },
  },
  {
    request: ["POST /networks/create", "{bad"],
    says: {
      "20.10": "400 invalid character 'b' looking for beginning of object key string",
      "26.1": "400 invalid JSON: invalid character 'b' looking for beginning of object key string",
      "28.5": "400 invalid JSON: invalid character 'b' looking for beginning of object key string",
    },
  },
  {
    request: ["POST /networks/create", "{"],
    says: {
      "20.10": "400 unexpected EOF",
      "26.1": "400 invalid JSON: unexpected EOF",
      "28.5": "400 invalid JSON: unexpected EOF",
    },
  },
  {
    request: ["POST /networks/create", '{"Name":5}'],
    says: {
      "20.10":
        "400 json: cannot unmarshal number into Go struct field NetworkCreateRequest.Name of type string",
      "26.1":
        "400 invalid JSON: json: cannot unmarshal number into Go struct field NetworkCreateRequest.Name of type string",
      "28.5":
        "400 invalid JSON: json: cannot unmarshal number into Go struct field CreateRequest.Name of type string",
    },
  },
  {
    request: ["POST /networks/create", "[]"],
    says: {
      "20.10": "400 json: cannot unmarshal array into Go value of type types.NetworkCreateRequest",
      "26.1":
        "400 invalid JSON: json: cannot unmarshal array into Go value of type types.NetworkCreateRequest",
      "28.5": "400 invalid JSON: json: cannot unmarshal array into Go value of type network.CreateRequest",
    },
  },
  {
    request: ["POST /networks/create", "null"],
    says: {
      "20.10": "500 invalid name: ",
      "26.1": "400 invalid name: ",
      "28.5": "400 invalid name: name is empty",
    },
  },
  {
    request: ["POST /networks/create", '{"Name":"x"} more'],
    says: {
      "20.10": null,
      "26.1": "400 unexpected content after JSON",
      "28.5": "400 unexpected content after JSON",
    },
  },
  {
    request: ["POST /networks/create", '{"Name":"x"}{"Name":"x"}'],
    says: {
      "20.10": null,
      "26.1": "400 unexpected content after JSON",
      "28.5": "400 unexpected content after JSON",
    },
  },
  {
    request: ["POST /networks/create", '{"Name":"x"}'],
    type: "text/plain",
    says: {
      "20.10": "400 Content-Type specified (text/plain) must be 'application/json'",
      "26.1": "400 unsupported Content-Type header (text/plain): must be 'application/json'",
      "28.5": "400 unsupported Content-Type header (text/plain): must be 'application/json'",
    },
  },
  {
    request: ["POST /networks/create", '{"Name":"x"}'],
    type: null,
    says: {
      "20.10": "400 Content-Type specified () must be 'application/json'",
      "26.1": "400 malformed Content-Type header (): mime: no media type",
      "28.5": "400 malformed Content-Type header (): mime: no media type",
    },
  },
  {
    request: ["POST /containers/create", ""],
    says: {
      "20.10": "500 EOF",
      "26.1": "400 invalid JSON: got EOF while reading request body",
      "28.5": "400 invalid JSON: got EOF while reading request body",
      "29": "400 invalid JSON: EOF",
    },
  },
  {
    request: ["POST /containers/create", "{"],
    says: {
      "20.10": "500 unexpected EOF",
      "26.1": "400 invalid JSON: unexpected EOF",
      "28.5": "400 invalid JSON: unexpected EOF",
    },
  },
  {
    request: ["POST /containers/create", "{}"],
    says: {
      "20.10": "400 Config cannot be empty in order to create a container",
      "26.1": "400 config cannot be empty in order to create a container",
      "28.5": "400 config cannot be empty in order to create a container",
    },
  },
  {
    request: ["POST /containers/create", "null"],
    says: {
      "20.10": "400 Config cannot be empty in order to create a container",
      "26.1": "400 config cannot be empty in order to create a container",
      "28.5": "400 config cannot be empty in order to create a container",
    },
  },
  {
    request: ["POST /containers/created/start", '{"Binds":[]}'],
    says: "400 starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24",
  },
];
