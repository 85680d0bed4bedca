import { X509Certificate } from 'node:crypto';
import { assertAuthority, named } from './chain.js';
import { signerOf } from './signature.js';
import { assertImprint, orMalformed, parsedToken, type Token } from './token.js';

export interface VerifiedTime {
  at: Date;
  /** The subject of the authority's certificate. */
  authority: string;
}

/**
 * Verifies a stored token: that it stamps this digest, and that a trusted authority signed it.
 * @param trusted certificates in DER: a root, or the authority's own
 * @throws TimestampFailure
 */
export function verifyTimestamp(token: Buffer, sha256: Buffer, trusted: readonly Buffer[]): VerifiedTime {
  return verifiedTime(parsedToken(token), sha256, trusted);
}

export function verifiedTime(token: Token, sha256: Buffer, trusted: readonly Buffer[]): VerifiedTime {
  assertImprint(token, sha256);
  const anchors = orMalformed('a trusted certificate', () => trusted.map((der) => new X509Certificate(der)));
  // OpenSSL too may stumble over a certificate, as late as when its key is used.
  return orMalformed('a certificate of the token', () => {
    const others = token.certificates.map((der) => new X509Certificate(der));
    const signer = signerOf(token, [...others, ...anchors]);
    const at = token.info.genTime;
    assertAuthority(signer, others, anchors, at);
    return { at, authority: named(signer) };
  });
}
