import type { Refusal } from "./refusal.js";

/** Refusals about containers: create, and actions that a container's state does not allow. */
export const containerRefusals: readonly Refusal[] = [
  {
    request: ["POST /containers/create", { Image: "busybox" }],
    says: {
      "20.10": "400 No command specified",
      "26.1": "400 no command specified",
      "28.5": "400 no command specified",
    },
  },
  {
    request: ["POST /containers/create", { Image: "nope", Cmd: ["true"] }],
    says: "404 No such image: nope:latest",
  },
  {
    request: ["POST /containers/create?name=a", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
    says: "400 Invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
  },
  {
    request: ["POST /containers/create?name=-ab", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
    says: "400 Invalid container name (-ab), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
  },
  {
    request: ["POST /containers/create?name=%2F%2Fabz", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
    says: "400 Invalid container name (//abz), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
  },
  {
    request: ["POST /containers/create?name=x%20y", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
    says: "400 Invalid container name (x y), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
  },
  {
    request: ["POST /containers/create?name=running", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
    says: '409 Conflict. The container name "/running" is already in use by container "<running>". You have to remove (or rename) that container to be able to reuse that name.',
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "container:" } },
    ],
    says: {
      "20.10": "400 Invalid network mode: invalid container format container:<name|id>",
      "26.1": "400 Invalid network mode: invalid container format container:<name|id>",
      "28.5": "400 invalid network mode: invalid container format container:<name|id>",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "container:zzz" } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "404 No such container: zzz",
      "26.1": "404 No such container: zzz",
      "28.5": "500 joining network namespace of container: No such container: zzz",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { NetworkMode: "container:created" } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10": "409 cannot join network of a non running container: <created>",
      "26.1": "409 cannot join network of a non running container: <created>",
      "28.5": "409 cannot join network namespace of a non running container: container created is created",
    },
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        Hostname: "h",
        HostConfig: { NetworkMode: "container:running" },
      },
    ],
    says: "400 conflicting options: hostname and the network mode",
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        ExposedPorts: { "80/tcp": {} },
        HostConfig: { NetworkMode: "container:running", PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
      },
    ],
    says: "400 conflicting options: port publishing and the container type network mode",
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "container:running", Links: ["running:db"] },
      },
    ],
    says: "400 conflicting options: container type network can't be used with links. This would result in undefined behavior",
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "container:running", ExtraHosts: ["a:10.0.0.1"] },
      },
    ],
    says: "400 conflicting options: custom host-to-IP mapping and the network mode",
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "container:running", Dns: ["10.0.0.1"] },
      },
    ],
    says: "400 conflicting options: dns and the network mode",
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "host", Links: ["running:db"] },
      },
    ],
    says: "400 conflicting options: host type networking can't be used with links. This would result in undefined behavior",
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { ExtraHosts: ["bad"] } },
    ],
    says: '400 bad format for add-host: "bad"',
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { ExtraHosts: ["a:zz"] } },
    ],
    says: '400 invalid IP address in add-host: "zz"',
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "zz" }] } },
      },
    ],
    says: '400 invalid port specification: "zz"',
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "99999" }] } },
      },
    ],
    says: '400 invalid port specification: "99999"',
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { Links: ["zzz"] } },
    ],
    says: "400 could not get container for zzz: No such container: zzz",
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { Links: ["a:b:c"] } },
    ],
    says: "500 bad format for links: a:b:c",
  },
  {
    request: ["POST /containers/create", { Image: "busybox", Cmd: ["sleep", "1000000"], MacAddress: "zz" }],
    says: {
      "20.10": null,
      "26.1": "400 invalid config for network bridge: invalid MAC address zz",
      "28.5": "400 invalid config for network bridge: invalid MAC address zz",
      "29": null,
    },
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], NetworkingConfig: { EndpointsConfig: { fixed: null } } },
    ],
    says: {
      "20.10": "400 no EndpointSettings for fixed",
      "26.1": "400 invalid config for network fixed: EndpointsConfig is nil",
      "28.5": "400 invalid config for network fixed: EndpointsConfig is nil",
    },
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "fixed" },
        NetworkingConfig: { EndpointsConfig: { fixed: { IPAMConfig: { IPv4Address: "zz" } } } },
      },
    ],
    says: {
      "20.10": "400 invalid IPv4 address: zz",
      "26.1":
        "400 invalid config for network fixed: invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz",
      "28.5":
        "400 invalid config for network fixed: invalid endpoint settings:\n* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz",
      "29": '400 invalid JSON: ParseAddr("zz"): unable to parse IP',
    },
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { NetworkMode: "fixed" },
        NetworkingConfig: { EndpointsConfig: { fixed: { IPAMConfig: { IPv4Address: "10.99.0.5" } } } },
      },
    ],
    says: {
      "20.10": null,
      "26.1":
        "400 invalid config for network fixed: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.99.0.5",
      "28.5":
        "400 invalid config for network fixed: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.99.0.5",
      "29": "400 invalid config for network fixed: invalid endpoint settings:\nno configured subnet contains IP address 10.99.0.5",
    },
  },
  {
    request: [
      "POST /containers/create",
      {
        Image: "busybox",
        Cmd: ["sleep", "1000000"],
        HostConfig: { AutoRemove: true, RestartPolicy: { Name: "always" } },
      },
    ],
    says: "400 can't create 'AutoRemove' container with restart policy",
  },
  {
    request: [
      "POST /containers/create",
      { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { RestartPolicy: { Name: "zz" } } },
    ],
    says: {
      "20.10": "400 invalid restart policy 'zz'",
      "26.1":
        "400 invalid restart policy: unknown policy 'zz'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
      "28.5":
        "400 invalid restart policy: unknown policy 'zz'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=xx",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          HostConfig: { NetworkMode: "host" },
          NetworkingConfig: { EndpointsConfig: { fixed: {} } },
        },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10":
        '500 failed to add interface <veth> to sandbox: error setting interface "<veth>" IP to 10.60.0.2/24: cannot program address 10.60.0.2/24 in sandbox interface because it conflicts with existing route {Ifindex: <n> Dst: 10.60.0.0/24 Src: 10.60.0.1 Gw: <nil> Flags: [] Table: 254 Realm: 0}',
      "26.1":
        '500 failed to add interface <veth> to sandbox: error setting interface "<veth>" IP to 10.60.0.2/24: cannot program address 10.60.0.2/24 in sandbox interface because it conflicts with existing route {Ifindex: <n> Dst: 10.60.0.0/24 Src: 10.60.0.1 Gw: <nil> Flags: [] Table: 254 Realm: 0}',
      "28.5":
        '500 failed to set up container networking: failed to add interface <veth> to sandbox: error setting interface "<veth>" IP to 10.60.0.2/24: cannot program address 10.60.0.2/24 in sandbox interface because it conflicts with existing route {Ifindex: <n> Dst: 10.60.0.0/24 Src: 10.60.0.1 Gw: <nil> Flags: [] Table: 254 Realm: 0}',
    },
  },
  {
    given: [["POST /containers/create?name=xx", { Image: "busybox", Cmd: ["nonexist"] }]],
    request: ["POST /containers/xx/start"],
    says: {
      "20.10":
        '400 failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nonexist": executable file not found in $PATH: unknown',
      "26.1":
        '400 failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nonexist": executable file not found in $PATH: unknown',
      "28.5":
        '400 failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "nonexist": executable file not found in $PATH',
    },
  },
  {
    request: ["POST /containers/paused/start"],
    says: "409 cannot start a paused container, try unpause instead",
  },
  {
    request: ["POST /containers/created/kill"],
    says: {
      "20.10": "409 Cannot kill container: created: Container <created> is not running",
      "26.1": "409 cannot kill container: created: container <created> is not running",
      "28.5": "409 cannot kill container: created: container <created> is not running",
    },
  },
  {
    request: ["POST /containers/exited/kill"],
    says: {
      "20.10": "409 Cannot kill container: exited: Container <exited> is not running",
      "26.1": "409 cannot kill container: exited: container <exited> is not running",
      "28.5": "409 cannot kill container: exited: container <exited> is not running",
    },
  },
  {
    request: ["POST /containers/created/pause"],
    says: {
      "20.10": "409 Container <created> is not running",
      "26.1": "409 container <created> is not running",
      "28.5": "409 container <created> is not running",
    },
  },
  {
    request: ["POST /containers/paused/pause"],
    says: {
      "20.10": "409 Container <paused> is already paused",
      "29": "409 container <paused> is already paused",
    },
  },
  {
    request: ["POST /containers/exited/pause"],
    says: {
      "20.10": "409 Container <exited> is not running",
      "26.1": "409 container <exited> is not running",
      "28.5": "409 container <exited> is not running",
    },
  },
  { request: ["POST /containers/created/unpause"], says: "500 Container <created> is not paused" },
  { request: ["POST /containers/running/unpause"], says: "500 Container <running> is not paused" },
  { request: ["POST /containers/exited/unpause"], says: "500 Container <exited> is not paused" },
  {
    request: ["POST /containers/created/exec", { Cmd: ["true"] }],
    says: {
      "20.10": "409 Container <created> is not running",
      "26.1": "409 container <created> is not running",
      "28.5": "409 container <created> is not running",
    },
  },
  {
    request: ["POST /containers/paused/exec", { Cmd: ["true"] }],
    says: "409 Container paused is paused, unpause the container before exec",
  },
  {
    request: ["POST /containers/exited/exec", { Cmd: ["true"] }],
    says: {
      "20.10": "409 Container <exited> is not running",
      "26.1": "409 container <exited> is not running",
      "28.5": "409 container <exited> is not running",
    },
  },
  { request: ["POST /containers/running/exec", { Cmd: [] }], says: "400 No exec command specified" },
  {
    request: ["GET /containers/created/top"],
    says: {
      "20.10": "409 Container <created> is not running",
      "26.1": "409 container <created> is not running",
      "28.5": "409 container <created> is not running",
    },
  },
  {
    request: ["GET /containers/exited/top"],
    says: {
      "20.10": "409 Container <exited> is not running",
      "26.1": "409 container <exited> is not running",
      "28.5": "409 container <exited> is not running",
    },
  },
  {
    request: ["POST /containers/created/resize?h=1&w=1"],
    says: {
      "20.10": "409 Container <created> is not running",
      "26.1": "409 container <created> is not running",
      "28.5": "409 container <created> is not running",
    },
  },
  {
    request: ["POST /containers/exited/resize?h=1&w=1"],
    says: {
      "20.10": "409 Container <exited> is not running",
      "26.1": "409 container <exited> is not running",
      "28.5": "409 container <exited> is not running",
    },
  },
  {
    request: ["DELETE /containers/running"],
    says: {
      "20.10":
        "409 You cannot remove a running container <running>. Stop the container before attempting removal or force remove",
      "26.1":
        '409 cannot remove container "/running": container is running: stop the container before removing or force remove',
      "28.5":
        '409 cannot remove container "running": container is running: stop the container before removing or force remove',
    },
  },
  {
    request: ["DELETE /containers/paused"],
    says: {
      "20.10":
        "409 You cannot remove a paused container <paused>. Unpause and then stop the container before attempting removal or force remove",
      "26.1": '409 cannot remove container "/paused": container is paused and must be unpaused first',
      "28.5": '409 cannot remove container "paused": container is paused and must be unpaused first',
    },
  },
  {
    request: ["DELETE /containers/created?link=1"],
    says: "500 Conflict, cannot remove the default link name of the container",
  },
  { request: ["POST /containers/nope/start"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/stop"], says: "404 No such container: nope" },
  {
    request: ["POST /containers/nope/kill"],
    says: {
      "20.10": "404 Cannot kill container: nope: No such container: nope",
      "26.1": "404 cannot kill container: nope: No such container: nope",
      "28.5": "404 cannot kill container: nope: No such container: nope",
    },
  },
  { request: ["POST /containers/nope/restart"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/pause"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/unpause"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/wait"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/rename?name=xy"], says: "404 No such container: nope" },
  { request: ["GET /containers/nope/json"], says: "404 No such container: nope" },
  { request: ["GET /containers/nope/top"], says: "404 No such container: nope" },
  { request: ["GET /containers/nope/logs?stdout=1"], says: "404 No such container: nope" },
  { request: ["GET /containers/nope/changes"], says: "404 No such container: nope" },
  { request: ["GET /containers/nope/stats?stream=0"], says: "404 No such container: nope" },
  { request: ["DELETE /containers/nope"], says: "404 No such container: nope" },
  { request: ["POST /containers/nope/exec", { Cmd: ["true"] }], says: "404 No such container: nope" },
  {
    request: ["POST /containers/running/kill?signal=ZZ"],
    says: {
      "20.10": "400 Invalid signal: ZZ",
      "26.1": "400 cannot kill container: running: invalid signal: ZZ",
      "28.5": "400 cannot kill container: running: invalid signal: ZZ",
    },
  },
  {
    request: ["POST /containers/running/kill?signal=65"],
    says: {
      "20.10": "500 Cannot kill container: running: The linux daemon does not support signal 65",
      "26.1": "400 cannot kill container: running: the linux daemon does not support signal 65",
      "28.5": "400 cannot kill container: running: the linux daemon does not support signal 65",
    },
  },
  {
    request: ["POST /containers/running/kill?signal=0"],
    says: {
      "20.10": "400 Invalid signal: 0",
      "26.1": "400 cannot kill container: running: invalid signal: 0",
      "28.5": "400 cannot kill container: running: invalid signal: 0",
    },
  },
  {
    request: ["POST /containers/running/stop?t=zz"],
    says: {
      "20.10": '500 strconv.Atoi: parsing "zz": invalid syntax',
      "29": '400 strconv.Atoi: parsing "zz": invalid syntax',
    },
  },
  { request: ["POST /containers/created/rename?name="], says: "400 Neither old nor new names may be empty" },
  {
    request: ["POST /containers/created/rename?name=created"],
    says: "400 Renaming a container with the same name as its current name",
  },
  {
    request: ["POST /containers/created/rename?name=x"],
    says: "400 Error when allocating new name: Invalid container name (/x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
  },
  {
    request: ["POST /containers/created/rename?name=running"],
    says: '409 Error when allocating new name: Conflict. The container name "/running" is already in use by container "<running>". You have to remove (or rename) that container to be able to reuse that name.',
  },
  {
    request: ["POST /containers/exited/wait?condition=zz"],
    says: { "20.10": null, "26.1": '400 invalid condition: "zz"', "28.5": '400 invalid condition: "zz"' },
  },
  {
    given: [
      ["POST /containers/create?name=db", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { Links: ["db:database"] } },
      ],
    ],
    request: ["POST /containers/xx/start"],
    says: "500 Cannot link to a non running container: /db AS /xx/database",
  },
  {
    given: [
      ["POST /containers/create?name=db", { Image: "busybox", Cmd: ["sleep", "1000000"] }],
      [
        "POST /containers/create?name=xx",
        { Image: "busybox", Cmd: ["sleep", "1000000"], HostConfig: { Links: ["db:database"] } },
      ],
    ],
    request: ["POST /containers/xx/restart"],
    says: "500 Cannot restart container xx: Cannot link to a non running container: /db AS /xx/database",
  },
  {
    given: [
      [
        "POST /containers/create?name=p1",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "18080" }] } },
        },
      ],
      ["POST /containers/p1/start"],
      [
        "POST /containers/create?name=p2",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "18080" }] } },
        },
      ],
    ],
    request: ["POST /containers/p2/start"],
    says: {
      "20.10":
        "500 driver failed programming external connectivity on endpoint p2 (<id>): Bind for 0.0.0.0:18080 failed: port is already allocated",
      "26.1":
        "500 driver failed programming external connectivity on endpoint p2 (<id>): Bind for 0.0.0.0:18080 failed: port is already allocated",
      "28.5":
        "500 failed to set up container networking: driver failed programming external connectivity on endpoint p2 (<id>): Bind for 0.0.0.0:18080 failed: port is already allocated",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=p1",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "127.0.0.2", HostPort: "18081" }] } },
        },
      ],
      ["POST /containers/p1/start"],
      [
        "POST /containers/create?name=p2",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "18081" }] } },
        },
      ],
    ],
    request: ["POST /containers/p2/start"],
    says: {
      "20.10":
        "500 driver failed programming external connectivity on endpoint p2 (<id>): Error starting userland proxy: listen tcp4 0.0.0.0:18081: bind: address already in use",
      "26.1":
        "500 driver failed programming external connectivity on endpoint p2 (<id>): Error starting userland proxy: listen tcp4 0.0.0.0:18081: bind: address already in use",
      "28.5":
        "500 failed to set up container networking: driver failed programming external connectivity on endpoint p2 (<id>): Bind for 127.0.0.2:18081 failed: port is already allocated",
    },
  },
  {
    given: [
      [
        "POST /containers/create?name=p1",
        {
          Image: "busybox",
          Cmd: ["sleep", "1000000"],
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "10.99.99.99", HostPort: "18090" }] } },
        },
      ],
    ],
    request: ["POST /containers/p1/start"],
    says: {
      "20.10":
        "500 driver failed programming external connectivity on endpoint p1 (<id>): Error starting userland proxy: listen tcp4 10.99.99.99:18090: bind: cannot assign requested address",
      "26.1":
        "500 driver failed programming external connectivity on endpoint p1 (<id>): Error starting userland proxy: listen tcp4 10.99.99.99:18090: bind: cannot assign requested address",
      "28.5":
        "500 failed to set up container networking: driver failed programming external connectivity on endpoint p1 (<id>): failed to bind host port for 10.99.99.99:18090:172.17.0.2:80/tcp: cannot assign requested address",
      "29": "500 failed to set up container networking: driver failed programming external connectivity on endpoint p1 (<id>): failed to bind host port 10.99.99.99:18090/tcp: cannot assign requested address",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent('{"status":["zz"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'status=zz'",
      "26.1": "400 invalid filter 'status=zz'",
      "28.5":
        "400 invalid filter 'status=zz': invalid value for state (zz): must be one of created, running, paused, restarting, removing, exited, dead",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent('{"exited":["zz"]}')}`],
    says: {
      "20.10": '500 strconv.Atoi: parsing "zz": invalid syntax',
      "26.1": "400 invalid filter 'exited=zz': strconv.Atoi: parsing \"zz\": invalid syntax",
      "28.5": "400 invalid filter 'exited=zz': strconv.Atoi: parsing \"zz\": invalid syntax",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent('{"before":["nope"]}')}`],
    says: {
      "20.10": "500 no such container nope",
      "26.1": "404 No such container: nope",
      "28.5": "404 No such container: nope",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent('{"since":["nope"]}')}`],
    says: {
      "20.10": "500 no such container nope",
      "26.1": "404 No such container: nope",
      "28.5": "404 No such container: nope",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent('{"bogus":["x"]}')}`],
    says: {
      "20.10": "400 Invalid filter 'bogus'",
      "26.1": "400 invalid filter 'bogus'",
      "28.5": "400 invalid filter 'bogus'",
    },
  },
  {
    request: [`GET /containers/json?filters=${encodeURIComponent("{")}`],
    says: {
      "20.10": "500 unexpected end of JSON input",
      "26.1": "400 invalid filter",
      "28.5": "400 invalid filter",
    },
  },
  {
    request: ["GET /containers/running/logs"],
    says: {
      "20.10": "400 Bad parameters: you must choose at least one stream",
      "29": "400 must specify at least one of 'stdout' or 'stderr'",
    },
  },
  { request: ["POST /containers/nope/attach?stream=1&stdout=1"], says: "404 No such container: nope" },
  {
    request: ["POST /containers/paused/attach?stream=1&stdout=1"],
    says: "409 container paused is paused, unpause the container before attach",
  },
  { request: ["POST /exec/zz/start", {}], says: "404 No such exec instance: zz" },
  { request: ["GET /exec/zz/json"], says: "404 No such exec instance: zz" },
];
