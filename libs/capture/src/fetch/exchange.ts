/** One request and its response, as they went over the wire. */
export interface Exchange {
  /** Without fragment. */
  url: string;
  startedAt: Date;
  /** The remote address that was connected to. */
  address: string;
  /** The exact bytes of the request: request line, headers and the empty line. */
  requestHead: string;
  /** The exact bytes of the response, its body still in the transfer coding that it came in. */
  response: Buffer;
  /** Such as `HTTP/1.1 200 OK`. */
  statusLine: string;
  status: number;
  /** In their order, names as they were sent. */
  rawHeaders: [name: string, value: string][];
  /** The body after transfer coding was undone; its content coding is kept. */
  body: Buffer;
  /** Null for plain http. */
  tls: TlsPeer | null;
}

/** The certificate that a server proved to hold, and the protocol that was spoken. */
export interface TlsPeer {
  /** SHA-256 of the certificate, in lower-case hex. */
  fingerprint256: string;
  subject: string;
  issuer: string;
  validFrom: string;
  validTo: string;
  /** Such as `TLSv1.3`. */
  protocol: string;
}

/** The first value of a header, or undefined. */
export function headerOf(exchange: Pick<Exchange, 'rawHeaders'>, name: string): string | undefined {
  return exchange.rawHeaders.find(([key]) => key.toLowerCase() === name)?.[1];
}
