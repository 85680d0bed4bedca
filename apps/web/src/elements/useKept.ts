import { useCallback, useState } from 'react';

/**
 * State that outlives a reload of this browser, under a key; `null` forgets it. Where the browser keeps nothing (a private window),
 * it is state like any other.
 */
export function useKept<Value>(key: string): [Value | null, (value: Value | null) => void] {
  const [value, setValue] = useState<Value | null>(() => read<Value>(key));
  const keep = useCallback(
    (next: Value | null) => {
      setValue(next);
      try {
        if (next === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // The page goes on without.
      }
    },
    [key],
  );
  return [value, keep];
}

function read<Value>(key: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Value | null;
  } catch {
    return null;
  }
}
