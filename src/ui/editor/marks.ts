import type { TextRange } from '#core/model/text.ts'
import type { Status } from '#core/model/verdict.ts'
import type { App } from '#state/app.ts'
import styles from './editor.module.css'
import type { Models } from './models.ts'
import { monaco } from './monaco.ts'

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
  monaco.editor.setModelMarkers(shown.model, 'drawbridge', markers)
}

/** Marks the rules that decide the selected edge, in the colour of its verdict. */
export function highlightDecorations(app: App, models: Models): monaco.editor.IModelDeltaDecoration[] {
  const shown = models.shown()
  if (!shown) return []
  const status = selectedStatus(app)
  return app.view
    .getState()
    .highlights.filter(({ file }) => file === shown.path)
    .map(({ range }) => decoration(rangeOf(shown, range), status))
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

// A whole policy (that isolates, say) gets the bar only: a wall of colour would hide the rules in it.
const COLOURED_LINES = 12

function decoration(range: monaco.IRange, status: Status): monaco.editor.IModelDeltaDecoration {
  const bar = `${styles.bar} ${styles[`bar-${status}`]}`
  const short = range.endLineNumber - range.startLineNumber < COLOURED_LINES
  const className = short ? `${styles.rule} ${styles[status]}` : null
  return { range, options: { isWholeLine: true, linesDecorationsClassName: bar, className, zIndex: 1 } }
}

/** A span of the file's own text as Monaco's lines and columns. */
export function rangeOf(shown: NonNullable<ReturnType<Models['shown']>>, range: TextRange): monaco.IRange {
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

function selectedStatus(app: App): Status {
  const { selection } = app.view.getState()
  const { picture, reach, explanation } = app.analysis.getState()
  if (selection?.type !== 'edge') return explanation?.status ?? 'undetermined'
  const edge = [...reach, ...(picture?.edges ?? [])].find(({ id }) => id === selection.id)
  return edge?.status ?? explanation?.status ?? 'undetermined'
}
