import type { App } from '#state/app.ts'
import { delayed, off } from './linking.ts'
import { rangeOf } from './marks.ts'
import type { Models } from './models.ts'
import { monaco } from './monaco.ts'

// So many characters around what is in sight are asked about, too: a scroll by a page finds its lenses there.
const AROUND = 8000
const SCROLL_MS = 150

const apps = new WeakMap<monaco.editor.ITextModel, { readonly app: App; readonly models: Models }>()
const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>()
let registered = false

/** A line above each policy in sight says what it comes to, and above each peer of the list that the cursor is in what it adds. */
export function offerLenses(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): () => void {
  if (!registered) monaco.languages.registerCodeLensProvider('yaml', PROVIDER)
  registered = true
  const read = delayed(() => {
    const shown = models.shown()
    const [first] = editor.getVisibleRanges()
    const last = editor.getVisibleRanges().at(-1)
    if (!shown || !first || !last) return
    apps.set(shown.model, { app, models })
    const from = shown.model.getOffsetAt({ lineNumber: first.startLineNumber, column: 1 }) - AROUND
    const to = shown.model.getOffsetAt({ lineNumber: last.endLineNumber, column: last.endColumn }) + AROUND
    app.actions.readLenses(
      shown.path,
      shown.text.toFile(Math.max(0, from)),
      shown.text.toFile(Math.min(to, shown.model.getValueLength())),
    )
  }, SCROLL_MS)
  let known: readonly unknown[] = []
  const refresh = (): void => {
    const { lenses } = app.analysis.getState()
    const { peers } = app.view.getState().linked
    if (lenses === known[0] && peers === known[1]) return
    known = [lenses, peers]
    changed.fire(PROVIDER)
  }
  let picture: unknown
  const stops = [
    app.analysis.subscribe((state) => {
      if (state.picture !== picture) read.start()
      picture = state.picture
      refresh()
    }),
    app.view.subscribe(refresh),
    off(editor.onDidScrollChange(read.start)),
    off(editor.onDidChangeModel(read.start)),
    off(editor.onDidLayoutChange(read.start)),
    off(command(app, editor, models)),
    read.cancel,
  ]
  read.start()
  return () => stops.forEach((stop) => stop())
}

const PROVIDER: monaco.languages.CodeLensProvider = {
  onDidChange: changed.event,
  provideCodeLenses(model) {
    const known = apps.get(model)
    const shown = known?.models.shown()
    if (!known || shown?.model !== model) return { lenses: [], dispose: () => {} }
    const { app } = known
    const { lenses } = app.analysis.getState()
    const { peers } = app.view.getState().linked
    const policies = lenses?.file === shown.path ? lenses.policies : []
    const items = peers?.items.filter(({ file }) => file === shown.path) ?? []
    const lens = (at: Parameters<typeof rangeOf>[1], title: string, show: () => void): monaco.languages.CodeLens => {
      const { startLineNumber } = rangeOf(shown, at)
      return {
        range: new monaco.Range(startLineNumber, 1, startLineNumber, 1),
        command: { id: SHOW, title, arguments: [show] },
      }
    }
    const all = [
      ...policies.map((one) => lens(one.range, `${one.text} · show`, () => showPolicy(app, one))),
      ...items.map(({ range, text, set }) =>
        lens(range, text, () =>
          app.actions.showSet({ cards: set.cards, edges: [], note: `This item ${text}: ${set.text}.` }),
        ),
      ),
    ]
    return { lenses: all, dispose: () => {} }
  },
}

const SHOW = 'drawbridge.show'
monaco.editor.registerCommand(SHOW, (_, show: () => void) => show())

type PolicyLens = NonNullable<ReturnType<App['analysis']['getState']>['lenses']>['policies'][number]

function showPolicy(app: App, { cards, edges, name, text }: PolicyLens): void {
  app.actions.showSet({ cards, edges, note: `${name} ${text}.` })
}

// The same by key and from the menu, for whoever has no pointer.
function command(app: App, editor: monaco.editor.IStandaloneCodeEditor, models: Models): monaco.IDisposable {
  return editor.addAction({
    id: 'drawbridge.showPolicy',
    label: 'Show What This Policy Selects and Allows',
    keybindings: [monaco.KeyMod.Alt | monaco.KeyCode.F9],
    contextMenuGroupId: 'navigation',
    run: () => {
      const shown = models.shown()
      const position = editor.getPosition()
      if (!shown || !position) return
      const at = shown.text.toFile(shown.model.getOffsetAt(position))
      const { lenses } = app.analysis.getState()
      const here = lenses?.policies.find(({ file, range }) => file === shown.path && range.from <= at && at <= range.to)
      if (here) showPolicy(app, here)
      else app.actions.notify('info', 'Put the cursor into a policy first.')
    },
  })
}
