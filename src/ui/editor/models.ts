import { editorText, type EditorText } from '#state/editorText.ts'
import type { App, WorkspaceFile } from '#state/app.ts'
import type { TextEdit } from '#core/model/text.ts'
import { difference } from './difference.ts'
import { monaco } from './monaco.ts'

/** The texts of the workspace as Monaco models, one per file, kept equal to the store in both directions. */
export interface Models {
  /** Puts a file into the editor, with the cursor and scroll position it had; undefined or unknown: none. */
  show(path: string | undefined): void
  /** The file that is shown, with its text as Monaco counts it. */
  shown(): { readonly path: string; readonly model: monaco.editor.ITextModel; readonly text: EditorText } | undefined
  /** True while a change comes from the store and not from the keyboard. */
  isApplying(): boolean
  dispose(): void
}

interface OpenModel {
  readonly model: monaco.editor.ITextModel
  file: string
  text: EditorText
  place: monaco.editor.ICodeEditorViewState | null
}

/** Keeps models for the files that were shown; `changed` is told after each change of a model's text from outside. */
export function createModels(app: App, editor: monaco.editor.IStandaloneCodeEditor): Models {
  const open = new Map<string, OpenModel>()
  let current: string | undefined
  let applying = false

  function fileAt(path: string): WorkspaceFile | undefined {
    return app.documents.getState().files.find((file) => file.path === path)
  }

  function create(path: string, file: WorkspaceFile): OpenModel {
    const text = editorText(file.text)
    const model = monaco.editor.createModel(text.text, 'yaml')
    model.setEOL(monaco.editor.EndOfLineSequence.LF)
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      trimAutoWhitespace: true,
      // Colours of the text are for what it is, not for how deep.
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    })
    const opened: OpenModel = { model, file: file.text, text, place: null }
    model.onDidChangeContent((event) => {
      if (!applying) typed(path, opened, event.changes)
    })
    open.set(path, opened)
    return opened
  }

  function typed(path: string, opened: OpenModel, changes: readonly monaco.editor.IModelContentChange[]): void {
    const edits = changes.map((change): TextEdit => ({
      from: change.rangeOffset,
      to: change.rangeOffset + change.rangeLength,
      insert: change.text,
    }))
    app.actions.edit(path, opened.text.edits(edits), 'typing')
    // A store that refused the edit (read-only, closed meanwhile) has told nobody: the model goes back to the truth.
    const file = fileAt(path)
    if (file) pull(opened, file)
  }

  function pull(opened: OpenModel, file: WorkspaceFile): void {
    if (file.text !== opened.file) {
      opened.file = file.text
      opened.text = editorText(file.text)
    }
    const edit = difference(opened.model.getValue(monaco.editor.EndOfLinePreference.LF), opened.text.text)
    if (!edit) return
    const [start, end] = [opened.model.getPositionAt(edit.from), opened.model.getPositionAt(edit.to)]
    applying = true
    opened.model.applyEdits([{ range: monaco.Range.fromPositions(start, end), text: edit.insert }])
    applying = false
    followUndo(opened, edit)
  }

  function followUndo(opened: OpenModel, edit: TextEdit): void {
    if (!editor.hasTextFocus() || editor.getModel() !== opened.model || !undoing.has(app)) return
    editor.setPosition(opened.model.getPositionAt(edit.from + edit.insert.length))
    editor.revealPositionInCenterIfOutsideViewport(editor.getPosition() ?? { lineNumber: 1, column: 1 })
  }

  function syncAll(): void {
    const files = new Map(app.documents.getState().files.map((file) => [file.path, file]))
    for (const [path, opened] of open) {
      const file = files.get(path)
      if (file) pull(opened, file)
      else forget(path, opened)
    }
    setReadOnly()
  }

  function forget(path: string, opened: OpenModel): void {
    open.delete(path)
    if (current === path) {
      current = undefined
      editor.setModel(null)
    }
    opened.model.dispose()
  }

  function setReadOnly(): void {
    const why = current === undefined ? undefined : fileAt(current)?.readOnly
    const readOnly = why !== undefined || !app.documents.getState().writable
    const message = why ?? 'Another tab has this workspace open for writing.'
    editor.updateOptions({ readOnly, readOnlyMessage: { value: message } })
  }

  function show(path: string | undefined): void {
    if (path === current) return
    const before = current === undefined ? undefined : open.get(current)
    if (before) before.place = editor.saveViewState()
    const file = path === undefined ? undefined : fileAt(path)
    current = file?.path
    if (!file) return editor.setModel(null)
    const opened = open.get(file.path) ?? create(file.path, file)
    pull(opened, file)
    editor.setModel(opened.model)
    if (opened.place) editor.restoreViewState(opened.place)
    editor.updateOptions({ ariaLabel: `YAML of ${file.path}. Escape, then Tab leaves the editor.` })
    setReadOnly()
  }

  const stop = app.documents.subscribe(syncAll)
  return {
    show,
    shown: () => {
      const opened = current === undefined ? undefined : open.get(current)
      return opened && current !== undefined ? { path: current, model: opened.model, text: opened.text } : undefined
    },
    isApplying: () => applying,
    dispose: () => {
      stop()
      for (const { model } of open.values()) model.dispose()
    },
  }
}

const undoing = new WeakSet<App>()

/** Undo or redo of the page's one history, from the keyboard inside the editor: the cursor goes to what changed. */
export function stepHistory(app: App, step: 'undo' | 'redo'): void {
  undoing.add(app)
  app.actions[step]()
  undoing.delete(app)
}
