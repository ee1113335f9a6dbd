import type { App } from '#state/app.ts'
import type { Models } from './models.ts'
import { monaco } from './monaco.ts'

/** How long the cursor and the pointer must rest before they mean something, in ms. */
const CURSOR_MS = 120
const POINTER_MS = 180

/** Tells the page what the cursor is in, and what the pointer rests on while it is over the text. Returns how to stop. */
export function followText(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  const cursor = delayed(() => {
    const shown = models.shown()
    const position = editor.getPosition()
    // Who has left for the canvas or a button means that now.
    if (shown && position && editor.hasTextFocus())
      app.actions.cursor(shown.path, shown.text.toFile(shown.model.getOffsetAt(position)))
  }, CURSOR_MS)
  let over: number | undefined
  const pointer = delayed(() => {
    const shown = models.shown()
    if (!shown || over === undefined) return
    app.actions.point({ path: shown.path, offset: shown.text.toFile(over) })
  }, POINTER_MS)
  const leave = (): void => {
    pointer.cancel()
    if (over !== undefined) app.actions.point(undefined)
    over = undefined
  }
  let picture = app.analysis.getState().picture
  const stops = [
    off(
      editor.onDidChangeCursorPosition(() => {
        if (editor.hasTextFocus() && !models.isApplying()) cursor.start()
      }),
    ),
    off(
      editor.onMouseMove(({ target }) => {
        const at = target.type === monaco.editor.MouseTargetType.CONTENT_TEXT ? target.position : null
        const model = editor.getModel()
        if (!at || !model) return leave()
        over = model.getOffsetAt(at)
        pointer.start()
      }),
    ),
    off(editor.onMouseLeave(leave)),
    // Panels that come and go below must not take the cursor out of sight.
    off(
      editor.onDidLayoutChange(() => {
        const position = editor.getPosition()
        if (position && editor.hasTextFocus()) editor.revealPosition(position)
      }),
    ),
    // What the cursor is in may mean something else by now.
    app.analysis.subscribe((state) => {
      if (state.picture === picture) return
      picture = state.picture
      if (editor.hasTextFocus()) cursor.start()
    }),
    cursor.cancel,
    pointer.cancel,
  ]
  return () => stops.forEach((stop) => stop())
}

interface Delayed {
  readonly start: () => void
  readonly cancel: () => void
}

/** Runs once the given time after the last start. */
export function delayed(run: () => void, ms: number): Delayed {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start: () => {
      clearTimeout(timer)
      timer = setTimeout(run, ms)
    },
    cancel: () => clearTimeout(timer),
  }
}

/** How to end what Monaco calls a disposable. */
export function off(disposable: monaco.IDisposable): () => void {
  return () => disposable.dispose()
}
