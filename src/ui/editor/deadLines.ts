import type { App } from '#state/app.ts'
import styles from './editor.module.css'
import { off } from './linking.ts'
import { rangeOf } from './marks.ts'
import type { Models } from './models.ts'
import type { monaco } from './monaco.ts'

/** Fades the lines that decide nothing now; the first of each says so, and the reason comes with the pointer. */
export function fadeDeadLines(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  const faded = editor.createDecorationsCollection()
  let drawn: readonly unknown[] = []
  const draw = (): void => {
    const shown = models.shown()
    const { lenses } = app.analysis.getState()
    if (shown?.path === drawn[0] && lenses === drawn[1]) return
    drawn = [shown?.path, lenses]
    if (!shown || lenses?.file !== shown.path) return faded.clear()
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
