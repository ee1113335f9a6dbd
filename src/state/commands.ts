import { type End, endId } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'
import type { Edge, NamespaceCard, WorkloadCard } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Ref } from '#core/model/text.ts'
import type { Actions } from './app.ts'

/** What commands are about: something on the canvas, a line of the table, or all of the workspace. */
export type Subject =
  | { readonly type: 'edge'; readonly edge: Edge }
  | { readonly type: 'workload'; readonly card: WorkloadCard }
  | { readonly type: 'namespace'; readonly card: NamespaceCard }
  | { readonly type: 'outside'; readonly end: End }
  | { readonly type: 'everything' }

/** What a command sets going: a plan at once, or a question to the user first. */
export type Deed =
  | { readonly type: 'explain'; readonly edge: string }
  | { readonly type: 'reveal'; readonly ref: Ref }
  | { readonly type: 'plan'; readonly intent: Intent }
  /** Asks for ports, with `ports` chosen; `change`: those that are there now, to be replaced. */
  | {
      readonly type: 'ask-ports'
      readonly from: End
      readonly to: End
      readonly ports?: readonly string[] | undefined
      readonly change?: boolean | undefined
    }
  /** Asks whether DNS stays open before egress is closed. */
  | { readonly type: 'ask-dns'; readonly namespace: string; readonly workload?: string | undefined }
  /** Asks how far to protect; no namespaces: everything. */
  | { readonly type: 'ask-protect'; readonly namespaces: readonly string[] }

/** What stands together in a menu. */
type CommandGroup = 'look' | 'connection' | 'checks' | 'isolation' | 'allow-from' | 'protect' | 'forget'

/** One thing that can be done with a subject, the same wherever the subject is shown. */
export interface Command {
  /** Unique among the commands of a subject. */
  readonly id: string
  readonly group: CommandGroup
  /** Ends in `…` where something is asked or shown before the texts change. */
  readonly label: string
  readonly deed: Deed
  /** The key on canvas and table. */
  readonly key?: string | undefined
  /** A switch, and how it stands. */
  readonly checked?: boolean | undefined
  readonly danger?: boolean | undefined
  /** Set where it can't be done now: why. */
  readonly unavailable?: string | undefined
}

/** The commands of a subject, in the order of menus: the one list that canvas, table, inspector and palette share. */
export function commandsFor(subject: Subject): readonly Command[] {
  switch (subject.type) {
    case 'edge':
      return edgeCommands(subject.edge)
    case 'workload':
      return workloadCommands(subject.card)
    case 'namespace':
      return namespaceCommands(subject.card)
    case 'everything':
      return [protect([], 'Protect everything …')]
    case 'outside':
      return []
  }
}

/** Sets going what a command stands for. */
export function perform(actions: Actions, deed: Deed): void {
  switch (deed.type) {
    case 'explain':
      actions.select({ type: 'edge', id: deed.edge })
      return actions.setPanels({ right: true, bottom: 'why' })
    case 'reveal':
      return actions.reveal(deed.ref)
    case 'plan':
      return void actions.carryOut(deed.intent)
    case 'ask-ports':
      return void actions.startDraft(deed.from, deed.to, { ports: deed.ports, change: deed.change })
    case 'ask-dns':
      return actions.openDialog({ type: 'dns', namespace: deed.namespace, workload: deed.workload })
    case 'ask-protect':
      return actions.openDialog({ type: 'protect', namespaces: deed.namespaces })
  }
}

/** Does a command change the texts in the end? In a tab that only reads it can't. */
export function writes({ deed }: Command): boolean {
  return deed.type !== 'explain' && deed.type !== 'reveal'
}

/** May a connection be drawn between them? Two outside ends have no pod that a policy could select. */
export function canConnect(from: End, to: End): boolean {
  return 'namespace' in from || 'namespace' in to
}

function edgeCommands(edge: Edge): readonly Command[] {
  const { from, to, status, asked = [], count } = edge
  const [rule] = edge.rules
  const look: readonly Command[] = [
    { id: 'explain', group: 'look', label: 'Why?', key: 'Enter', deed: { type: 'explain', edge: edge.id } },
    ...(rule === undefined
      ? []
      : [{ id: 'rule', group: 'look', label: 'Show the rule', deed: { type: 'reveal', ref: rule } } as const]),
  ]
  // A folded line stands for many connections: none of them is meant in particular.
  if (count !== undefined || !canConnect(from, to)) return look
  const closed = status === 'denied' ? 'It is denied already.' : undefined
  const open = status === 'allowed' ? 'It is allowed already.' : undefined
  return [
    ...look,
    {
      id: 'allow',
      group: 'connection',
      label: 'Allow …',
      key: 'A',
      unavailable: open,
      deed: { type: 'ask-ports', from, to, ports: asked },
    },
    {
      id: 'deny',
      group: 'connection',
      label: 'Deny …',
      key: 'X',
      unavailable: closed,
      deed: { type: 'plan', intent: { type: 'deny', from, to, ports: asked } },
    },
    {
      id: 'change-ports',
      group: 'connection',
      label: 'Change ports …',
      key: 'P',
      unavailable: closed && 'It is denied: allow it with the ports that you want.',
      deed: { type: 'ask-ports', from, to, ports: asked, change: true },
    },
    ...pins(edge),
    forget(edge),
  ]
}

// What is expected of it can be what is so now, or the opposite: then the check says so at once.
function pins({ from, to, status, asked: ports = [], checks }: Edge): readonly Command[] {
  const present = status === 'allowed' || status === 'denied' ? status : undefined
  const command = (expect: 'allowed' | 'denied'): Command => {
    const turned = checks.find((check) => check.expect !== expect)
    const isSaid = checks.some((check) => check.expect === expect)
    return {
      id: `expect-${expect}`,
      group: 'checks',
      label: expect === present ? 'Pin as check' : `Pin “must be ${expect}”`,
      unavailable: isSaid ? `A check expects it to be ${expect} already.` : undefined,
      deed: {
        type: 'plan',
        intent: turned
          ? { type: 'edit-check', check: turned.ref, next: { name: turned.name, ports, expect } }
          : { type: 'pin', checks: [{ from, to, ports, expect }] },
      },
    }
  }
  return present === 'denied' ? [command('denied'), command('allowed')] : [command('allowed'), command('denied')]
}

function forget({ id, checks }: Edge): Command {
  const [check] = checks
  const common = { id: 'forget', group: 'forget', label: 'Forget', key: 'Del', danger: true } as const
  if (check) return { ...common, deed: { type: 'plan', intent: { type: 'forget', check: check.ref } } }
  return { ...common, unavailable: NOT_DRAWN, deed: { type: 'explain', edge: id } }
}

const NOT_DRAWN = 'Nobody drew this connection: a rule makes it. Change the rule, or deny it.'

function workloadCommands(card: WorkloadCard): readonly Command[] {
  const { namespace, isolated, hostNetwork } = card
  const end = { namespace, workload: `${card.kind}/${card.name}` }
  const unavailable = hostNetwork ? 'Its pods use the network of their node: policies do not apply to them.' : undefined
  const isolate = (direction: Direction): Command => {
    const on = isolated[direction] !== 'yes'
    const asksDns = on && direction === 'egress'
    return {
      id: `isolate-${direction}`,
      group: 'isolation',
      label: `Isolate ${WAY[direction]}`,
      checked: !on,
      unavailable,
      deed: asksDns
        ? { type: 'ask-dns', ...end }
        : { type: 'plan', intent: { type: 'isolate', end, direction, on, dns: false } },
    }
  }
  return [
    isolate('ingress'),
    isolate('egress'),
    allowDns(end, unavailable ?? (isolated.egress === 'no' ? OPEN_OUT : undefined)),
    ...allowFrom(end, unavailable),
    protect([namespace], `Protect all of ${namespace} …`),
  ]
}

const WAY: Readonly<Record<Direction, string>> = { ingress: 'in', egress: 'out' }
const OPEN_OUT = 'Nothing closes what it sends: DNS is open.'

function namespaceCommands({ name, defaultDeny }: NamespaceCard): readonly Command[] {
  const end = { namespace: name }
  return [
    defaultDenyOf(name, 'ingress', defaultDeny.ingress === 'on'),
    defaultDenyOf(name, 'egress', defaultDeny.egress === 'on'),
    allowDns(end, defaultDeny.egress === 'off' ? OPEN_OUT : undefined),
    ...allowFrom(end, undefined),
    protect([name], `Protect ${name} …`),
  ]
}

function defaultDenyOf(namespace: string, direction: Direction, isOn: boolean): Command {
  const asksDns = !isOn && direction === 'egress'
  return {
    id: `default-deny-${direction}`,
    group: 'isolation',
    label: `Default deny ${WAY[direction]}`,
    checked: isOn,
    deed: asksDns
      ? { type: 'ask-dns', namespace }
      : { type: 'plan', intent: { type: 'default-deny', namespace, direction, on: !isOn, dns: false } },
  }
}

function allowDns(end: End & { readonly namespace: string }, unavailable: string | undefined): Command {
  const deed = { type: 'plan', intent: { type: 'allow-dns', end } } as const
  return { id: 'allow-dns', group: 'isolation', label: 'Allow DNS', unavailable, deed }
}

function allowFrom(to: End & { readonly namespace: string }, unavailable: string | undefined): readonly Command[] {
  const sources: readonly (readonly [End, string])[] = [
    [{ namespace: to.namespace }, `Everything in ${to.namespace} …`],
    [{ anyNamespace: true }, 'Any namespace (all pods) …'],
    [{ internet: true }, 'The internet …'],
    [{ anywhere: true }, 'Anywhere …'],
  ]
  return sources.map(([from, label]) => ({
    id: `allow-from-${endId(from)}`,
    group: 'allow-from',
    label,
    unavailable,
    deed: { type: 'ask-ports', from, to },
  }))
}

function protect(namespaces: readonly string[], label: string): Command {
  return { id: 'protect', group: 'protect', label, deed: { type: 'ask-protect', namespaces } }
}
