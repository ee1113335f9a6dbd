import { type RefObject, useEffect } from 'react'

/** How long a dialog takes to close and to give the focus back, in milliseconds. */
const CLOSING_MS = 400

/**
 * Takes the focus where the pressed button is gone with what it has brought about (`of` is another then): with a lesson
 * that opens, an answer that is told, the last hint. Does nothing while anything has the focus.
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>, of: string): void {
  useEffect(() => {
    const take = (): void => {
      if (document.activeElement === document.body) place.current?.focus({ preventScroll: true })
    }
    take()
    // A dialog that closes gives the focus back to what opened it, which may be gone.
    const later = setTimeout(take, CLOSING_MS)
    return () => clearTimeout(later)
    // oxlint-disable-next-line react/exhaustive-deps -- what has become of it says when, not where
  }, [place, of])
}
