import { createHash } from 'node:crypto';
import { bencode, dictionary, Encoded, type Bencodable } from './bencode.js';
import { layOut, PAD_FOLDER, type TorrentPlace } from './layout.js';
import type { FilePieces } from './file-pieces.js';

export interface TorrentFile {
  /** Artifact path. */
  path: string;
  /** In bytes. */
  size: number;
  pieces: FilePieces;
}

export interface TorrentSource {
  /** Folder that clients put the files in. */
  name: string;
  /** Keeps the torrent apart from any other of the same files (`source` of the info dictionary). */
  source: string;
  pieceLength: number;
  files: readonly TorrentFile[];
}

/** What is the same for everybody to whom the torrent is handed. */
export interface Torrent {
  /** The bencoded info dictionary, for both versions. */
  info: Buffer;
  /** The bencoded `piece layers` (BEP 52). */
  pieceLayers: Buffer;
  /** SHA-1 of `info`, 20 bytes. */
  infoHashV1: Buffer;
  /** SHA-256 of `info`, 32 bytes; on the wire its first 20 (BEP 52). */
  infoHashV2: Buffer;
  /** What aria2 before 1.37 takes for the v1 hash, for it drops empty keys, which the v2 file tree needs (aria2 issue 1903). */
  infoHashAria2: Buffer;
}

/** A private hybrid torrent (BEP 3, 27, 47, 52). The same files give the same bytes, whenever and wherever. */
export function makeTorrent({ name, source, pieceLength, files }: TorrentSource): Torrent {
  const known = new Map(files.map((file) => [file.path, file]));
  const places = layOut(files, pieceLength);
  const stored = places.filter((place) => place.kind === 'artifact').map(({ path }) => known.get(path)!);
  const members = {
    files: places.map(v1File),
    'meta version': 2,
    name,
    'piece length': pieceLength,
    pieces: v1Pieces(stored),
    private: 1,
    source,
  };
  const info = bencode(dictionary({ ...members, 'file tree': fileTree(stored, leaf) }));
  const asAria2Reads = bencode(dictionary({ ...members, 'file tree': fileTree(stored, () => new Map()) }));
  const layered = stored.filter(({ pieces }) => pieces.layer.length > 0);
  return {
    info,
    pieceLayers: bencode(new Map(layered.map(({ pieces }) => [Buffer.from(pieces.root!).toString('latin1'), pieces.layer]))),
    infoHashV1: createHash('sha1').update(info).digest(),
    infoHashV2: createHash('sha256').update(info).digest(),
    infoHashAria2: createHash('sha1').update(asAria2Reads).digest(),
  };
}

export interface Addressed {
  /** Absolute; carries the passkey. */
  announce: string;
  /** Absolute, ends with `/` (BEP 19); carries the passkey. */
  webseed: string;
  comment: string;
}

/** The .torrent of one licensee. */
export function torrentFile(
  { info, pieceLayers }: Pick<Torrent, 'info' | 'pieceLayers'>,
  { announce, webseed, comment }: Addressed,
): Buffer {
  return bencode(
    dictionary({
      announce,
      comment,
      'created by': 'Paddock',
      info: new Encoded(info),
      'piece layers': new Encoded(pieceLayers),
      'url-list': [webseed],
    }),
  );
}

function v1File(place: TorrentPlace): Bencodable {
  if (place.kind === 'artifact') return dictionary({ length: place.size, path: place.path.split('/') });
  return dictionary({ attr: 'p', length: place.size, path: [PAD_FOLDER, String(place.size)] });
}

function v1Pieces(files: readonly TorrentFile[]): Buffer {
  const last = files.findLastIndex(({ size }) => size > 0);
  return Buffer.concat(
    files.flatMap(({ pieces: { sha1, sha1Padded } }, index) =>
      sha1Padded === null || index >= last ? [sha1] : [sha1.subarray(0, -20), sha1Padded],
    ),
  );
}

type Folder = Map<string, Bencodable>;

function fileTree(files: readonly TorrentFile[], leafOf: (file: TorrentFile) => Folder): Folder {
  const root: Folder = new Map();
  for (const file of files) {
    const segments = file.path.split('/');
    let folder = root;
    for (const segment of segments.slice(0, -1)) {
      if (!folder.has(segment)) folder.set(segment, new Map());
      folder = folder.get(segment) as Folder;
    }
    folder.set(segments.at(-1)!, leafOf(file));
  }
  return root;
}

function leaf({ size, pieces }: TorrentFile): Folder {
  return new Map([['', dictionary({ length: size, 'pieces root': pieces.root ?? undefined })]]);
}
