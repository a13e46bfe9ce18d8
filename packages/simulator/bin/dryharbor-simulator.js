#!/usr/bin/env node
import module from "node:module";

// From Node 22.8 on, what has been compiled once is not compiled again.
module.enableCompileCache?.();
await import("../dist/dryharbor-simulator.js");
