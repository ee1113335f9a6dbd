import { EVENT_ID, type Event } from 'js-yaml'
import type { TextRange } from '#core/model/text.ts'

/** The aliases of each anchor, by the offset of the anchor's name; an alias means the last anchor of its name above it. */
export function repeatsIn(source: string, events: readonly Event[]): ReadonlyMap<number, readonly TextRange[]> {
  const repeats = new Map<number, TextRange[]>()
  const byName = new Map<string, TextRange[]>()
  for (const event of events) {
    if (!('anchorStart' in event) || event.anchorStart < 0) continue
    const name = source.slice(event.anchorStart, event.anchorEnd)
    if (event.type === EVENT_ID.ALIAS) byName.get(name)?.push({ from: event.anchorStart - 1, to: event.anchorEnd })
    else repeats.set(event.anchorStart, started(byName, name))
  }
  return repeats
}

function started(byName: Map<string, TextRange[]>, name: string): TextRange[] {
  const places: TextRange[] = []
  byName.set(name, places)
  return places
}
