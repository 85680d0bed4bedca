import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';

export const SHA256 = '2.16.840.1.101.3.4.2.1';

/**
 * A TimeStampReq (RFC 3161, section 2.4.1) in DER, to be sent as `application/timestamp-query`. It asks for the authority's
 * certificate, for the token to be verifiable by itself.
 * @param nonce random bytes, 8 or more
 */
export function timestampQuery(sha256: Buffer, nonce: Buffer): Buffer {
  const hashAlgorithm = new AlgorithmIdentifier({ algorithm: SHA256, parameters: null });
  const messageImprint = new MessageImprint({ hashAlgorithm, hashedMessage: new OctetString(sha256) });
  return Buffer.from(AsnConvert.serialize(new TimeStampReq({ messageImprint, nonce: unsignedInteger(nonce), certReq: true })));
}

/** The content of a positive DER INTEGER: no needless zeros, and one where the first bit would mean a sign. */
function unsignedInteger(bytes: Buffer): ArrayBuffer {
  const digits = BigInt(`0x${bytes.toString('hex') || '0'}`).toString(16);
  const even = digits.length % 2 === 1 ? `0${digits}` : digits;
  return new Uint8Array(Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex')).buffer;
}
