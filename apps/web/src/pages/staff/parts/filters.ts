import { useNavigate, useSearch } from '@tanstack/react-router';

export type Filters = Readonly<Record<string, string>>;

/**
 * The filters of a list stand in the page's address, so that a view can be kept, shared and gone back to. With `step` each change
 * is one that the browser's own button takes back.
 */
export function useFilters(step = false): [Filters, (change: Record<string, string | undefined>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));
  const change = (changed: Record<string, string | undefined>) => {
    const next = Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(next) as never, replace: !step, resetScroll: false });
  };
  return [filters, change];
}

/** As the API takes them: what is not filled in is not asked. */
export function queryOf(filters: Readonly<Record<string, string | number | undefined>>): string {
  const filled = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
}
