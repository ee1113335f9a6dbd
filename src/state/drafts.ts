import { type End, endId } from '#core/model/end.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Actions } from './app.ts'
import type { Draft, NoticeOffer } from './view.ts'
import type { Analysis } from './analysis.ts'
import type { Clock } from './clock.ts'
import { changesOf, type Documents } from './documents.ts'
import { labelOf } from './intentLabels.ts'
import type { Notices } from './notices.ts'
import type { Preferences } from './preferences.ts'
import type { Stores } from './stores.ts'

/** Gestures, from the first drag to the text. */
export interface Drafts extends Pick<
  Actions,
  'startDraft' | 'cancelDraft' | 'finishDraft' | 'carryOut' | 'accept' | 'chooseAgain' | 'setPlanStyle'
> {
  /** Gives up the plans that are being made. False where none is. */
  readonly cancelPlans: () => boolean
}

/** What drafts work with. */
export interface DraftContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
  readonly preferences: Preferences
  readonly clock: Clock
}

const NO_ENGINE = 'Drawbridge could not work that out. Your texts are unchanged; try it again.'
/** After so long without a plan the user is told that one is being made. */
const LONG_MS = 300

/** Plans that are made by the engine for the newest texts, and applied only to those. */
export function createDrafts(context: DraftContext): Drafts {
  const { stores, documents, analysis, notices } = context
  const { view } = stores
  let latest = 0

  const setDraft = (draft: Draft | undefined): void => view.setState({ draft })
  const { think, cancelPlans } = createThinking(context)
  const isNew = ({ revision }: Plan): boolean => revision === stores.documents.getState().revision

  const apply = (made: Plan, next: Intent | undefined): boolean => {
    const offers: readonly NoticeOffer[] = [
      ...(next ? [{ label: 'Now try again', intent: next }] : []),
      ...denyInstead(context, made),
      ...(made.needsPreview || made.others.length === 0 ? [] : [{ label: 'Other ways …', insteadOf: made }]),
    ]
    const done = documents.commit(changesOf(made.changes, documents.content()), labelOf(made.intent), {
      // Who chooses a CNI looks at the canvas, not at the line that says so.
      reveal: made.intent.type !== 'set-profile',
    })
    if (!done) notices.say('info', made.sentences.join(' ') || 'Nothing has to change for this.')
    // Its warnings were read before it was accepted.
    else notices.say('info', tellShort(made.sentences), true, offers)
    if (done) void selectResult(context, made.intent)
    return done
  }
  const offer = (made: Plan, next: Intent | undefined): void => {
    setDraft(undefined)
    // Mending is one click, so what it does is always seen first. Where nothing has to change there is nothing to accept.
    if (made.changes.length > 0 && (made.needsPreview || made.intent.type === 'repair'))
      view.setState({ dialog: { type: 'preview', plan: made, next } })
    else apply(made, next)
  }
  // Where something would help it is offered with the reason; else the reason is all there is to say.
  const refuse = (made: Plan): void => {
    if (made.help.length > 0) view.setState({ dialog: { type: 'preview', plan: made } })
    else notices.say('warning', made.refusal ?? NO_ENGINE)
  }
  const carryOut = async (intent: Intent, next?: Intent): Promise<void> => {
    const made = await think(intent)
    if (made === 'stopped') return
    if (!made) return notices.say('error', NO_ENGINE)
    closePreview(context)
    if (made.refusal === undefined) offer(made, next)
    else refuse(made)
  }

  return {
    cancelPlans,
    carryOut,
    async startDraft(from, to, options = {}) {
      const mine = ++latest
      const draft = { from, to, ...options }
      setDraft({ ...draft, offers: [], loading: true })
      const answer = await analysis.engine.ask('offers', { from, to })
      if (mine !== latest || !view.getState().draft) return
      setDraft({ ...draft, offers: answer?.offers ?? [], loading: false })
    },
    cancelDraft() {
      latest++
      setDraft(undefined)
    },
    async finishDraft(ports) {
      const { draft } = view.getState()
      if (!draft) return
      const again = { ...draft, problem: undefined, help: undefined }
      const nonsense = ports.find((text) => !parsePortSpec(text))
      if (nonsense !== undefined) return setDraft({ ...again, problem: notAPort(nonsense) })
      const mine = ++latest
      setDraft({ ...again, loading: true, planning: true })
      const made = await think(intentOf(draft, ports), { quietly: true })
      if (mine !== latest) return
      if (made === 'stopped') return setDraft(again)
      const problem = made ? made.refusal : NO_ENGINE
      if (!made || problem !== undefined) return setDraft({ ...again, problem, help: made?.help })
      offer(made, undefined)
    },
    async accept(accepted) {
      const { dialog } = view.getState()
      const next = dialog?.type === 'preview' ? dialog.next : undefined
      view.setState({ dialog: undefined })
      if (isNew(accepted)) return void apply(accepted, next)
      const made = await think(accepted.intent)
      if (made === 'stopped') return
      if (!made) return notices.say('error', NO_ENGINE)
      if (made.refusal !== undefined) return refuse(made)
      const same = [made, ...made.others].find((way) => sameEffects(way, accepted))
      if (same) return void apply(same, next)
      notices.say('warning', 'The texts have changed since, and so has what this would do: please look again.')
      view.setState({ dialog: { type: 'preview', plan: made, next } })
    },
    async chooseAgain(applied) {
      documents.undo()
      const made = await think(applied.intent)
      if (made && made !== 'stopped' && made.refusal === undefined)
        return view.setState({ dialog: { type: 'preview', plan: made, redo: true } })
      documents.redo()
      if (!made) notices.say('error', NO_ENGINE)
    },
    async setPlanStyle(planStyle) {
      view.setState({ planStyle })
      context.preferences.write({ planStyle })
      const { dialog } = view.getState()
      if (dialog?.type !== 'preview') return
      const made = await think(dialog.plan.intent)
      // It may have been answered meanwhile.
      if (made && made !== 'stopped' && view.getState().dialog === dialog)
        view.setState({ dialog: { ...dialog, plan: made } })
    },
  }
}

interface Thinking {
  /** A plan for the newest texts; `stopped`: given up. `quietly`: who asks tells of it, not the page. */
  readonly think: (intent: Intent, how?: { readonly quietly: boolean }) => Promise<Plan | 'stopped' | undefined>
  readonly cancelPlans: () => boolean
}

// What is being worked out, and the word about it where it takes long.
function createThinking({ stores, analysis, clock }: DraftContext): Thinking {
  const { view, documents } = stores
  let thoughts: readonly symbol[] = []
  const plan = async (intent: Intent, style: PlanStyle): Promise<Plan | undefined> =>
    (await analysis.engine.ask('plan', { intent, style }))?.plan

  // Typing may go on while the engine thinks: a plan for older texts is made again.
  const freshPlan = async (intent: Intent, isWanted: () => boolean): Promise<Plan | undefined> => {
    for (let tries = 0; tries < 5 && isWanted(); tries++) {
      const made = await plan(intent, view.getState().planStyle)
      if (!made || made.revision === documents.getState().revision) return made
    }
    return undefined
  }
  return {
    async think(intent, { quietly } = { quietly: false }) {
      const mine = Symbol(intent.type)
      const isWanted = (): boolean => thoughts.includes(mine)
      thoughts = [...thoughts, mine]
      const hush = clock.after(LONG_MS, () => isWanted() && !quietly && view.setState({ planning: labelOf(intent) }))
      const made = await freshPlan(intent, isWanted)
      hush()
      if (!isWanted()) return 'stopped'
      thoughts = thoughts.filter((one) => one !== mine)
      if (thoughts.length === 0 && view.getState().planning !== undefined) view.setState({ planning: undefined })
      return made
    },
    cancelPlans() {
      const any = thoughts.length > 0
      thoughts = []
      if (any) view.setState({ planning: undefined })
      return any
    },
  }
}

function intentOf({ from, to, change, ports: present = [] }: Draft, ports: readonly string[]): Intent {
  if (change !== true) return { type: 'allow', from, to, ports }
  return { type: 'change-ports', from, to, ports: present, next: ports }
}

// A preview whose help was chosen, or that is made anew, makes place for what comes of it.
function closePreview({ stores }: DraftContext): void {
  const { dialog } = stores.view.getState()
  if (dialog?.type === 'preview') stores.view.setState({ dialog: undefined })
}

/** A drawn edge that is forgotten may still be open by what others wrote (design.md 9). */
function denyInstead({ stores }: DraftContext, { intent, closes }: Plan): readonly NoticeOffer[] {
  if (intent.type !== 'forget' || closes.some(({ wanted }) => wanted)) return []
  const edge = stores.analysis
    .getState()
    .picture?.edges.find(({ checks }) => checks.some(({ ref }) => isSameRef(ref, intent.check)))
  if (!edge || edge.status === 'denied') return []
  const { from, to, asked: ports = [] } = edge
  return [{ label: 'Deny it instead …', intent: { type: 'deny', from, to, ports } }]
}

function isSameRef(a: { document: string; path: readonly unknown[] }, b: typeof a): boolean {
  return a.document === b.document && a.path.join('\n') === b.path.join('\n')
}

// What was drawn, or has other ports now, is what the user looks at next.
async function selectResult({ stores, analysis }: DraftContext, intent: Intent): Promise<void> {
  if (intent.type !== 'allow' && intent.type !== 'change-ports') return
  const ports = (intent.type === 'allow' ? intent.ports : intent.next).map(withProtocol)
  const picture = await analysis.whenShown(stores.documents.getState().revision)
  const edge = picture?.edges.find(
    ({ from, to, asked }) => isSameEnd(from, intent.from) && isSameEnd(to, intent.to) && sameTexts(asked ?? [], ports),
  )
  if (edge) analysis.select({ type: 'edge', id: edge.id })
}

function isSameEnd(a: End, b: End): boolean {
  return endId(a) === endId(b)
}

const READ_AT_A_GLANCE = 160

// A message is read in passing: of a long story the beginning, and how long it is.
function tellShort(sentences: readonly string[]): string {
  const all = sentences.join(' ')
  const [first, ...more] = sentences
  return first === undefined || more.length === 0 || all.length <= READ_AT_A_GLANCE
    ? all
    : `${first} And ${more.length} more ${more.length === 1 ? 'change' : 'changes'}.`
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

function effectsOf({ title, sentences, opens, closes, other, dns, warnings }: Plan): string {
  return JSON.stringify([title, sentences, opens, closes, other, dns, warnings])
}
