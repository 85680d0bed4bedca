import { ContentInfo, id_signedData, SignedData, type SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, AsnSerializer } from '@peculiar/asn1-schema';
import { id_ct_tstInfo, TSTInfo } from '@peculiar/asn1-tsp';
import { SHA256 } from './query.js';
import { TimestampFailure } from './timestamp-failure.js';

/** A TimeStampToken (RFC 3161, section 2.4.2): signed data about a moment. */
export interface Token {
  info: TSTInfo;
  /** The DER of `info`, which the signature is about. */
  content: Buffer;
  signer: SignerInfo;
  /** The certificates that came with it, in DER. */
  certificates: Buffer[];
}

/** @throws TimestampFailure `malformed` for anything but one. */
export function parsedToken(der: Buffer): Token {
  return orMalformed('the token', () => {
    const outer = AsnConvert.parse(der, ContentInfo);
    if (outer.contentType !== id_signedData) throw new Error('it is not signed data');
    const { encapContentInfo, signerInfos, certificates } = AsnConvert.parse(outer.content, SignedData);
    const content = encapContentInfo.eContent?.single?.buffer;
    if (encapContentInfo.eContentType !== id_ct_tstInfo || !content) throw new Error('it holds no time stamp');
    if (signerInfos.length !== 1) throw new Error(`it has ${signerInfos.length} signers`);
    return {
      info: AsnConvert.parse(content, TSTInfo),
      content: Buffer.from(content),
      signer: signerInfos[0]!,
      certificates: [...(certificates ?? [])].flatMap(({ certificate }) =>
        certificate ? [Buffer.from(AsnSerializer.serialize(certificate))] : [],
      ),
    };
  });
}

/** @throws TimestampFailure `wrong-imprint` for a stamp over anything but this digest. */
export function assertImprint({ info: { messageImprint } }: Token, sha256: Buffer): void {
  const { hashAlgorithm, hashedMessage } = messageImprint;
  if (hashAlgorithm.algorithm !== SHA256 || !sha256.equals(Buffer.from(hashedMessage.buffer)))
    throw new TimestampFailure('wrong-imprint', 'the token stamps another digest');
}

/** Whatever a parser says about bytes of others. */
export function orMalformed<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof TimestampFailure) throw cause;
    throw new TimestampFailure('malformed', `${what} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
