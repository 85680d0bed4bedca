import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';

const SWITCH = 'paddock:keys';
/** Single keys can be switched off (WCAG 2.1.4): speech input says them by mistake. */
export const keysAreOn = () => localStorage.getItem(SWITCH) !== 'off';
export const switchKeys = (on: boolean) => localStorage.setItem(SWITCH, on ? 'on' : 'off');

/** Single keys that do something, unless one is typing. The latest `keys` count, so that they may close over what is shown. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || !keysAreOn()) return;
      if (document.querySelector('[role=dialog]') || !Object.hasOwn(latest.current, event.key)) return;
      event.preventDefault();
      // At once, so that what is typed next goes where the key led.
      flushSync(() => latest.current[event.key]!());
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.matches('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])');
