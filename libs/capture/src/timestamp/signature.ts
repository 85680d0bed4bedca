import { Attribute, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnArray, AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { createHash, verify, X509Certificate } from 'node:crypto';
import { orMalformed, type Token } from './token.js';
import { TimestampFailure } from './timestamp-failure.js';

const HASHES: Record<string, string> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithms with the hash that they name; plain RSA takes the signer's digest algorithm (RFC 3370, section 3.2). */
const SIGNATURES: Record<string, string | undefined> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const RSA = '1.2.840.113549.1.1.1';

const ATTRIBUTES = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

/** ESSCertID (RFC 2634, section 5.4.1): its hash is SHA-1. */
class EssCertId {
  @AsnProp({ type: OctetString })
  certHash = new OctetString();

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  issuerSerial?: ArrayBuffer;
}

/** ESSCertIDv2 (RFC 5035, section 4): SHA-256 where it names no other. */
class EssCertIdV2 {
  @AsnProp({ type: AlgorithmIdentifier, optional: true })
  hashAlgorithm?: AlgorithmIdentifier;

  @AsnProp({ type: OctetString })
  certHash = new OctetString();

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  issuerSerial?: ArrayBuffer;
}

@AsnType({ type: AsnTypeTypes.Sequence })
class SigningCertificate {
  @AsnProp({ type: EssCertId, repeated: 'sequence' })
  certs: EssCertId[] = [];

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  policies?: ArrayBuffer;
}

@AsnType({ type: AsnTypeTypes.Sequence })
class SigningCertificateV2 {
  @AsnProp({ type: EssCertIdV2, repeated: 'sequence' })
  certs: EssCertIdV2[] = [];

  @AsnProp({ type: AsnPropTypes.Any, optional: true })
  policies?: ArrayBuffer;
}

/** The attributes are signed as a SET OF, while the token holds them under the tag [0] (RFC 5652, section 5.4). */
@AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })
class SignedAttributes extends AsnArray<Attribute> {}

/**
 * The certificate whose key signed a token (RFC 5652, section 5.4), among those at hand. Which one it is the token says
 * under its signature (RFC 3161, section 2.4.2; RFC 5816).
 * @throws TimestampFailure `bad-signature`
 */
export function signerOf(token: Token, certificates: readonly X509Certificate[]): X509Certificate {
  const { signer, content } = token;
  if (!signer.signedAttrs) throw badSignature('nothing is signed with it');
  const hash = HASHES[signer.digestAlgorithm.algorithm];
  if (!hash) throw badSignature(`digest algorithm ${signer.digestAlgorithm.algorithm} is not taken`);
  const digest = attribute(signer, ATTRIBUTES.messageDigest, (der) => AsnConvert.parse(der, OctetString).buffer);
  if (!digest || !createHash(hash).update(content).digest().equals(Buffer.from(digest)))
    throw badSignature('the content is not what was signed');
  const named = namedCertificate(signer);
  const certificate = certificates.find(({ raw }) => createHash(named.hash).update(raw).digest().equals(named.value));
  if (!certificate) throw badSignature('the certificate of the signer is not at hand');
  const { algorithm } = signer.signatureAlgorithm;
  const signedHash = algorithm === RSA ? hash : SIGNATURES[algorithm];
  if (!signedHash) throw badSignature(`signature algorithm ${algorithm} is not taken`);
  const signed = Buffer.from(AsnConvert.serialize(new SignedAttributes(signer.signedAttrs)));
  const signature = Buffer.from(signer.signature.buffer);
  if (!verify(signedHash, signed, certificate.publicKey, signature)) throw badSignature('it does not verify');
  return certificate;
}

function namedCertificate(signer: SignerInfo): { hash: string; value: Buffer } {
  const second = attribute(signer, ATTRIBUTES.signingCertificateV2, (der) => AsnConvert.parse(der, SigningCertificateV2).certs[0]);
  if (second) {
    const algorithm = second.hashAlgorithm?.algorithm;
    const hash = algorithm === undefined ? 'sha256' : HASHES[algorithm];
    if (!hash) throw badSignature(`digest algorithm ${algorithm} is not taken`);
    return { hash, value: Buffer.from(second.certHash.buffer) };
  }
  const first = attribute(signer, ATTRIBUTES.signingCertificate, (der) => AsnConvert.parse(der, SigningCertificate).certs[0]);
  if (!first) throw badSignature('it does not say whose it is');
  return { hash: 'sha1', value: Buffer.from(first.certHash.buffer) };
}

function attribute<T>(signer: SignerInfo, type: string, read: (der: ArrayBuffer) => T): T | undefined {
  const values = signer.signedAttrs!.filter(({ attrType }) => attrType === type).flatMap(({ attrValues }) => attrValues);
  if (values.length > 1) throw badSignature('an attribute comes twice');
  return values[0] && orMalformed('an attribute of the token', () => read(values[0]!));
}

function badSignature(detail: string): TimestampFailure {
  return new TimestampFailure('bad-signature', `the token's signature: ${detail}`);
}
