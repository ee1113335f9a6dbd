import type { StoreApi } from 'zustand/vanilla'
import type { Notice, NoticeOffer, ViewState } from './view.ts'
import type { Clock } from './clock.ts'

/** Says things to the user. */
export interface Notices {
  /** Shows a message; warnings and errors stay until they are dismissed. `undo` offers the undo button, `offers` others. */
  readonly say: (tone: Notice['tone'], text: string, undo?: boolean, offers?: readonly NoticeOffer[]) => void
  readonly dismiss: (id: number) => void
  /** Takes the undo buttons off, and those that take something back: something else has happened since. */
  readonly settle: () => void
}

const SHOWN_AT_ONCE = 4
const READ_MS = 8_000
const UNDO_MS = 15_000

/** Messages in the view store; news replaces the news before, and what is said again replaces what stands there. */
export function createNotices(view: StoreApi<ViewState>, clock: Clock): Notices {
  let nextId = 1
  const dismiss = (id: number): void =>
    view.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
  return {
    dismiss,
    settle() {
      const { notices } = view.getState()
      if (notices.some(({ undo }) => undo)) view.setState({ notices: notices.map(withoutUndo) })
    },
    say(tone, text, undo = false, offers = []) {
      const id = nextId++
      const notice: Notice = { id, tone, text, ...(undo ? { undo } : {}), ...(offers.length > 0 ? { offers } : {}) }
      view.setState(({ notices }) => ({
        notices: [...notices.filter((other) => !isOver(other, notice)), notice].slice(-SHOWN_AT_ONCE),
      }))
      if (tone === 'info') clock.after(undo ? UNDO_MS : READ_MS, () => dismiss(id))
    },
  }
}

// What was done before is old news once something else is done; warnings and errors wait to be read.
function isOver(other: Notice, notice: Notice): boolean {
  return other.text === notice.text || (other.tone === 'info' && notice.tone === 'info')
}

function withoutUndo({ undo: _undo, offers, ...notice }: Notice): Notice {
  const left = offers?.filter((offer) => !('insteadOf' in offer)) ?? []
  return left.length > 0 ? { ...notice, offers: left } : notice
}
