import { Alert, createTheme, type MantineColorsTuple } from '@mantine/core';

const meadow: MantineColorsTuple = [
  '#eef8f3',
  '#dcefe6',
  '#b5dfca',
  '#8acdac',
  '#66be93',
  '#4fb583',
  '#3a9d6d',
  '#26805a',
  '#1f6f54',
  '#0f5a41',
];

/** Quiet: the system's own letters, one green, hairlines rather than shadows. */
export const theme = createTheme({
  primaryColor: 'meadow',
  primaryShade: 8,
  colors: { meadow },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Colored letters on a colored ground are hard to read.
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
  },
});
