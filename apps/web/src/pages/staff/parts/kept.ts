import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';

/**
 * What is typed and not sent yet survives a reload and a new sign-in, in this tab alone: whoever uses the computer next does not
 * find it. `forget` is for when it was sent.
 */
export function useKept<Value>(key: string, initial: Value): [Value, Dispatch<SetStateAction<Value>>, forget: () => void] {
  const place = `paddock:${key}`;
  const [value, setValue] = useState<Value>(() => read(place) ?? initial);
  useEffect(() => {
    if (value === initial) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify(value));
  }, [place, value, initial]);
  const forget = () => {
    sessionStorage.removeItem(place);
    setValue(initial);
  };
  return [value, setValue, forget];
}

function read<Value>(place: string): Value | undefined {
  const text = sessionStorage.getItem(place);
  return text === null ? undefined : (JSON.parse(text) as Value);
}
