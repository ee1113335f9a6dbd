import { pressCommand } from '#ui/kit/commandMenu.ts'
import { commandsOfLine, nodeEntries, lineEntries, removeNode, selectNode, type CommandContext } from './commands.ts'
import type { Rect } from './geometry.ts'
import { isArrowKey, neighbour } from './neighbour.ts'
import type { CanvasNode } from './nodeTypes.ts'
import type { Line } from './scene.ts'
import type { Connecting } from './useConnecting.ts'
import type { MenuEntries } from '#ui/kit/Menu.tsx'

/** What a key on the canvas may need. */
export interface KeyContext {
  readonly commands: CommandContext
  readonly connecting: Connecting
  readonly rects: ReadonlyMap<string, Rect>
  readonly lines: readonly Line[]
  readonly writable: boolean
  readonly nodeOf: (id: string) => CanvasNode | undefined
  readonly focus: (kind: 'node' | 'edge', id: string) => void
  readonly nudge: (node: CanvasNode, dx: number, dy: number) => void
  readonly openMenu: (at: { x: number; y: number }, entries: MenuEntries) => void
  readonly zoom: (direction: 1 | -1) => void
}

/** A key that was pressed, and on what. */
export interface Pressed {
  readonly key: string
  readonly shift: boolean
  readonly node: string | undefined
  readonly edge: string | undefined
  /** Client pixels where a menu would open. */
  readonly at: { readonly x: number; readonly y: number }
}

/** Does what the key means there; true where it meant something (its default is then prevented). */
export function pressKey(pressed: Pressed, context: KeyContext): boolean {
  if (pressed.key === 'Escape') return escape(context)
  const node = pressed.node === undefined ? undefined : context.nodeOf(pressed.node)
  if (node !== undefined && pressNode(pressed, node, context)) return true
  const line = context.lines.find((one) => one.id === pressed.edge)
  if (line !== undefined && pressLine(pressed, line, context)) return true
  return pressAnywhere(pressed.key, context)
}

function escape({ connecting, commands }: KeyContext): boolean {
  if (connecting.stage === 'off') commands.app.actions.select(undefined)
  else connecting.cancel()
  return true
}

function pressNode(pressed: Pressed, node: CanvasNode, context: KeyContext): boolean {
  const { connecting, commands, writable } = context
  const { key } = pressed
  if (isMenuKey(pressed)) context.openMenu(pressed.at, nodeEntries(commands, node, writable))
  else if (isArrowKey(key)) arrow(key, pressed.shift, node, context)
  else if (key === 'Enter' || key === ' ') {
    if (connecting.stage === 'off') selectNode(commands.app, node)
    else connecting.pick(node)
  } else if (key.toLowerCase() === 'c' && writable) connecting.begin(node)
  else if (key.toLowerCase() === 'e') focusLineOf(node, context)
  else if ((key === 'Delete' || key === 'Backspace') && writable) removeNode(commands, node)
  else return false
  return true
}

const STEP = 20

function arrow(key: Parameters<typeof neighbour>[2], shift: boolean, node: CanvasNode, context: KeyContext): void {
  if (shift) {
    const dx = key === 'ArrowLeft' ? -STEP : key === 'ArrowRight' ? STEP : 0
    const dy = key === 'ArrowUp' ? -STEP : key === 'ArrowDown' ? STEP : 0
    if (context.writable) context.nudge(node, dx, dy)
    return
  }
  const next = neighbour(node.id, peersOf(node, context), key)
  if (next !== undefined) context.focus('node', next)
}

/** From a card to the next card; boxes are reached by Tab, and lead to boxes. */
function peersOf(node: CanvasNode, { rects, nodeOf }: KeyContext): ReadonlyMap<string, Rect> {
  return new Map([...rects].filter(([id]) => isBox(nodeOf(id)) === isBox(node)))
}

function focusLineOf(node: CanvasNode, { lines, focus }: KeyContext): void {
  const line = lines.find((one) => one.from === node.id) ?? lines.find((one) => one.to === node.id)
  if (line !== undefined) focus('edge', line.id)
}

function pressLine(pressed: Pressed, line: Line, context: KeyContext): boolean {
  const { commands, writable } = context
  const { key } = pressed
  if (isMenuKey(pressed)) context.openMenu(pressed.at, lineEntries(commands, line, writable))
  else if (isArrowKey(key)) {
    const by = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
    const at = context.lines.indexOf(line) + by + context.lines.length
    const next = context.lines[at % context.lines.length]
    if (next !== undefined) context.focus('edge', next.id)
  } else if (line.edges.length > 1) return pressBundle(pressed, line, context)
  else return pressCommand(commandsOfLine(line), key === ' ' ? 'Enter' : key, commands.app.actions)
  return true
}

function pressBundle({ key, at }: Pressed, line: Line, { commands, openMenu, writable }: KeyContext): boolean {
  if (key === 'Enter' || key === ' ') openMenu(at, lineEntries(commands, line, writable))
  else if (key === 'Delete' || key === 'Backspace')
    commands.app.actions.notify('info', 'These are several connections: open the namespace to see each.')
  else return false
  return true
}

function isMenuKey({ key, shift }: Pressed): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shift)
}

function pressAnywhere(key: string, { commands, connecting, zoom, writable }: KeyContext): boolean {
  if (key === '+' || key === '=') zoom(1)
  else if (key === '-') zoom(-1)
  else if (key.toLowerCase() === 'f') commands.fit()
  else if (key.toLowerCase() === 'c' && writable) connecting.begin(undefined)
  else return false
  return true
}

function isBox(node: CanvasNode | undefined): boolean {
  return node?.type === 'box' && !node.data.box.closed
}
