"use client";

// The simulator in the visitor's browser.
import { createSimulator } from "@dryharbor/simulator";
import { useEffect, useState } from "react";

export function Networks() {
  const [names, setNames] = useState([]);
  useEffect(() => {
    createSimulator()
      .engine.networks.list()
      .then((networks) => setNames(networks.map(({ Name }) => Name)));
  }, []);
  return <p id="client">{names.join(" ")}</p>;
}
