import type { Version } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { host } from "./host.js";

/** Answers `GET /version`. */
export function showVersion({ release: { system } }: Daemon): Version {
  const Components = [
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
        ...(system.module !== "" && { Module: system.module, ModuleVersion: "v2.0.0+unknown" }),
        Os: "linux",
      },
    },
    { Name: "containerd", Version: system.containerd, Details: { GitCommit: system.containerd } },
    { Name: "runc", Version: system.runc, Details: { GitCommit: system.runc } },
    { Name: "docker-init", Version: system.init, Details: { GitCommit: "" } },
  ];
  const versions = {
    Version: system.version,
    ApiVersion: system.apiVersion,
    MinAPIVersion: system.minApiVersion,
  };
  const machine = { Os: "linux", Arch: host.arch };
  const built = { GitCommit: system.gitCommit, GoVersion: system.goVersion };
  return {
    Platform: { Name: "" },
    ...(system.versionFirst
      ? { ...versions, ...machine, Components, ...built }
      : { Components, ...versions, ...built, ...machine }),
    KernelVersion: host.kernelVersion,
    BuildTime: system.buildTime,
  };
}
