import type { App } from '#state/app.ts'
import { stepHistory } from './models.ts'
import { monaco } from './monaco.ts'

/**
 * Keys that belong to the page and not to Monaco: undo and redo are the page's one history (mixing in Monaco's own
 * corrupts it), Ctrl-K is Find, and Escape lets the next Tab leave the editor. Returns how to stop.
 */
export function guardKeys(
  host: HTMLElement,
  editor: monaco.editor.IStandaloneCodeEditor,
  app: App,
  leaving: (leaves: boolean) => void,
): () => void {
  const letTabLeave = (leaves: boolean): void => {
    editor.updateOptions({ tabFocusMode: leaves })
    leaving(leaves)
  }
  const keydown = (event: KeyboardEvent): void => {
    const step = historyStep(event)
    if (step && !isInWidget(event)) {
      swallow(event)
      stepHistory(app, step)
    } else if (isFind(event)) {
      swallow(event)
      app.actions.openDialog({ type: 'find' })
    } else if (event.key === 'Escape') letTabLeave(true)
    else if (event.key !== 'Tab' && !MODIFIERS.has(event.key)) letTabLeave(false)
  }
  const beforeInput = (event: InputEvent): void => {
    if (isInWidget(event)) return
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      swallow(event)
      stepHistory(app, event.inputType === 'historyUndo' ? 'undo' : 'redo')
    }
  }
  const focusOut = (): void => letTabLeave(false)
  const commands = (['undo', 'redo'] as const).map((step) =>
    monaco.editor.registerCommand(step, () => stepHistory(app, step)),
  )
  host.addEventListener('keydown', keydown, true)
  host.addEventListener('beforeinput', beforeInput, true)
  host.addEventListener('focusout', focusOut)
  return () => {
    host.removeEventListener('keydown', keydown, true)
    host.removeEventListener('beforeinput', beforeInput, true)
    host.removeEventListener('focusout', focusOut)
    for (const command of commands) command.dispose()
  }
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta'])

function historyStep(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : undefined
}

function isFind(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k'
}

// The find box has its own short text, with the browser's own undo.
function isInWidget(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('.find-widget') !== null
}

function swallow(event: Event): void {
  event.preventDefault()
  event.stopPropagation()
}
