import type { FormField } from '@paddock/domain';

/** One a line, `value = what is shown`, or both the same. */
export function optionsOf(text: string): { value: string; label: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('=');
      const [value, label] = at > 0 ? [line.slice(0, at).trim(), line.slice(at + 1).trim()] : [line, line];
      return { value: value === '' ? label : value, label: label === '' ? value : label };
    });
}

export const linesOf = (options: readonly { value: string; label: string }[]): string =>
  options.map(({ value, label }) => (value === label ? value : `${value} = ${label}`)).join('\n');

/** A name for the answer from its question; the publisher may say another. */
export function idFrom(label: string, taken: readonly string[]): string {
  const words = label
    .normalize('NFKD')
    .replaceAll(/[^\w\s-]/g, '')
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean)
    .slice(0, 4);
  const id =
    words
      .map((word, n) => (n === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
      .join('')
      .replace(/^[^a-z]+/i, '')
      .slice(0, 60) || 'field';
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? id : `${id}${n}`;
    if (!taken.includes(free)) return free;
  }
}

export function newField(kind: FormField['kind'], taken: readonly string[]): FormField {
  const base = { id: idFrom('', taken), label: '', required: true };
  return kind === 'choice' ? { ...base, kind, options: [] } : ({ ...base, kind } as FormField);
}

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), items[from]!, ...rest.slice(to)];
}
