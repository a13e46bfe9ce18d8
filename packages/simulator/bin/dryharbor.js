#!/usr/bin/env node
import "../dist/dryharbor.js";
