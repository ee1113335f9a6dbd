import { endId, type End } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import type { App } from '#state/app.ts'
import type { MenuEntries, MenuEntry } from '#ui/kit/Menu.tsx'
import { endOfNode } from './flow.ts'
import type { CanvasNode } from './nodeTypes.ts'
import type { Line } from './scene.ts'
import { switchDefaultDeny } from './switchDefaultDeny.ts'

/** What menus and keys need besides the application. */
export interface CommandContext {
  readonly app: App
  /** Begins to draw from a node. */
  readonly connect: (node: CanvasNode) => void
  readonly fit: () => void
  readonly tidy: () => void
}

/** Selects what a node stands for. */
export function selectNode(app: App, node: CanvasNode): void {
  app.actions.select({ type: 'card', id: endId(endOfNode(node)) })
}

/** Removes a workload or a namespace (previewed), or takes an outside end off the canvas where nothing names it. */
export function removeNode({ app }: CommandContext, node: CanvasNode): void {
  const end = endOfNode(node)
  if (node.type !== 'outside') {
    void app.actions.carryOut({ type: 'remove', end })
    return
  }
  const named = app.analysis.getState().picture?.outside.some((other) => endId(other) === endId(end)) ?? false
  if (named)
    app.actions.notify('info', 'A policy, a check or an Ingress names it: it is on the canvas as long as that does.')
  else app.actions.unplace(end)
}

/** Forgets a drawn connection; one that only rules make is left, and said why. */
export function forgetLine({ app }: CommandContext, line: Line): void {
  const checks = line.edges.flatMap((edge) => edge.checks)
  const [check] = checks
  if (line.edges.length > 1)
    app.actions.notify('info', 'These are several connections: open the namespace to see each.')
  else if (check === undefined) {
    app.actions.notify('info', 'Nobody drew this connection: a rule makes it. Change the rule to change it.')
  } else void app.actions.carryOut({ type: 'forget', check: check.ref })
}

/** The menu of a node. */
export function nodeEntries(context: CommandContext, node: CanvasNode, writable: boolean): MenuEntries {
  if (node.type === 'box') return boxEntries(context, node, writable)
  const refs = node.type === 'card' ? node.data.card.refs : []
  const [ref] = refs
  return [
    { label: 'Connect from here', hint: 'C', disabled: !writable, onSelect: () => context.connect(node) },
    { label: 'Show what it reaches', onSelect: () => showReach(context, node) },
    ...(ref === undefined ? [] : [{ label: 'Show its text', onSelect: () => context.app.actions.reveal(ref) }]),
    '-',
    { label: 'Remove …', hint: 'Del', danger: true, disabled: !writable, onSelect: () => removeNode(context, node) },
  ]
}

function showReach({ app }: CommandContext, node: CanvasNode): void {
  selectNode(app, node)
  app.actions.setLayer('reach', true)
}

function boxEntries(context: CommandContext, node: CanvasNode & { type: 'box' }, writable: boolean): MenuEntries {
  const { actions } = context.app
  const { card, closed } = node.data.box
  const { ref } = card
  const disabled = !writable
  return [
    { label: `Connect from all of ${card.name}`, hint: 'C', disabled, onSelect: () => context.connect(node) },
    {
      label: 'Add a workload …',
      disabled,
      onSelect: () => actions.openDialog({ type: 'add-workload', namespace: card.name }),
    },
    '-',
    denyEntry(context, node, 'ingress', disabled),
    denyEntry(context, node, 'egress', disabled),
    '-',
    { label: closed ? 'Open' : 'Close into one card', onSelect: () => actions.toggleNamespace(card.name) },
    ...(ref === undefined ? [] : [{ label: 'Show its text', onSelect: () => actions.reveal(ref) }]),
    '-',
    { label: 'Remove with everything in it …', danger: true, disabled, onSelect: () => removeNode(context, node) },
  ]
}

function denyEntry(
  { app }: CommandContext,
  node: CanvasNode & { type: 'box' },
  direction: 'ingress' | 'egress',
  disabled: boolean,
): MenuEntry {
  const { card } = node.data.box
  return {
    label: `Default deny ${direction === 'ingress' ? 'in' : 'out'}`,
    checked: card.defaultDeny[direction] === 'on',
    disabled,
    onSelect: () => switchDefaultDeny(app.actions, card, direction),
  }
}

/** The menu of a line: of a bundle, the connections in it. */
export function lineEntries(context: CommandContext, line: Line, writable: boolean): MenuEntries {
  if (line.edges.length > 1) return bundleEntries(context, line)
  const { app } = context
  const [edge] = line.edges
  if (edge === undefined) return []
  const [rule] = edge.rules
  const drawn = edge.checks.length > 0
  return [
    { label: 'Why?', hint: 'Enter', onSelect: () => whyOf(app, edge) },
    ...(rule === undefined ? [] : [{ label: 'Show the rule', onSelect: () => app.actions.reveal(rule) }]),
    '-',
    {
      label: 'Forget',
      hint: 'Del',
      danger: true,
      disabled: !drawn || !writable,
      onSelect: () => forgetLine(context, line),
    },
  ]
}

const MOST_ENTRIES = 40

function bundleEntries({ app }: CommandContext, line: Line): MenuEntries {
  const shown = line.edges.slice(0, MOST_ENTRIES)
  const rest = line.edges.length - shown.length
  return [
    { heading: `${line.edges.length} connections` },
    ...shown.map((edge) => ({ label: edge.name, onSelect: () => whyOf(app, edge) })),
    ...(rest === 0 ? [] : [{ label: `${rest} more: see the table`, onSelect: () => app.actions.setCentre('table') }]),
  ]
}

/** Selects a connection and opens its explanation. */
export function whyOf(app: App, edge: Edge): void {
  app.actions.select({ type: 'edge', id: edge.id })
  app.actions.setPanels({ right: true, bottom: 'why' })
}

/** The menu of the empty canvas. */
export function canvasEntries({ app, fit, tidy }: CommandContext, writable: boolean): MenuEntries {
  const { actions } = app
  const disabled = !writable
  return [
    { label: 'Add a workload …', disabled, onSelect: () => actions.openDialog({ type: 'add-workload' }) },
    { label: 'Add a namespace …', disabled, onSelect: () => actions.openDialog({ type: 'add-namespace' }) },
    { label: 'Add an IP block …', disabled, onSelect: () => actions.openDialog({ type: 'add-ip-block' }) },
    { label: 'Add the internet', disabled, onSelect: () => actions.place({ internet: true }) },
    '-',
    { label: 'Tidy', disabled, onSelect: tidy },
    { label: 'Fit', hint: 'F', onSelect: fit },
  ]
}

/** May a connection be drawn between them? Two outside ends have no pod that a policy could select. */
export function canConnect(from: End, to: End): boolean {
  return 'namespace' in from || 'namespace' in to
}
