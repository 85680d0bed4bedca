/** What BEP 3 can say; text is UTF-8. Of a dictionary the keys are bytes too, one character each (latin1). */
export type Bencodable = number | string | Uint8Array | Encoded | readonly Bencodable[] | ReadonlyMap<string, Bencodable>;

/** Bytes that are bencoded already, to be placed as they are. */
export class Encoded {
  constructor(readonly bytes: Uint8Array) {}
}

/**
 * The one encoding of a value (BEP 3): dictionaries are sorted by the bytes of their keys, so that what is hashed never varies.
 * @throws RangeError for a number that is no safe integer
 */
export function bencode(value: Bencodable): Buffer {
  const pieces: Uint8Array[] = [];
  write(value, pieces);
  return Buffer.concat(pieces);
}

/** A dictionary of the members that are there. */
export function dictionary(members: Readonly<Record<string, Bencodable | undefined>>): Map<string, Bencodable> {
  return new Map(Object.entries(members).filter((member): member is [string, Bencodable] => member[1] !== undefined));
}

function write(value: Bencodable, to: Uint8Array[]): void {
  if (typeof value === 'number') to.push(Buffer.from(`i${integer(value)}e`));
  else if (typeof value === 'string') writeBytes(Buffer.from(value), to);
  else if (value instanceof Uint8Array) writeBytes(value, to);
  else if (value instanceof Encoded) to.push(value.bytes);
  else if (value instanceof Map) writeDictionary(value, to);
  else writeList(value as readonly Bencodable[], to);
}

function writeBytes(bytes: Uint8Array, to: Uint8Array[]): void {
  to.push(Buffer.from(`${bytes.length}:`), bytes);
}

function writeList(list: readonly Bencodable[], to: Uint8Array[]): void {
  to.push(Buffer.from('l'));
  for (const item of list) write(item, to);
  to.push(Buffer.from('e'));
}

function writeDictionary(members: ReadonlyMap<string, Bencodable>, to: Uint8Array[]): void {
  to.push(Buffer.from('d'));
  for (const key of [...members.keys()].sort()) {
    writeBytes(Buffer.from(key, 'latin1'), to);
    write(members.get(key)!, to);
  }
  to.push(Buffer.from('e'));
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer that bencode can say: ${value}`);
  return value;
}
