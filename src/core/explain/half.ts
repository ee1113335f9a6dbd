import type { ClassHalf, Evaluation } from '#core/evaluate/evaluation.ts'
import { endName } from '#core/model/end.ts'
import type { ExplainedHalf } from '#core/model/picture.ts'
import { code, link, list, say, type Sentence, type SentencePart } from '#core/model/sentence.ts'
import {
  coversPorts,
  formatPorts,
  intersectPorts,
  isNoPorts,
  NO_PORTS,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '#core/model/ports.ts'
import type { Direction, Tier } from '#core/model/rule.ts'
import { statusOf } from '#core/model/status.ts'
import type { Half, RuleEvidence, Verdict } from '#core/model/verdict.ts'
import type { Asked } from './asked.ts'
import { ACTION, ruleName } from './rule.ts'
import { type Scope, whereOf } from './scope.ts'

/** What one half is asked: whose side, who is at the other end, and which ports. */
export interface HalfQuestion {
  readonly evaluation: Evaluation
  readonly half: Half
  readonly subject: string
  /** Is the subject a node? */
  readonly isNode: boolean
  readonly asked: Asked
  /** Who meets whom: what a rule says need not be about all of them. */
  readonly scope: Scope
  /** Why it isn't sure, already in words. */
  readonly doubts: readonly Sentence[]
}

/** So many policies or rules are named at a time. */
const MOST_NAMES = 4

/** One half in sentences: isolated or not and by whom, which rules allow, what is left (semantics.md A.1). */
export function explainHalf(question: HalfQuestion): ExplainedHalf {
  const { half, subject, asked } = question
  const status = statusOf(verdictOfHalf(half), asked.ports)
  const title = `${half.direction === 'egress' ? 'Egress' : 'Ingress'} at ${subject}: ${status === 'partial' ? 'partly allowed' : status}`
  const exempt = exemption(question)
  const sentences = exempt ? [exempt] : inOrder(question)
  return { direction: half.direction, status, title, sentences: [...sentences, ...question.doubts], misses: [] }
}

/** Who selects the subject in this direction, and that it is isolated by that; or why no policy applies to it (semantics.md A.1). */
export function explainSelection(question: HalfQuestion): readonly Sentence[] {
  const exempt = exemption(question)
  return exempt ? [exempt] : isolation(question)
}

// As they are asked: the admin tier, NetworkPolicy, the baseline tier (semantics.md C.2).
function inOrder(question: HalfQuestion): readonly Sentence[] {
  return [
    ...rules(question, 'admin'),
    ...isolation(question),
    ...rules(question, 'networkPolicy'),
    ...rules(question, 'baseline'),
    ...rest(question),
  ]
}

/** A half as if it were the whole answer. */
export function verdictOfHalf({
  allowed,
  some,
  undetermined,
}: Half): Pick<Verdict, 'allowed' | 'partial' | 'undetermined'> {
  return { allowed, partial: subtractPorts(subtractPorts(some, allowed), undetermined), undetermined }
}

const WAY: Readonly<Record<Direction, { readonly out: string; readonly toward: string }>> = {
  egress: { out: 'get out', toward: 'to' },
  ingress: { out: 'get in', toward: 'from' },
}

function exemption({ half, subject, isNode }: HalfQuestion): Sentence | undefined {
  switch (half.exempt) {
    case undefined:
      return undefined
    case 'outside':
      return say(
        `No policy applies to ${subject}: ${isNode ? 'policies are about pods' : 'it is outside the cluster'}.`,
      )
    case 'unplaced':
      return say(
        `Where ${subject} runs is not known, so what policies do to what it sends is left out: set `,
        code('ingressController'),
        ' in a DrawbridgeSettings document.',
      )
    case 'host-network':
      return say(`No policy applies to ${subject}: its pods use the network of their node (hostNetwork).`)
    case 'finished':
      return say(`No policy applies to ${subject}: its pods have finished.`)
    case 'same-pod':
      return say('A pod always reaches itself; no policy can forbid it.')
    case 'own-node':
      return say('A pod and the node that it runs on always reach each other; no policy can forbid it.')
  }
}

function isolation({ half, subject, evaluation, scope }: HalfQuestion): readonly Sentence[] {
  const { direction, isolated, isolatedBy } = half
  if (isolated === 'no') return [say(`No policy isolates ${subject} for ${direction}, so ${unlessDecided(half)}.`)]
  const sure = isolatedBy.filter(({ unknown }) => !unknown)
  const names = list(
    few((sure.length > 0 ? sure : isolatedBy).map(({ policy, policyName }) => link(policyName, policy))),
  )
  if (sure.length === 0)
    return [say(`Whether ${subject} is isolated for ${direction} is not known: `, names, ' may select it.')]
  const select = sure.length === 1 ? 'selects' : 'select'
  if (isolated === 'unknown')
    return [say(`Some pods of ${subject} are isolated for ${direction}: `, names, ` ${select} them. Others are not.`)]
  const them = new Set(scope.meetings.map((meeting) => meeting.subject)).size > 1 ? 'its pods' : 'it'
  const empty = sure.filter(({ policy }) => hasNoRules(evaluation, policy, direction)).slice(0, MOST_NAMES)
  return [
    say(
      `${subject} is isolated for ${direction}: `,
      names,
      ` ${select} ${them}, so only what a rule allows may ${WAY[direction].out}.`,
    ),
    ...empty.map(({ policy, policyName }) =>
      say(link(policyName, policy), ` has no ${direction} rules: it allows nothing.`),
    ),
  ]
}

// A story is short: beyond a few, the rest is a number.
function few(names: readonly SentencePart[]): readonly SentencePart[] {
  const rest = names.length - MOST_NAMES
  return rest > 1 ? [...names.slice(0, MOST_NAMES), { text: `${rest} more` }] : names
}

function unlessDecided({ direction, evidence }: Half): string {
  const out = WAY[direction].out
  const tiers = new Set(evidence.map(({ tier }) => tier))
  if (tiers.has('baseline')) return `the baseline tier decides, and what it does not decide may ${out}`
  return tiers.has('admin') ? `what the admin tier does not decide may ${out}` : `everything may ${out}`
}

function hasNoRules(
  { policies }: Evaluation,
  policy: Half['isolatedBy'][number]['policy'],
  direction: Direction,
): boolean {
  const own = policies.find(({ ref }) => ref === policy)
  return own !== undefined && own.rules.every((rule) => rule.direction !== direction)
}

function rules({ half, asked, scope }: HalfQuestion, tier: Tier): readonly Sentence[] {
  const open = coversPorts(half.allowed, asked.ports)
  const toward = ({ rule }: RuleEvidence): string =>
    towardText(scope, half.direction, ({ evidence }) => evidence.some((one) => one.rule === rule))
  const own = half.evidence.filter((evidence) => evidence.tier === tier)
  const hits = own.flatMap((evidence) => {
    const hit = intersectPorts(evidence.ports, asked.ports)
    if (isNoPorts(hit)) return []
    return [
      say(
        ...ruleName(evidence),
        ` ${ACTION[evidence.action]} ${formatPorts(hit)} ${toward(evidence)}${then(evidence)}.`,
      ),
    ]
  })
  return open || tier !== 'networkPolicy' ? hits : [...hits, ...otherPorts(own, toward, asked)]
}

// `from shop/web`, and at which pods where it isn't for all of them.
function towardText(scope: Scope, direction: Direction, holds: (half: ClassHalf) => boolean): string {
  const { at, peer } = whereOf(scope, holds)
  return `${WAY[direction].toward} ${peer}${at}`
}

// Rules for this peer that allow it something else.
function otherPorts(
  own: readonly RuleEvidence[],
  toward: (evidence: RuleEvidence) => string,
  asked: Asked,
): readonly Sentence[] {
  const others = own.filter(({ ports }) => !isNoPorts(ports) && isNoPorts(intersectPorts(ports, asked.ports)))
  const rest = others.length - MOST_NAMES
  const shown = (rest > 1 ? others.slice(0, MOST_NAMES) : others).map((evidence) =>
    say(...ruleName(evidence), ` allows ${formatPorts(evidence.ports)} ${toward(evidence)}, not ${asked.text}.`),
  )
  return rest > 1 ? [...shown, say(`${rest} more rules allow other ports.`)] : shown
}

// What follows from it: what comes later is not asked any more.
function then({ tier, action }: RuleEvidence): string {
  if (tier === 'networkPolicy') return ''
  if (action === 'pass') return tier === 'admin' ? ' to the NetworkPolicies' : ': by default it is open'
  return tier === 'admin' ? ', whatever NetworkPolicies say' : ''
}

function rest({ half, asked, scope }: HalfQuestion): readonly Sentence[] {
  if (isNoPorts(asked.ports)) return []
  const { partial, undetermined, allowed } = verdictOfHalf(half)
  const toward = `${WAY[half.direction].toward} ${endName(scope.peer)}`
  const known = [allowed, partial, undetermined].reduce(unitePorts)
  const closed = subtractPorts(asked.ports, unitePorts(known, toldOf(half, scope)))
  const without = towardText(scope, half.direction, (own) => !isNoPorts(subtractPorts(closed, deniedBy(own))))
  const written = (ports: PortSet): string => (coversPorts(ports, asked.ports) ? asked.text : formatPorts(ports))
  const some = intersectPorts(partial, asked.ports)
  const open = intersectPorts(undetermined, asked.ports)
  return [
    ...(isNoPorts(closed)
      ? []
      : [
          say(
            `No rule allows ${asked.all && written(closed) === 'all ports' ? 'anything' : written(closed)} ${without}.`,
          ),
        ]),
    ...(isNoPorts(some) ? [] : [say(`${capital(written(some))} may pass for some of the pods only.`)]),
    ...(isNoPorts(open) ? [] : [say(`Whether ${written(open)} may pass ${toward} is not known.`)]),
  ]
}

// What rules deny to every pair needs no more words.
function toldOf(half: Half, { meetings }: Scope): PortSet {
  return meetings.length === 0 ? deniedBy(half) : meetings.map((one) => deniedBy(one.half)).reduce(intersectPorts)
}

/** The ports that rules deny by name. */
export function deniedBy({ evidence }: Pick<Half, 'evidence'>): PortSet {
  return evidence.flatMap(({ action, ports }) => (action === 'deny' ? [ports] : [])).reduce(unitePorts, NO_PORTS)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
