import { open, type FileHandle } from 'node:fs/promises';
import { sourceUnfit } from './image-source.js';

/** Where a file lies in the archive, in bytes. */
export interface TarEntry {
  start: number;
  size: number;
}

const BLOCK = 512;
const LONGEST_EXTENSION = 64 * 1024;
const MOST_ENTRIES = 100_000;
const REGULAR = new Set(['0', '\0', '7']);

/** Reads the headers of a tar archive (POSIX.1-1988 to pax, and GNU's long names), not what the files hold. */
export async function indexTar(path: string): Promise<Map<string, TarEntry>> {
  const file = await open(path);
  try {
    return await readHeaders(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

async function readHeaders(file: FileHandle, fileSize: number): Promise<Map<string, TarEntry>> {
  const entries = new Map<string, TarEntry>();
  let next: { path?: string; size?: number } = {};
  for (let at = 0; at + BLOCK <= fileSize;) {
    const header = await read(file, at, BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (!checksumFits(header))
      throw sourceUnfit('the file is no tar archive, or is compressed', 'Unpack it first, or import the layout directory.');
    const type = String.fromCharCode(header[156]!);
    const size = type === 'x' || type === 'L' ? numberAt(header, 124) : (next.size ?? numberAt(header, 124));
    // A negative one would lead back, and round for ever.
    if (!Number.isSafeInteger(size) || size < 0) throw sourceUnfit('the archive names a size that no file has');
    const start = at + BLOCK;
    if (start + size > fileSize) throw sourceUnfit('the archive ends before what it says that it holds');
    if (type === 'x' || type === 'L') {
      const extension = (await read(file, start, Math.min(size, LONGEST_EXTENSION))).toString('utf8');
      next = { ...next, ...(type === 'L' ? { path: extension.replace(/\0.*$/s, '') } : paxFields(extension)) };
    } else {
      if (REGULAR.has(type)) entries.set((next.path ?? nameOf(header)).replace(/^\.\//, ''), { start, size });
      if (entries.size > MOST_ENTRIES) throw sourceUnfit('the archive holds more files than any image');
      next = {};
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw sourceUnfit('the archive ends in the middle of a header');
  return buffer;
}

function checksumFits(header: Buffer): boolean {
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  return sum === numberAt(header, 148, 8);
}

/** Octal text; GNU writes larger numbers in base 256, told by the first bit. */
function numberAt(header: Buffer, at: number, length = 12): number {
  const field = header.subarray(at, at + length);
  if ((field[0]! & 0x80) === 0) return parseInt(field.toString('latin1').replace(/\0.*$/s, '').trim() || '0', 8);
  return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
}

function nameOf(header: Buffer): string {
  const field = (at: number, length: number) =>
    header
      .subarray(at, at + length)
      .toString('utf8')
      .replace(/\0.*$/s, '');
  const prefix = header.subarray(257, 262).toString('latin1') === 'ustar' ? field(345, 155) : '';
  return prefix ? `${prefix}/${field(0, 100)}` : field(0, 100);
}

/** Records of the form `LENGTH KEY=VALUE\n`. */
function paxFields(text: string): { path?: string; size?: number } {
  const fields = new Map(Array.from(text.matchAll(/\d+ ([^=\n]+)=([^\n]*)\n/g), ([, key, value]) => [key, value]));
  const [path, size] = [fields.get('path'), fields.get('size')];
  return { ...(path !== undefined && { path }), ...(size !== undefined && { size: Number(size) }) };
}
