import { useKept } from '../../../elements/useKept.js';

/** What a form holds: as it was left in this tab, or as it begins. `forget` is for when it was sent. */
export function useDraft<Value>(key: string, initial: Value): [Value, (value: Value) => void, forget: () => void] {
  const [kept, keep] = useKept<Value>(key);
  return [kept ?? initial, keep, () => keep(null)];
}
