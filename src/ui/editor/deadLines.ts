import type { App } from '#state/app.ts'
import styles from './editor.module.css'
import { off } from './linking.ts'
import { rangeOf } from './marks.ts'
import type { Models } from './models.ts'
import type { monaco } from './monaco.ts'

/**
 * Fades the lines that decide nothing now; the first of each says so, and the reason comes with the pointer.
 * Nothing while a lesson keeps to itself what the policies do: a faded rule is half of the answer.
 */
export function fadeDeadLines(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  const faded = editor.createDecorationsCollection()
  let drawn: readonly unknown[] = []
  const draw = (): void => {
    const shown = models.shown()
    const { lenses, sealed = false } = app.analysis.getState()
    if (shown?.path === drawn[0] && lenses === drawn[1] && sealed === drawn[2]) return
    drawn = [shown?.path, lenses, sealed]
    if (!shown || sealed || lenses?.file !== shown.path) return faded.clear()
    faded.set(lenses.dead.flatMap(({ range, why }) => decorations(rangeOf(shown, range), shown.model, why)))
  }
  draw()
  const stops = [app.analysis.subscribe(draw), off(editor.onDidChangeModel(draw)), () => faded.clear()]
  return () => stops.forEach((stop) => stop())
}

function decorations(
  range: monaco.IRange,
  model: monaco.editor.ITextModel,
  why: string,
): monaco.editor.IModelDeltaDecoration[] {
  const { startLineNumber } = range
  const end = model.getLineMaxColumn(startLineNumber)
  const last = { startLineNumber, startColumn: end, endLineNumber: startLineNumber, endColumn: end }
  return [
    { range, options: { inlineClassName: `${styles.dead}`, hoverMessage: { value: why } } },
    {
      range: last,
      options: { showIfCollapsed: true, after: { content: '  ∅ no effect', inlineClassName: `${styles.deadMark}` } },
    },
  ]
}
