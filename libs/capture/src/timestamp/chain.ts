import { ExtendedKeyUsage, Certificate, id_ce_extKeyUsage, id_kp_timeStamping } from '@peculiar/asn1-x509';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { X509Certificate } from 'node:crypto';
import { TimestampFailure } from './timestamp-failure.js';

/** Longer chains than any authority has are not walked. */
const MAX_LENGTH = 8;

/**
 * Holds that a certificate may stamp time, and that a chain of certificates, each of them valid at the time of the stamp,
 * leads from it to a trusted one. Revocation is not asked: an authority that lost its key is taken off the trusted ones.
 * @throws TimestampFailure
 */
export function assertAuthority(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  at: Date,
): void {
  assertStampsTime(signer);
  let certificate = signer;
  for (let length = 0; length < MAX_LENGTH; length++) {
    assertValid(certificate, at);
    if (trusted.some(({ raw }) => raw.equals(certificate.raw))) return;
    const issuer = [...trusted, ...others].find((candidate) => issued(candidate, certificate));
    if (!issuer) break;
    certificate = issuer;
  }
  throw new TimestampFailure('untrusted', `no trusted certificate vouches for ${named(signer)}`);
}

/** RFC 3161, section 2.3: time stamping and nothing else, and the extension is critical. */
function assertStampsTime(signer: X509Certificate): void {
  const { extensions } = AsnConvert.parse(signer.raw, Certificate).tbsCertificate;
  const extension = extensions?.find(({ extnID }) => extnID === id_ce_extKeyUsage);
  const purposes = extension && AsnConvert.parse(extension.extnValue, ExtendedKeyUsage);
  if (!extension?.critical || purposes?.length !== 1 || purposes[0] !== id_kp_timeStamping)
    throw new TimestampFailure('wrong-purpose', `the certificate of ${named(signer)} is not for stamping time alone`);
}

function assertValid(certificate: X509Certificate, at: Date): void {
  if (at < new Date(certificate.validFrom) || at > new Date(certificate.validTo))
    throw new TimestampFailure('not-valid-then', `the certificate of ${named(certificate)} was not valid at ${at.toISOString()}`);
}

function issued(candidate: X509Certificate, certificate: X509Certificate): boolean {
  return (
    candidate.ca && !candidate.raw.equals(certificate.raw) && certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey)
  );
}

/** A subject on one line. */
export function named(certificate: X509Certificate): string {
  return certificate.subject.replaceAll('\n', ', ');
}
