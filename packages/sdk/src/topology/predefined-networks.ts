/** The networks that every engine has, and those that a swarm makes for itself, in the order in which they are shown. */
export const predefinedNetworks: readonly string[] = ["bridge", "host", "none", "docker_gwbridge", "ingress"];
