import { words } from '../words/index.js';

/** Bytes as people read them, in powers of 1000. */
export function size(bytes: number): string {
  const step = bytes === 0 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), words.frame.sizes.length - 1);
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${words.frame.sizes[step]}`;
}

export const sizeOf = (files: readonly { size: number }[]): number => files.reduce((sum, { size: bytes }) => sum + bytes, 0);

/** 70_600_000_000 as "70.6B". */
export const count = (number: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(number);
