const constantParts = 5000;
const doubledEvery = 1000;

/** Parts that an S3 multipart upload may have ("Amazon S3 multipart upload limits"). */
export const mostParts = 10_000;

/**
 * The size of a part, in bytes, where the size of the object is not known: the same for the first 5,000 parts (servers
 * that want equal parts then take up to 80 GiB with parts of 16 MiB), doubled for each 1,000 from there on, so that
 * 10,000 parts hold 1 TiB.
 *
 * @param number of the part, from 1
 */
export function partSizeAt(number: number, firstSize: number): number {
  if (number <= constantParts) return firstSize;
  return firstSize * 2 ** (Math.floor((number - 1 - constantParts) / doubledEvery) + 1);
}
