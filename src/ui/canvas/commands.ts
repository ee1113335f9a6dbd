import { endId } from '#core/model/end.ts'
import type { Edge } from '#core/model/picture.ts'
import type { App } from '#state/app.ts'
import { type Command, commandsFor, perform } from '#state/commands.ts'
import { menuOf } from '#ui/kit/commandMenu.ts'
import type { MenuEntries } from '#ui/kit/Menu.tsx'
import { endOfNode } from './flow.ts'
import type { CanvasNode } from './nodeTypes.ts'
import type { Line } from './scene.ts'

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

/** The menu of a node. */
export function nodeEntries(context: CommandContext, node: CanvasNode, writable: boolean): MenuEntries {
  if (node.type === 'box') return boxEntries(context, node, writable)
  const refs = node.type === 'card' ? node.data.card.refs : []
  const [ref] = refs
  const { actions } = context.app
  const commands = node.type === 'card' ? commandsFor({ type: 'workload', card: node.data.card }) : []
  return [
    { label: 'Connect from here', hint: 'C', disabled: !writable, onSelect: () => context.connect(node) },
    { label: 'Show what it reaches', onSelect: () => showReach(context, node) },
    ...(ref === undefined ? [] : [{ label: 'Show its text', onSelect: () => actions.reveal(ref) }]),
    '-',
    ...menuOf(commands, actions, writable),
    ...(commands.length === 0 ? [] : ['-' as const]),
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
    ...menuOf(commandsFor({ type: 'namespace', card }), actions, writable),
    '-',
    { label: closed ? 'Open' : 'Close into one card', onSelect: () => actions.toggleNamespace(card.name) },
    ...(ref === undefined ? [] : [{ label: 'Show its text', onSelect: () => actions.reveal(ref) }]),
    '-',
    { label: 'Remove with everything in it …', danger: true, disabled, onSelect: () => removeNode(context, node) },
  ]
}

/** The menu of a line: of a bundle, the connections in it. */
export function lineEntries(context: CommandContext, line: Line, writable: boolean): MenuEntries {
  if (line.edges.length > 1) return bundleEntries(context, line)
  return menuOf(commandsOfLine(line), context.app.actions, writable)
}

/** What can be done with a line; nothing with a bundle, which stands for several connections. */
export function commandsOfLine({ edges }: Line): readonly Command[] {
  const [edge] = edges
  return edge === undefined || edges.length > 1 ? [] : commandsFor({ type: 'edge', edge })
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
  perform(app.actions, { type: 'explain', edge: edge.id })
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
    ...menuOf(commandsFor({ type: 'everything' }), actions, writable),
    '-',
    { label: 'Tidy', disabled, onSelect: tidy },
    { label: 'Fit', hint: 'F', onSelect: fit },
  ]
}
