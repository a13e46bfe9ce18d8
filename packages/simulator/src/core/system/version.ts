import type { Version } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { host } from "./host.js";

/** Answers `GET /version`. */
export function showVersion({ release: { system } }: Daemon): Version {
  return {
    Platform: { Name: "" },
    Components: [
      {
        Name: "Engine",
        Version: system.version,
        Details: {
          ApiVersion: system.apiVersion,
          Arch: host.arch,
          BuildTime: system.buildTime,
          Experimental: "false",
          GitCommit: system.gitCommit,
          GoVersion: system.goVersion,
          KernelVersion: host.kernelVersion,
          MinAPIVersion: system.minApiVersion,
          Os: "linux",
        },
      },
      { Name: "containerd", Version: system.containerd, Details: { GitCommit: system.containerd } },
      { Name: "runc", Version: system.runc, Details: { GitCommit: system.runc } },
      { Name: "docker-init", Version: system.init, Details: { GitCommit: "" } },
    ],
    Version: system.version,
    ApiVersion: system.apiVersion,
    MinAPIVersion: system.minApiVersion,
    GitCommit: system.gitCommit,
    GoVersion: system.goVersion,
    Os: "linux",
    Arch: host.arch,
    KernelVersion: host.kernelVersion,
    BuildTime: system.buildTime,
  };
}
