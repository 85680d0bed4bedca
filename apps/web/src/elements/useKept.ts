import { useCallback, useState } from 'react';

/** Kept in this tab alone, whoever uses the computer next does not find it; kept in the browser, one may close the page and come back. */
type Place = 'tab' | 'browser';

/**
 * What is typed and not sent yet outlives a reload and a new sign-in, under a key; `null` forgets it. Where the browser keeps nothing
 * (it was told so), it is state like any other.
 */
export function useKept<Value>(key: string, place: Place = 'tab'): [Value | null, (value: Value | null) => void] {
  const [value, setValue] = useState<Value | null>(() => within(place, (store) => JSON.parse(store.getItem(named(key)) ?? 'null')) ?? null);
  const keep = useCallback(
    (next: Value | null) => {
      setValue(next);
      if (next === null) forgetKept(key, place);
      else within(place, (store) => store.setItem(named(key), JSON.stringify(next)));
    },
    [key, place],
  );
  return [value, keep];
}

export function forgetKept(key: string, place: Place = 'tab'): void {
  within(place, (store) => store.removeItem(named(key)));
}

const named = (key: string) => `paddock:${key}`;

/** To look at a store that is switched off throws already; the page goes on without. */
function within<Answer>(place: Place, work: (store: Storage) => Answer): Answer | undefined {
  try {
    return work(place === 'tab' ? sessionStorage : localStorage);
  } catch {
    return undefined;
  }
}
