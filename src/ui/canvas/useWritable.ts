import { useApp, useStore } from '#ui/kit/AppContext.tsx'

/** May the user draw here? Not in another tab's workspace, and not in what was before. */
export function useWritable(): boolean {
  const app = useApp()
  const writable = useStore(app.documents, (state) => state.writable)
  const comparing = useStore(app.view, (state) => state.comparing)
  return writable && !comparing
}
