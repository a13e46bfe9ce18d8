/** The names of the services and their clients. They are in the images that have them, and in no other. */
export const serviceNames = ["redis-cli", "redis-server"] as const;

export type ServiceName = (typeof serviceNames)[number];
