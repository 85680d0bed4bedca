import { useLocation } from '@tanstack/react-router';

/** A parameter of the address's query as text; undefined where it is not there. */
export function useSearchText(name: string): string | undefined {
  const search = useLocation({ select: (location) => location.search as Record<string, unknown> });
  return Object.hasOwn(search, name) ? String(search[name] ?? '') : undefined;
}
