// Which curl an image has: what `curl -V` prints there, by its system's release.
import { curlBinary } from "../curl/build.js";
import type { ResolvedImage } from "./resolve.js";

interface CurlFacts {
  readonly line: string;
  readonly released: string;
  readonly protocols: string;
  readonly features: string;
}

const mail = "imap imaps pop3 pop3s smtp smtps";
const oldProtocols = (more: string): string =>
  sorted(
    `dict file ftp ftps gopher http https ldap ldaps rtmp rtsp scp sftp smb smbs telnet tftp ${mail} ${more}`,
  );

const gnu = "x86_64-pc-linux-gnu";

/**
 * By the codename of Debian's or Ubuntu's release. Those of bookworm and trixie were seen; those of the others are the
 * versions of their packages.
 */
const byCodename: Readonly<Record<string, CurlFacts>> = {
  bookworm: {
    line: `7.88.1 (${gnu}) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13`,
    released: "2023-02-20, security patched: 7.88.1-10+deb12u15",
    protocols: oldProtocols("gophers mqtt"),
    features:
      "alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd",
  },
  trixie: {
    line: `8.14.1 (${gnu}) libcurl/8.14.1 OpenSSL/3.5.9 zlib/1.3.1 brotli/1.1.0 zstd/1.5.7 libidn2/2.3.8 libpsl/0.21.2 libssh2/1.11.1 nghttp2/1.64.0 nghttp3/1.8.0 librtmp/2.3 OpenLDAP/2.6.10`,
    released: "2025-06-04, security patched: 8.14.1-2+deb13u7",
    protocols: oldProtocols("gophers ipfs ipns mqtt ws wss"),
    features:
      "alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTP3 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd",
  },
  bullseye: {
    line: `7.74.0 (${gnu}) libcurl/7.74.0 OpenSSL/1.1.1w zlib/1.2.11 brotli/1.0.9 libidn2/2.3.0 libpsl/0.21.0 (+libidn2/2.3.0) libssh2/1.9.0 nghttp2/1.43.0 librtmp/2.3`,
    released: "2020-12-09",
    protocols: oldProtocols("mqtt"),
    features:
      "alt-svc AsynchDNS brotli GSS-API HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL TLS-SRP UnixSockets",
  },
  noble: {
    line: `8.5.0 (${gnu}) libcurl/8.5.0 OpenSSL/3.0.13 zlib/1.3 brotli/1.1.0 zstd/1.5.5 libidn2/2.3.7 libpsl/0.21.2 (+libidn2/2.3.7) libssh/0.10.6/openssl/zlib nghttp2/1.59.0 librtmp/2.3 OpenLDAP/2.6.7`,
    released: "2023-12-06, security patched: 8.5.0-2ubuntu10.6",
    protocols: oldProtocols("gophers mqtt"),
    features:
      "alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd",
  },
  jammy: {
    line: `7.81.0 (${gnu}) libcurl/7.81.0 OpenSSL/3.0.2 zlib/1.2.11 brotli/1.0.9 zstd/1.4.8 libidn2/2.3.2 libpsl/0.21.0 (+libidn2/2.3.2) libssh/0.9.6/openssl/zlib nghttp2/1.43.0 librtmp/2.3 OpenLDAP/2.5.19`,
    released: "2022-01-05",
    protocols: oldProtocols("gophers mqtt"),
    features:
      "alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL TLS-SRP UnixSockets zstd",
  },
  focal: {
    line: `7.68.0 (${gnu}) libcurl/7.68.0 OpenSSL/1.1.1f zlib/1.2.11 brotli/1.0.7 libidn2/2.2.0 libpsl/0.21.0 (+libidn2/2.2.0) libssh/0.9.3/openssl/zlib nghttp2/1.40.0 librtmp/2.3`,
    released: "2020-01-08",
    protocols: oldProtocols(""),
    features:
      "AsynchDNS brotli GSS-API HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL TLS-SRP UnixSockets",
  },
};

/** That of Alpine's package, and what the image `curlimages/curl` builds itself: their versions by the recipes, unseen. */
function muslCurl(version: string, released: string, target: string, libraries: string): CurlFacts {
  return {
    line: `${version} (${target}) libcurl/${version} OpenSSL/3.5.1 zlib/1.3.1 brotli/1.1.0 zstd/1.5.7 ${libraries}`,
    released,
    protocols: sorted(
      `dict file ftp ftps gopher gophers http https ipfs ipns mqtt rtsp smb smbs telnet tftp ws wss ${mail}`,
    ),
    features:
      "alt-svc AsynchDNS brotli HSTS HTTP2 HTTPS-proxy IDN IPv6 Largefile libz NTLM PSL SSL threadsafe TLS-SRP UnixSockets zstd",
  };
}

/** When releases that images have came out. */
const releaseDates: Readonly<Record<string, string>> = { "8.14.1": "2025-06-04", "8.15.0": "2025-07-16" };

/**
 * Returns the binary of an image's curl.
 *
 * @param version the version of an image that builds its own
 */
export function curlOf({ facts, release }: ResolvedImage, version: string | undefined): Uint8Array {
  const { line, released, protocols, features } = factsOf(facts.base, release, version);
  return curlBinary(
    `curl ${line}\nRelease-Date: ${released}\nProtocols: ${protocols}\nFeatures: ${features}\n`,
  );
}

function factsOf(
  base: ResolvedImage["facts"]["base"],
  release: ResolvedImage["release"],
  version: string | undefined,
): CurlFacts {
  if (version !== undefined) {
    const libraries = "libidn2/2.3.7 libpsl/0.21.5 libssh2/1.11.1 nghttp2/1.65.0";
    return muslCurl(version, releaseDates[version] ?? "[unreleased]", "x86_64-pc-linux-musl", libraries);
  }
  const codename = typeof release === "object" ? release.codename : undefined;
  const known = codename === undefined ? undefined : byCodename[codename];
  if (known) return known;
  if (base !== "alpine") return byCodename.bookworm as CurlFacts;
  const libraries = "c-ares/1.34.5 libidn2/2.3.7 libpsl/0.21.5 nghttp2/1.65.0";
  return muslCurl("8.14.1", "2025-06-04", "x86_64-alpine-linux-musl", libraries);
}

function sorted(words: string): string {
  return words
    .split(" ")
    .filter((word) => word !== "")
    .sort()
    .join(" ");
}
