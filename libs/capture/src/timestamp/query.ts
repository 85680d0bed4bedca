/** A TimeStampReq (RFC 3161, section 2.4.1) in DER that asks for the authority's certificate. */
export function timestampQuery(_sha256: Buffer, _nonce: Buffer): Buffer {
  throw new Error('not yet written');
}
