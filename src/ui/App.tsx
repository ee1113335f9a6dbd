import type { App as Application } from '#state/app.ts'
import { AppProvider } from './kit/AppContext.tsx'
import { Shell } from './shell/Shell.tsx'
import './kit/tokens.css'

/** The whole screen of an application. */
export function App({ app }: { readonly app: Application }) {
  return (
    <AppProvider app={app}>
      <Shell />
    </AppProvider>
  )
}
