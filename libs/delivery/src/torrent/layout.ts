/** Folder of padding files (BEP 47). Clients that know them write none; others fetch them, and are sent zeros. */
export const PAD_FOLDER = '.pad';

/** One file of the v1 list: an artifact, or the zeros that make the next one begin at a piece. */
export interface TorrentPlace {
  kind: 'artifact' | 'padding';
  path: string;
  /** In bytes. */
  size: number;
  /** Where it begins among the bytes of the torrent. */
  offset: number;
}

/**
 * The order of the files in a hybrid torrent, which the sorted v2 file tree prescribes (BEP 52), with padding before each
 * file that would not begin at a piece.
 */
export function layOut(files: readonly { path: string; size: number }[], pieceLength: number): TorrentPlace[] {
  const places: TorrentPlace[] = [];
  let offset = 0;
  for (const { path, size } of files.toSorted((a, b) => compareInTree(a.path, b.path))) {
    const over = offset % pieceLength;
    if (over > 0 && size > 0) {
      const padding = pieceLength - over;
      places.push({ kind: 'padding', path: `${PAD_FOLDER}/${padding}`, size: padding, offset });
      offset += padding;
    }
    places.push({ kind: 'artifact', path, size, offset });
    offset += size;
  }
  return places;
}

/** By the bytes of each segment: `a.b` stands after `a/b`, for `a` comes before `a.b`. Paths are ASCII. */
function compareInTree(left: string, right: string): number {
  const [a, b] = [left.split('/'), right.split('/')];
  const at = a.findIndex((segment, index) => segment !== b[index]);
  if (at < 0) return a.length - b.length;
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

/** Bytes of one place. */
export interface PlaceSpan {
  place: TorrentPlace;
  /** Where they begin in it. */
  first: number;
  length: number;
}

/**
 * Where a run of the torrent's bytes lies.
 * @throws RangeError where it goes beyond them
 */
export function spansOf(places: readonly TorrentPlace[], offset: number, length: number): PlaceSpan[] {
  const spans: PlaceSpan[] = [];
  let at = offset;
  let low = 0;
  for (let high = places.length; low < high;) {
    const middle = (low + high) >> 1;
    if (places[middle]!.offset + places[middle]!.size <= offset) low = middle + 1;
    else high = middle;
  }
  for (const end = offset + length; at < end; low += 1) {
    const place = places[low];
    if (!place) throw new RangeError('the torrent has no such bytes');
    const first = at - place.offset;
    const taken = Math.min(place.size - first, end - at);
    if (taken > 0) spans.push({ place, first, length: taken });
    at += taken;
  }
  return spans;
}
