import { checkMarkers } from '#core/checks/markers.ts'
import type { Picture } from '#core/model/picture.ts'
import type { TextRange } from '#core/model/text.ts'
import type { App } from '#state/app.ts'
import type { Highlight } from '#state/view.ts'
import styles from './editor.module.css'
import type { Models } from './models.ts'
import { monaco } from './monaco.ts'

type Shown = NonNullable<ReturnType<Models['shown']>>

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const

/** Draws the engine's messages into the shown text; texts that are newer than the picture keep their old marks, which move along. */
export function drawMarkers(app: App, models: Models): void {
  const shown = models.shown()
  const picture = app.analysis.getState().picture
  if (!shown || !picture || picture.revision !== app.documents.getState().revision) return
  const own = picture.problems.filter((problem) => problem.file === shown.path)
  const markers = own.map(({ at, severity, message, code }) => {
    const range = rangeOf(shown, at)
    return Object.assign(range, { severity: SEVERITY[severity], message, code })
  })
  monaco.editor.setModelMarkers(shown.model, 'drawbridge', [...markers, ...failingChecks(shown, picture)])
}

// At the line where a check begins: its whole text underlined would be a wall.
function failingChecks(shown: Shown, { checks, documents }: Picture): readonly monaco.editor.IMarkerData[] {
  const here = new Map(documents.flatMap(({ id, file, range }) => (file === shown.path ? [[id, range.from]] : [])))
  return checkMarkers(checks).flatMap(({ ref, severity, message, code }) => {
    const start = here.get(ref.document)
    if (start === undefined) return []
    const range = rangeOf(shown, { from: start + ref.range.from, to: start + ref.range.to })
    const { startLineNumber: line } = range
    const endColumn = shown.model.getLineMaxColumn(line)
    return [Object.assign(range, { endLineNumber: line, endColumn, severity: SEVERITY[severity], message, code })]
  })
}

/** Marks what decides the selected edge: each line by its own effect, told by colour, bar and sign. */
export function highlightDecorations(app: App, models: Models): monaco.editor.IModelDeltaDecoration[] {
  const shown = models.shown()
  if (!shown) return []
  return app.view
    .getState()
    .highlights.filter(({ file }) => file === shown.path)
    .map(({ range, effect }) => decoration(rangeOf(shown, range), effect))
}

/** Marks the lines that decide the edge under the pointer, wherever the text stands: nothing is scrolled. */
export function hoverDecorations(app: App, models: Models): monaco.editor.IModelDeltaDecoration[] {
  const shown = models.shown()
  if (!shown) return []
  const here = app.view.getState().linked.hovered.filter(({ file }) => file === shown.path)
  const options = {
    isWholeLine: true,
    linesDecorationsClassName: `${styles.bar} ${styles.hoverBar}`,
    className: `${styles.hovered}`,
  }
  return here.map(({ range }) => ({ range: rangeOf(shown, range), options }))
}

// A long rule gets the bar only, and of a long selector the first line stands for the rest: a wall of colour hides what is in it.
const COLOURED_LINES = 12

function decoration(range: monaco.IRange, effect: Highlight['effect']): monaco.editor.IModelDeltaDecoration {
  const { startLineNumber, endLineNumber } = range
  const isLong = endLineNumber - startLineNumber >= COLOURED_LINES
  const own =
    isLong && effect === 'closes' ? { ...range, endLineNumber: startLineNumber, endColumn: range.startColumn } : range
  const options = {
    isWholeLine: true,
    linesDecorationsClassName: `${styles.bar} ${effect ? styles[`bar-${effect}`] : ''}`,
    firstLineDecorationClassName: effect ? `${styles.sign} ${styles[`sign-${effect}`]}` : null,
    linesDecorationsTooltip: effect ? TOLD[effect] : null,
    className: isLong && own === range ? null : `${styles.rule} ${effect ? styles[effect] : ''}`,
    zIndex: 1,
  }
  return { range: own, options }
}

const TOLD = { opens: 'Allows the selected connection', closes: 'Keeps the selected connection closed' } as const

/** A span of the file's own text as Monaco's lines and columns. */
export function rangeOf(shown: Shown, range: TextRange): monaco.IRange {
  const from = shown.model.getPositionAt(shown.text.toView(range.from))
  // A span that ends with its line break would mark the next line, too.
  const last = Math.max(range.from, range.to - trailingSpace(shown.model, shown.text.toView(range.to)))
  const to = shown.model.getPositionAt(shown.text.toView(last))
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  }
}

function trailingSpace(model: monaco.editor.ITextModel, end: number): number {
  return model.getPositionAt(end).column === 1 ? 1 : 0
}
