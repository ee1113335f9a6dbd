import { type RefObject, useEffect, useRef } from 'react'

/** For an element that has just appeared: brings it into sight, and again whenever `what` is another. */
export function useScrollTo<T extends Element>(what: unknown): RefObject<T | null> {
  const element = useRef<T>(null)
  useEffect(() => {
    // Not every browser of a test can.
    element.current?.scrollIntoView?.({ block: 'nearest' })
    // oxlint-disable-next-line react/exhaustive-deps -- what is shown says when, not where
  }, [what])
  return element
}
