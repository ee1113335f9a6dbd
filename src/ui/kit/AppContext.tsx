import { createContext, use, type ReactNode } from 'react'
import type { Actions, App } from '#state/app.ts'

export { useStore } from 'zustand'

const Context = createContext<App | undefined>(undefined)

/** Gives every component below it the application. */
export function AppProvider({ app, children }: { readonly app: App; readonly children: ReactNode }): ReactNode {
  return <Context value={app}>{children}</Context>
}

/** The application around; throws outside an `AppProvider`, which is a bug of ours. Read with `useStore(app.view, …)`. */
export function useApp(): App {
  const app = use(Context)
  if (app === undefined) throw new Error('useApp outside an AppProvider')
  return app
}

/** Everything that the user can do. */
export function useActions(): Actions {
  return useApp().actions
}
