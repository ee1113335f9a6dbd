import type { Actions } from './app.ts'
import type { Notices } from './notices.ts'
import type { Stores } from './stores.ts'

/** New versions of the app: offered, and taken only when the user says so and everything is saved. */
export function createUpdating(
  { documents, view }: Stores,
  notices: Notices,
  flush: () => Promise<void>,
): Pick<Actions, 'offerUpdate' | 'update' | 'dismissUpdate'> {
  let apply: (() => void) | undefined
  return {
    offerUpdate(next) {
      apply = next
      view.setState({ updateReady: true })
    },
    async update() {
      await flush()
      const { saving } = documents.getState()
      if (saving.status === 'saved') return apply?.()
      const why = saving.status === 'failed' ? ` ${saving.why}` : ''
      notices.say('warning', `The new version waits: what you have here is not saved.${why}`)
    },
    dismissUpdate: () => view.setState({ updateReady: false }),
  }
}
