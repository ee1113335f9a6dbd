import { type End, endId, endName } from '#core/model/end.ts'
import type { Intent, Plan } from '#core/model/intent.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Draft } from './app.ts'
import type { Analysis } from './analysis.ts'
import { changesOf, type Documents } from './documents.ts'
import type { Notices } from './notices.ts'
import type { Stores } from './stores.ts'

/** Gestures, from the first drag to the text. */
export interface Drafts {
  readonly startDraft: (from: End, to: End) => Promise<void>
  readonly cancelDraft: () => void
  readonly finishDraft: (ports: readonly string[]) => Promise<void>
  readonly carryOut: (intent: Intent) => Promise<void>
  readonly accept: (plan: Plan) => Promise<void>
}

/** What drafts work with. */
export interface DraftContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
}

const NO_ENGINE = 'Drawbridge could not work that out. Your texts are unchanged; try it again.'

/** Plans that are made by the engine for the newest texts, and applied only to those. */
export function createDrafts({ stores, documents, analysis, notices }: DraftContext): Drafts {
  const { view } = stores
  let latest = 0

  const setDraft = (draft: Draft | undefined): void => view.setState({ draft })
  const revision = (): number => stores.documents.getState().revision
  const plan = async (intent: Intent): Promise<Plan | undefined> =>
    (await analysis.engine.ask('plan', { intent }))?.plan

  // Typing may go on while the engine thinks: a plan for older texts is made again.
  const freshPlan = async (intent: Intent): Promise<Plan | undefined> => {
    for (let tries = 0; tries < 5; tries++) {
      const made = await plan(intent)
      if (!made || made.revision === revision()) return made
    }
    return undefined
  }
  const apply = (made: Plan): boolean => {
    const done = documents.commit(changesOf(made.changes, documents.content()), labelOf(made.intent), { reveal: true })
    if (!done) notices.say('info', made.sentences.join(' ') || 'Nothing has to change for this.')
    // Its warnings were read before it was accepted.
    else notices.say('info', made.sentences.join(' '), true)
    if (done && made.intent.type === 'allow') void selectDrawn(made.intent)
    return done
  }
  const offer = (made: Plan): void => {
    if (made.needsPreview) view.setState({ draft: undefined, dialog: { type: 'preview', plan: made } })
    else {
      setDraft(undefined)
      apply(made)
    }
  }
  const selectDrawn = async (intent: Intent & { type: 'allow' }): Promise<void> => {
    const picture = await analysis.whenShown(revision())
    const drawn = picture?.edges.find(
      (edge) =>
        endId(edge.from) === endId(intent.from) &&
        endId(edge.to) === endId(intent.to) &&
        sameTexts(edge.asked ?? [], intent.ports.map(withProtocol)),
    )
    if (drawn) analysis.select({ type: 'edge', id: drawn.id })
  }

  return {
    async startDraft(from, to) {
      const mine = ++latest
      setDraft({ from, to, offers: [], loading: true })
      const answer = await analysis.engine.ask('offers', { from, to })
      if (mine !== latest || !view.getState().draft) return
      setDraft({ from, to, offers: answer?.offers ?? [], loading: false })
    },
    cancelDraft() {
      latest++
      setDraft(undefined)
    },
    async finishDraft(ports) {
      const { draft } = view.getState()
      if (!draft) return
      const nonsense = ports.find((text) => !parsePortSpec(text))
      if (nonsense !== undefined) return setDraft({ ...draft, problem: notAPort(nonsense) })
      const mine = ++latest
      setDraft({ ...draft, loading: true, problem: undefined })
      const made = await freshPlan({ type: 'allow', from: draft.from, to: draft.to, ports })
      if (mine !== latest) return
      const problem = made ? made.refusal : NO_ENGINE
      if (!made || problem !== undefined) return setDraft({ ...draft, loading: false, problem })
      offer(made)
    },
    async carryOut(intent) {
      const made = await freshPlan(intent)
      if (!made) return notices.say('error', NO_ENGINE)
      if (made.refusal !== undefined) return notices.say('warning', made.refusal)
      offer(made)
    },
    async accept(accepted) {
      view.setState({ dialog: undefined })
      if (accepted.revision === revision()) return void apply(accepted)
      const made = await freshPlan(accepted.intent)
      if (!made) return notices.say('error', NO_ENGINE)
      if (made.refusal !== undefined) return notices.say('warning', made.refusal)
      if (sameEffects(made, accepted)) return void apply(made)
      notices.say('warning', 'The texts have changed since, and so has what this would do: please look again.')
      view.setState({ dialog: { type: 'preview', plan: made } })
    },
  }
}

function labelOf(intent: Intent): string {
  switch (intent.type) {
    case 'allow':
      return `drawing ${endName(intent.from)} → ${endName(intent.to)}`
    case 'forget':
      return 'deleting a drawn edge'
    case 'default-deny':
      return `default deny ${intent.direction} ${intent.on ? 'on' : 'off'} in ${intent.namespace}`
    case 'add-namespace':
      return `adding namespace ${intent.name}`
    case 'add-workload':
      return `adding ${intent.namespace}/${intent.name}`
    case 'remove':
      return `removing ${endName(intent.end)}`
    case 'deny':
      return `denying ${endName(intent.from)} → ${endName(intent.to)}`
    case 'change-ports':
      return `changing the ports of ${endName(intent.from)} → ${endName(intent.to)}`
    case 'isolate':
      return `${intent.on ? 'isolating' : 'no longer isolating'} ${endName(intent.end)} for ${intent.direction}`
    case 'allow-dns':
      return `allowing DNS for ${endName(intent.end)}`
    case 'protect':
      return `protecting ${intent.namespaces.length === 0 ? 'everything' : intent.namespaces.join(', ')}`
    case 'repair':
      return `mending ${endName(intent.from)} → ${endName(intent.to)}`
    case 'add-labels':
      return `adding labels to ${endName(intent.end)}`
  }
}

function notAPort(text: string): string {
  return `“${text}” is not a port. Write 5432, 8000-8080, http, UDP/53 or TCP/5432.`
}

function withProtocol(text: string): string {
  return text.includes('/') || /^(TCP|UDP|SCTP)$/.test(text) ? text : `TCP/${text}`
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join(' ') === b.toSorted().join(' ')
}

function sameEffects(a: Plan, b: Plan): boolean {
  return effectsOf(a) === effectsOf(b)
}

function effectsOf({ sentences, opens, closes, other, warnings }: Plan): string {
  return JSON.stringify([sentences, opens, closes, other, warnings])
}
