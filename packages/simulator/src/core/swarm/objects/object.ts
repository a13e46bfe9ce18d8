import type { Meta } from "../meta.js";

/** The request for a secret or a config. */
export interface ObjectSpec {
  readonly Name?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  /** The data in base64. */
  readonly Data?: string | null;
  readonly Driver?: DriverSpec | null;
  readonly Templating?: DriverSpec | null;
}

interface DriverSpec {
  readonly Name?: string;
  readonly Options?: Readonly<Record<string, string>> | null;
}

/** A secret or a config. */
export interface SwarmObject extends Meta {
  readonly id: string;
  readonly name: string;
  labels: Readonly<Record<string, string>>;
  /** The data in base64. */
  readonly data: string;
  readonly templating: DriverSpec | null;
}
