export interface TimestampReply {
  /** The TimeStampToken in DER. */
  token: Buffer;
  at: Date;
  serial: string;
  policy: string;
  authority: string;
}

/** Reads and verifies a TimeStampResp (RFC 3161, section 2.4.2) against what was asked. */
export function readTimestampResponse(
  _response: Buffer,
  _query: { sha256: Buffer; nonce: Buffer },
  _trusted: readonly Buffer[],
): TimestampReply {
  throw new Error('not yet written');
}
