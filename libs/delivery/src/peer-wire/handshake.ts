const PROTOCOL = Buffer.from('\x13BitTorrent protocol', 'latin1');
const INFO_HASH = 28;
const PEER_ID = 48;
/** Bit of the last reserved byte: the fast extension (BEP 6). */
const FAST = 0x04;

/** In bytes. */
export const HANDSHAKE_LENGTH = 68;

export interface Handshake {
  /** 40 hexadecimal digits; of a v2 torrent those of the first 20 bytes. */
  infoHash: string;
  /** Whether the other side knows the fast extension. */
  fast: boolean;
}

/** Reads the 68 bytes that open a connection (BEP 3); undefined for what is no BitTorrent, or is encrypted. */
export function readHandshake(bytes: Buffer): Handshake | undefined {
  if (bytes.length < HANDSHAKE_LENGTH || bytes.compare(PROTOCOL, 0, PROTOCOL.length, 0, PROTOCOL.length) !== 0) return undefined;
  return { infoHash: bytes.toString('hex', INFO_HASH, PEER_ID), fast: (bytes[27]! & FAST) !== 0 };
}

/** The answer, under the same info hash as was asked for: of a hybrid torrent, whichever the peer knows. */
export function writeHandshake(infoHash: string, peerId: Uint8Array): Buffer {
  const bytes = Buffer.alloc(HANDSHAKE_LENGTH);
  PROTOCOL.copy(bytes);
  bytes[27] = FAST;
  bytes.write(infoHash, INFO_HASH, 'hex');
  bytes.set(peerId, PEER_ID);
  return bytes;
}
