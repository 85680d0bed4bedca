/** HTML, section 13.2.3.2: a declaration counts within the first 1024 bytes. */
const DECLARED_WITHIN = 1024;

/**
 * Bytes as the text that they are: a byte order mark decides, else the charset of the media type, else what HTML declares,
 * else UTF-8 where the bytes are valid in it and windows-1252 where not. Bytes that stand for nothing become U+FFFD.
 * @param mediaType the value of Content-Type, parameters included
 */
export function decodedText(body: Buffer, mediaType: string): string {
  const named = charsetOf(mediaType) ?? charsetOf(body.subarray(0, DECLARED_WITHIN).toString('latin1'));
  for (const label of [markOf(body), named].filter((label) => label !== undefined)) {
    const decoder = decoderOf(label);
    if (decoder) return decoder.decode(body);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('windows-1252').decode(body);
  }
}

/** The essence of a media type (RFC 9110, section 8.3.1): `text/html` of `Text/HTML; charset=utf-8`. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]!.trim().toLowerCase();
}

function charsetOf(text: string): string | undefined {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(text)?.[1];
}

function markOf(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : undefined;
}

function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
