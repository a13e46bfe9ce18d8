/** The state of a simulator as plain JSON. `createSimulator({ snapshot })` of `@dryharbor/simulator` goes on from it. */
export interface SimulatorSnapshot {
  readonly format: "dryharbor-snapshot";
  /** The version of the shape of `state`. A simulator reads only its own version. */
  readonly version: number;
  /** The checksum of `state`. */
  readonly checksum: string;
  /** The state. Its shape is private and changes with the version. */
  readonly state: object;
}
