import { openSync, type Font } from 'fontkit';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** DejaVu Sans: Latin, Greek, Cyrillic, Armenian, Georgian and many signs. Letters are set from left to right alone. */
export const TEXT_FONT = resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
export const BOLD_FONT = resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');

/** Scripts that run from right to left or join their letters otherwise: the font may hold them, the typesetter cannot set them. */
const UNSET = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;
/** Longer words are broken here: finding where a line ends in them would take the square of their length. */
const LONG_WORD = /\S{80}/gu;
const CONTROLS = /[^\P{Cc}\n]|[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]/gu;

let textFont: Font | undefined;
const known = new Map<string, string>();

/** A text as it can be set: a character without a glyph is told by its code point, and what only steers layout is left out. */
export function settable(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('\t', '    ')
    .replaceAll(CONTROLS, '')
    .replaceAll(/[^\n\u{20}-\u{7e}]/gu, (character) => {
      const shown = known.get(character) ?? (isSet(character) ? character : codePoint(character));
      known.set(character, shown);
      return shown;
    })
    .replaceAll(LONG_WORD, '$&\n');
}

function isSet(character: string): boolean {
  textFont ??= openSync(TEXT_FONT) as Font;
  return !UNSET.test(character) && textFont.hasGlyphForCodePoint(character.codePointAt(0)!);
}

function codePoint(character: string): string {
  return `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`;
}
