import type { App } from '#state/app.ts'
import { off } from './linking.ts'
import type { Models } from './models.ts'
import { monaco } from './monaco.ts'

const apps = new WeakMap<monaco.editor.ITextModel, { readonly app: App; readonly models: Models }>()
let registered = false

/** Offers what could be written in a document of checks: fields, ends, ports that are there. By itself behind a space, and by Ctrl-Space. */
export function offerCompletions(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  if (!registered) monaco.languages.registerCompletionItemProvider('yaml', PROVIDER)
  registered = true
  const remember = (): void => {
    const model = editor.getModel()
    if (model) apps.set(model, { app, models })
  }
  remember()
  return off(editor.onDidChangeModel(remember))
}

const PROVIDER: monaco.languages.CompletionItemProvider = {
  triggerCharacters: [' ', '/', '{', '['],
  async provideCompletionItems(model, position) {
    const known = apps.get(model)
    const shown = known?.models.shown()
    if (!known || shown?.model !== model) return { suggestions: [] }
    const { text } = shown
    const found = await known.app.actions.complete(shown.path, text.toFile(model.getOffsetAt(position)))
    if (!found || model.isDisposed()) return { suggestions: [] }
    const start = model.getPositionAt(text.toView(found.from))
    const end = model.getPositionAt(text.toView(found.to))
    const range = monaco.Range.fromPositions(start, end)
    const suggestions = found.items.map(({ label, detail }, place) => ({
      label: { label, description: detail },
      kind: monaco.languages.CompletionItemKind.Value,
      insertText: label,
      // In the order of the engine: what fits best comes first.
      sortText: String(place).padStart(5, '0'),
      range,
    }))
    return { suggestions }
  },
}
