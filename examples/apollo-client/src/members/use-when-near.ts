import { type RefCallback, useEffect, useState } from 'react';

/** Calls while the element is, or comes, within a screen's height of what can be seen. */
export function useWhenNear(wanted: boolean, call: () => Promise<void>): RefCallback<HTMLElement> {
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!wanted || element === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void call();
      },
      { rootMargin: '0px 0px 100% 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [wanted, element, call]);
  return setElement;
}
