import type { App } from '#state/app.ts'
import { offerCompletions } from './completions.ts'
import { goOnWithItems } from './enter.ts'
import { fadeDeadLines } from './deadLines.ts'
import { guardKeys } from './keys.ts'
import { offerLenses } from './lenses.ts'
import { followText } from './linking.ts'
import { drawMarkers, highlightDecorations, hoverDecorations, rangeOf } from './marks.ts'
import { createModels, type Models } from './models.ts'
import { monaco } from './monaco.ts'
import { applyTheme, THEME, watchTheme } from './theme.ts'

/** What the session asks of and tells the component around it. */
export interface Hooks {
  /** Told when Escape has made the next Tab leave the editor, and when that is over. */
  readonly leaving: (leaves: boolean) => void
  /** May this file be put into the editor? Not where it is too large and nobody asked for it. */
  readonly mayShow: (path: string) => boolean
}

/** Starts Monaco in the host and keeps it and the stores in step, without React in between. Returns how to end it. */
export function startSession(host: HTMLElement, app: App, hooks: Hooks): () => void {
  applyTheme()
  const editor = monaco.editor.create(host, { ...OPTIONS, ...letters() })
  const models = createModels(app, editor)
  const stops = [
    watchTheme(() => {
      applyTheme()
      editor.updateOptions(letters())
    }),
    guardKeys(host, editor, app, hooks.leaving),
    followView(app, editor, models, hooks),
    followText(app, editor, models),
    offerLenses(app, editor, models),
    offerCompletions(app, editor, models),
    goOnWithItems(editor),
    fadeDeadLines(app, editor, models),
  ]
  return () => {
    for (const stop of stops) stop()
    editor.dispose()
    models.dispose()
  }
}

// On a projector, seen from the last row.
function letters(): monaco.editor.IEditorOptions {
  const isLarge = document.documentElement.dataset['theme'] === 'projector'
  return isLarge ? { fontSize: 18, lineHeight: 27, codeLensFontSize: 14 } : LETTERS
}

const LETTERS = { fontSize: 12.5, lineHeight: 19, codeLensFontSize: 11 }

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  model: null,
  theme: THEME,
  automaticLayout: true,
  fixedOverflowWidgets: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontLigatures: false,
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 20,
  folding: true,
  glyphMargin: false,
  codeLens: true,
  codeLensFontFamily: "'Inter Variable', system-ui, sans-serif",
  minimap: { enabled: false },
  overviewRulerLanes: 2,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'line',
  renderWhitespace: 'none',
  rulers: [],
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  stickyScroll: { enabled: false },
  quickSuggestions: false,
  wordBasedSuggestions: 'off',
  occurrencesHighlight: 'off',
  unusualLineTerminators: 'off',
  ariaLabel: 'YAML',
}

function followView(
  app: App,
  editor: monaco.editor.IStandaloneCodeEditor,
  models: Models,
  { mayShow }: Hooks,
): () => void {
  const highlights = editor.createDecorationsCollection()
  const hovered = editor.createDecorationsCollection()
  const showDeciders = deciders(app, editor, models)
  let revealed: number | undefined
  const showFile = (): void => {
    const { activeFile } = app.view.getState()
    const { files } = app.documents.getState()
    const file = files.find(({ path }) => path === activeFile) ?? files[0]
    models.show(file && mayShow(file.path) ? file.path : undefined)
  }
  let drawn: readonly unknown[] = []
  const decorate = (): void => {
    const { picture, explanation } = app.analysis.getState()
    const { highlights: spans, selection, linked } = app.view.getState()
    // Not the text: Monaco moves the marks along with what is typed, until the next picture places them anew.
    const now = [models.shown()?.path, picture, explanation, spans, selection, linked.hovered]
    if (now.every((part, at) => part === drawn[at])) return
    drawn = now
    drawMarkers(app, models)
    highlights.set(highlightDecorations(app, models))
    hovered.set(hoverDecorations(app, models))
  }
  const reveal = (): void => {
    const { reveal } = app.view.getState()
    if (!reveal || reveal.at === revealed) return
    if (!mayShow(reveal.file)) return
    models.show(reveal.file)
    const shown = models.shown()
    if (shown?.path !== reveal.file) return
    revealed = reveal.at
    const range = rangeOf(shown, reveal.range)
    editor.setPosition({ lineNumber: range.startLineNumber, column: range.startColumn })
    // By lines: a long one must not push the beginning of all of them out of sight.
    editor.revealLinesInCenterIfOutsideViewport(range.startLineNumber, range.endLineNumber)
  }
  const all = (): void => {
    showFile()
    reveal()
    showDeciders()
    decorate()
  }
  all()
  const stops = [app.view.subscribe(all), app.analysis.subscribe(decorate), app.documents.subscribe(all)]
  return () => stops.forEach((stop) => stop())
}

// Selecting a connection shows the first of the rules that decide it, once; whoever is typing is left alone.
function deciders(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  let told: string | undefined
  return () => {
    const { selection, highlights } = app.view.getState()
    const id = selection?.type === 'edge' ? selection.id : undefined
    if (id === undefined) told = undefined
    const [first] = highlights
    if (id === undefined || id === told || !first || editor.hasTextFocus()) return
    const shown = models.shown()
    const here = highlights.find(({ file }) => file === shown?.path)
    if (!here || !shown) {
      told = app.view.getState().activeFile === first.file ? id : undefined
      if (told === undefined) app.actions.setActiveFile(first.file)
      return
    }
    told = id
    const { startLineNumber, endLineNumber } = rangeOf(shown, here.range)
    editor.revealLinesInCenterIfOutsideViewport(startLineNumber, endLineNumber)
  }
}
