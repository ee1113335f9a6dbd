import type { ViewState } from './view.ts'

/** What the user likes, whatever the workspace; small, and lost without harm. */
interface Liked {
  readonly theme: ViewState['theme']
  readonly panels: ViewState['panels']
  readonly planStyle: ViewState['planStyle']
  /** The workspace that was open last. */
  readonly workspace?: string | undefined
}

/** Where preferences are kept (localStorage in the browser). */
export interface Preferences {
  readonly read: () => Liked
  readonly write: (change: Partial<Liked>) => void
}

/** What a browser offers for small texts; both may throw where the user forbids it. */
export type TextStore = Pick<globalThis.Storage, 'getItem' | 'setItem'>

const KEY = 'drawbridge'
const DEFAULTS: Liked = {
  theme: 'system',
  panels: { left: true, right: true, bottom: 'why' },
  planStyle: 'per-workload',
}

/** Preferences in a text store; what can't be read or written is as if never said. */
export function createPreferences(store: TextStore | undefined): Preferences {
  let liked = { ...DEFAULTS, ...load(store) }
  return {
    read: () => liked,
    write(change) {
      liked = { ...liked, ...change }
      try {
        store?.setItem(KEY, JSON.stringify(liked))
      } catch {
        // A full or forbidden store costs the user a preference, nothing else.
      }
    },
  }
}

function load(store: TextStore | undefined): Partial<Liked> {
  try {
    return sift(JSON.parse(store?.getItem(KEY) ?? '{}'))
  } catch {
    return {}
  }
}

// Another version of the app, or the user's own hand, may have written anything there.
function sift(value: unknown): Partial<Liked> {
  if (typeof value !== 'object' || value === null) return {}
  const { theme, panels, planStyle, workspace } = value as Record<string, unknown>
  return {
    ...(isTheme(theme) ? { theme } : {}),
    ...(isPanels(panels) ? { panels } : {}),
    ...(isPlanStyle(planStyle) ? { planStyle } : {}),
    ...(typeof workspace === 'string' ? { workspace } : {}),
  }
}

function isTheme(value: unknown): value is ViewState['theme'] {
  return value === 'light' || value === 'dark' || value === 'system' || value === 'projector'
}

function isPanels(value: unknown): value is ViewState['panels'] {
  if (typeof value !== 'object' || value === null) return false
  const { left, right, bottom } = value as Record<string, unknown>
  return (
    typeof left === 'boolean' &&
    typeof right === 'boolean' &&
    ['why', 'problems', 'checks', 'changes', 'none'].includes(String(bottom))
  )
}

function isPlanStyle(value: unknown): value is ViewState['planStyle'] {
  return value === 'per-workload' || value === 'per-edge' || value === 'per-namespace'
}
