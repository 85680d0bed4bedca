import { AsnConvert } from '@peculiar/asn1-schema';
import { PKIStatus, TimeStampResp } from '@peculiar/asn1-tsp';
import { TimestampFailure } from './timestamp-failure.js';
import { orMalformed, parsedToken } from './token.js';
import { verifiedTime, type VerifiedTime } from './verify.js';

export interface TimestampReply extends VerifiedTime {
  /** The TimeStampToken in DER, to be kept. */
  token: Buffer;
  /** The authority's number of it, in decimal. */
  serial: string;
  /** The object identifier of the policy that it was made under. */
  policy: string;
}

/**
 * Reads a TimeStampResp (RFC 3161, section 2.4.2) and verifies its token against what was asked.
 * @param trusted certificates in DER: a root, or the authority's own
 * @throws TimestampFailure
 */
export function readTimestampResponse(
  response: Buffer,
  query: { sha256: Buffer; nonce: Buffer },
  trusted: readonly Buffer[],
): TimestampReply {
  const { status, timeStampToken } = orMalformed('the response', () => AsnConvert.parse(response, TimeStampResp));
  if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods)
    throw new TimestampFailure('rejected', `no time stamp, for ${status.statusString?.join('; ') || `status ${status.status}`}`);
  if (!timeStampToken) throw new TimestampFailure('malformed', 'the response grants a token and holds none');
  const der = Buffer.from(AsnConvert.serialize(timeStampToken));
  const token = parsedToken(der);
  const { nonce, serialNumber, policy } = token.info;
  if (!nonce || numberOf(nonce) !== numberOf(query.nonce)) throw new TimestampFailure('wrong-nonce', 'the token answers another query');
  return { ...verifiedTime(token, query.sha256, trusted), token: der, serial: numberOf(serialNumber).toString(), policy };
}

function numberOf(integer: ArrayBuffer | Buffer): bigint {
  return BigInt(`0x${Buffer.from(integer as ArrayBuffer).toString('hex') || '0'}`);
}
