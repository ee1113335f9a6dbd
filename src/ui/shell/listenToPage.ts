import type { App } from '#state/app.ts'
import { collectFiles } from '#ui/files/collect.ts'

/**
 * What the page itself hears, wherever the focus is: paste outside of fields, undo and redo, Find, F6 from region to
 * region. A selected edge opens the answer to "why". Returns how to stop.
 */
export function listenToPage(app: App, frame: HTMLElement): () => void {
  const paste = (event: ClipboardEvent): void => {
    if (isField(event.target) || app.view.getState().dialog) return
    const files = [...(event.clipboardData?.files ?? [])]
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (files.length === 0 && text.trim() === '') return
    event.preventDefault()
    if (files.length > 0) void collectFiles(files).then((incoming) => app.actions.open(incoming))
    else void app.actions.paste(text)
  }
  const keydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || app.view.getState().dialog) return
    const action = keyAction(event)
    if (!action || (action !== 'find' && action !== 'region' && isField(event.target))) return
    event.preventDefault()
    if (action === 'find') app.actions.openDialog({ type: 'find' })
    else if (action === 'region') focusRegion(frame, event.shiftKey ? -1 : 1)
    else app.actions[action]()
  }
  const stop = app.view.subscribe(({ selection, panels }, before) => {
    // A lesson that reveals a connection tells why by itself.
    if (selection === before.selection || !selection || app.teaching.store.getState().reveal) return
    if (panels.bottom === 'why' && (panels.right || selection.type === 'card')) return
    app.actions.setPanels({ bottom: 'why', ...(selection.type === 'edge' ? { right: true } : {}) })
  })
  document.addEventListener('paste', paste)
  document.addEventListener('keydown', keydown)
  return () => {
    stop()
    document.removeEventListener('paste', paste)
    document.removeEventListener('keydown', keydown)
  }
}

function keyAction(event: KeyboardEvent): 'undo' | 'redo' | 'find' | 'region' | undefined {
  if (event.key === 'F6') return 'region'
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined
  const key = event.key.toLowerCase()
  if (key === 'k' && !event.shiftKey) return 'find'
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : undefined
}

// Monaco's input is an EditContext element, which is neither an input nor contenteditable.
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable || target.closest('textarea, select, input:not([type=checkbox]), .monaco-editor') !== null
  )
}

function focusRegion(frame: HTMLElement, step: 1 | -1): void {
  const regions = [...frame.querySelectorAll<HTMLElement>('[data-region]')]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next = at < 0 ? 0 : (at + step + regions.length) % regions.length
  regions[next]?.focus()
}
