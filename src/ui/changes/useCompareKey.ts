import type { KeyboardEvent } from 'react'
import { useApp } from '#ui/kit/AppContext.tsx'

/** The key B shows what was before, and what is again; not where somebody writes. */
export function useCompareKey(): (event: KeyboardEvent<HTMLElement>) => void {
  const app = useApp()
  return (event) => {
    const { target, currentTarget, key } = event
    if (key.toLowerCase() !== 'b' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (!(target instanceof HTMLElement || target instanceof SVGElement) || !currentTarget.contains(target)) return
    if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')) return
    event.preventDefault()
    app.actions.setComparing(!app.view.getState().comparing)
  }
}
