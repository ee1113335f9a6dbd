import type { Since } from '#engine/protocol.ts'
import type { Actions, Changes, WorkspaceFile } from './app.ts'
import type { ChangesSince } from './view.ts'
import type { Analysis } from './analysis.ts'
import type { Documents } from './documents.ts'
import { forEngine } from './documents.ts'
import { baselineOf, openedOf } from './baselines.ts'
import type { Notices } from './notices.ts'
import type { Stores } from './stores.ts'

/** What comparing works with. */
export interface ComparingContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
}

/** What the last edit did, and what is different from other texts: kept in step with the pictures. */
export interface Comparing extends Pick<Actions, 'setChangesSince' | 'pinBaseline' | 'unpin' | 'setComparing'> {
  /** A new picture stands. */
  readonly follow: () => void
}

/** Asks the engine for changes after each picture; answers about older texts are dropped. */
export function createComparing({ stores, documents, analysis, notices }: ComparingContext): Comparing {
  const { view } = stores
  // Of the workspace that is open; the texts are never changed in place, so that keeping them costs nothing.
  let pin: { readonly workspace: string; readonly files: readonly WorkspaceFile[] } | undefined
  let [asked, shown] = [0, -1]
  let isAsking = false

  const pinnedFiles = (): readonly WorkspaceFile[] | undefined =>
    pin?.workspace === workspaceId() ? pin.files : undefined
  const workspaceId = (): string => stores.documents.getState().workspace.id
  const sinceOf = (since: ChangesSince): Since | undefined => {
    if (since === 'edit') return { type: 'edit' }
    const { files, gone } = documents.content()
    const texts = since === 'opened' ? openedOf(files, gone) : pinnedFiles()?.map(forEngine)
    return texts && { type: 'texts', files: baselineOf(texts, files) }
  }
  const ask = async (since: ChangesSince): Promise<Changes | undefined> => {
    const from = sinceOf(since)
    const answer = from && (await analysis.engine.ask('changes', { since: from }))
    if (!answer) return undefined
    const { known, effects, edges, revision } = answer
    return { revision, effects: known ? effects : undefined, edges }
  }
  const askAll = async (mine: number): Promise<void> => {
    const changes = await ask('edit')
    if (mine !== asked) return
    if (changes) stores.analysis.setState({ changes })
    const { changesSince } = view.getState()
    const compared = changesSince === 'edit' ? undefined : await ask(changesSince)
    if (mine === asked) stores.analysis.setState({ compared })
  }
  // One at a time: who types faster than the engine compares wants the newest only.
  const refresh = async (): Promise<void> => {
    asked++
    if (isAsking) return
    isAsking = true
    for (let done = -1; done !== asked;) {
      done = asked
      await askAll(done)
    }
    isAsking = false
  }
  const showBefore = async (): Promise<void> => {
    const { picture } = stores.analysis.getState()
    const since = sinceOf(view.getState().changesSince)
    const answer = since && (await analysis.engine.ask('before', { since }))
    if (!view.getState().comparing || stores.analysis.getState().picture !== picture) return
    if (!answer || !answer.known || !picture) {
      view.setState({ comparing: false })
      notices.say('info', 'There is nothing to compare with yet: make an edit, or pin this state.')
      return
    }
    stores.analysis.setState({ before: { ...picture, edges: answer.edges, outside: answer.outside } })
  }
  const setComparing = (comparing: boolean): void => {
    if (view.getState().comparing === comparing) return
    view.setState({ comparing })
    if (comparing) void showBefore()
    else stores.analysis.setState({ before: undefined })
  }
  const setChangesSince = (changesSince: ChangesSince): void => {
    if (changesSince === 'pinned' && !pinnedFiles()) return pinBaseline()
    view.setState({ changesSince })
    stores.analysis.setState({ compared: undefined })
    void refresh()
    if (view.getState().comparing) void showBefore()
  }
  const pinBaseline = (): void => {
    pin = { workspace: workspaceId(), files: stores.documents.getState().files }
    view.setState({ pinned: stores.documents.getState().revision })
    setChangesSince('pinned')
  }

  return {
    follow() {
      const { revision } = stores.documents.getState()
      // What was before is another thing after an edit: its effect must be seen.
      if (revision !== shown) setComparing(false)
      shown = revision
      if (view.getState().pinned !== undefined && !pinnedFiles())
        view.setState({ pinned: undefined, changesSince: 'edit' })
      void refresh()
    },
    setChangesSince,
    pinBaseline,
    unpin() {
      pin = undefined
      view.setState({ pinned: undefined })
      if (view.getState().changesSince === 'pinned') setChangesSince('edit')
    },
    setComparing,
  }
}
