import { execFileSync } from "node:child_process";
import { join } from "node:path";

/**
 * Makes certificates for a server on 127.0.0.1 and its client. The files have the names that dockerd and the
 * docker CLI look for: `ca.pem`; `server.pem`, `server-key.pem`; `cert.pem`, `key.pem`.
 */
export function makeCertificates(directory: string): void {
  const file = (name: string): string => join(directory, name);
  const make = (certificate: string, key: string, ...more: string[]): void => {
    const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const files = ["-out", file(certificate), "-keyout", file(key)];
    execFileSync("openssl", ["req", "-x509", ...fresh, ...files, ...more], { stdio: "pipe" });
  };
  make("ca.pem", "ca-key.pem", "-subj", "/CN=test authority");
  const signed = [
    "-CA",
    file("ca.pem"),
    "-CAkey",
    file("ca-key.pem"),
    "-addext",
    "basicConstraints=CA:FALSE",
  ];
  const at = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  make("server.pem", "server-key.pem", ...signed, ...at, "-subj", "/CN=server");
  make("cert.pem", "key.pem", ...signed, "-addext", "extendedKeyUsage=clientAuth", "-subj", "/CN=client");
}
