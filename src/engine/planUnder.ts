import { decisive, judgeUnder } from '#core/checks/under.ts'
import { begin, change } from '#core/compile/draft.ts'
import { plan } from '#core/compile/plan.ts'
import { evaluateWithProfile, type Profiled, verdictUnder } from '#core/evaluate/profiled.ts'
import type { Expectation } from '#core/checks/judge.ts'
import type { Intent, Plan, PlanStyle } from '#core/model/intent.ts'
import { profileOf } from '#core/profiles/index.ts'
import { readingsOf } from '#core/profiles/reading.ts'
import type { Scene } from './scene.ts'

/**
 * The plan for an intent. Plans go by what the API says; where the CNI that is chosen does otherwise about what was asked for, each
 * way says so, why, and what helps.
 */
export function planUnder(scene: Scene, intent: Intent, style?: PlanStyle): Plan {
  const { loaded, evaluation, revision } = scene
  const made = plan(intent, { files: loaded.files, loaded, evaluation, revision, style })
  const cni = cniOf(scene)
  if (!cni || intent.type === 'set-profile') return made
  if (made.refusal !== undefined) return cni.isIdle ? { ...made, refusal: `${made.refusal} ${idle(cni)}` } : made
  const told = tell(scene, cni, made)
  return { ...told, others: made.others.map((other) => tell(scene, cni, other)) }
}

interface Cni {
  readonly name: string
  /** Enforces nothing. */
  readonly isIdle: boolean
}

function cniOf({ loaded: { settings } }: Scene): Cni | undefined {
  const profile = profileOf(settings.profile.id)
  if (!profile || profile.id === 'reference') return undefined
  return { name: profile.name, isIdle: readingsOf(profile, settings.profile.version).main.enforces === 'no' }
}

function idle({ name }: Cni): string {
  return `That is what the API says: ${name} enforces no policy.`
}

function tell(scene: Scene, cni: Cni, made: Plan): Plan {
  const but = butUnder(scene, cni, made)
  if (but === undefined) return made
  if (made.changes.length > 0) return { ...made, warnings: [...made.warnings, but], needsPreview: true }
  const [first, ...more] = made.sentences
  return { ...made, sentences: [`By the API: ${first ?? 'nothing has to change.'}`, ...more, but] }
}

function butUnder(scene: Scene, cni: Cni, made: Plan): string | undefined {
  const asked = askedBy(made.intent)
  if (!asked) return cni.isIdle && isClosing(made.intent) ? `This closes nothing yet. ${idle(cni)}` : undefined
  const after = profiledAfter(scene, made)
  const outcome = judgeUnder(after, asked)
  if (outcome === 'holds') return undefined
  const deviations = decisive(verdictUnder(after, asked.from, asked.to)?.deviations ?? [], outcome)
  if (deviations.length === 0) return undefined
  const notes = [...new Set(deviations.map(({ note }) => note))]
  const remedies = [...new Set(deviations.flatMap(({ remedy }) => remedy ?? []))]
  const stays = asked.expect === 'allowed' ? 'closed' : 'open'
  const is = outcome === 'broken' ? `it is ${stays} all the same` : `it is not known whether it is ${stays}`
  return [`But under ${cni.name} ${is}.`, ...notes, ...remedies.map((remedy) => `What helps: ${remedy}`)].join(' ')
}

// What denies without speaking of one connection.
function isClosing(intent: Intent): boolean {
  if (intent.type === 'isolate' || intent.type === 'default-deny') return intent.on
  return intent.type === 'protect'
}

function askedBy(intent: Intent): Expectation | undefined {
  if (intent.type === 'change-ports') return { ...endsOf(intent), ports: intent.next, expect: 'allowed' }
  if (intent.type === 'deny') return { ...endsOf(intent), ports: intent.ports, expect: 'denied' }
  const opens = intent.type === 'allow' || intent.type === 'repair'
  return opens ? { ...endsOf(intent), ports: intent.ports, expect: 'allowed' } : undefined
}

function endsOf({ from, to }: Pick<Expectation, 'from' | 'to'>): Pick<Expectation, 'from' | 'to'> {
  return { from, to }
}

function profiledAfter({ profiled, loaded, evaluation, revision }: Scene, { changes }: Plan): Profiled {
  if (changes.length === 0) return profiled
  const start = begin({ files: loaded.files, loaded, evaluation, revision })
  const after = changes.reduce((draft, one) => (one.type === 'rename' ? draft : change(draft, one)), start)
  return evaluateWithProfile(after.loaded.cluster, after.loaded.policies, after.loaded.settings, profiled)
}
