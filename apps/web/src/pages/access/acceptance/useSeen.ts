import { useEffect, useRef } from 'react';

/** Calls back once when the element comes into view. */
export function useSeen<Place extends HTMLElement>(onSeen: () => void) {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      onSeen();
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return place;
}
