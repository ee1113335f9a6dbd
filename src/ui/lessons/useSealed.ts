import { useEffect } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'

/** Puts on the page whether what the policies do has to be out of sight; gives the same. */
export function useSealed(): boolean {
  const app = useApp()
  const sealed = useStore(app.analysis, (state) => state.sealed === true)
  useEffect(() => {
    document.documentElement.toggleAttribute('data-sealed', sealed)
    return () => document.documentElement.removeAttribute('data-sealed')
  }, [sealed])
  return sealed
}
