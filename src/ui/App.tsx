import type { App as Application } from '#state/app.ts'
import { AppProvider } from './kit/AppContext.tsx'
import { EmbedShell } from './shell/EmbedShell.tsx'
import { Shell } from './shell/Shell.tsx'
import './kit/tokens.css'

/** The whole screen of an application; of one that only shows, what belongs into an article. */
export function App({ app }: { readonly app: Application }) {
  return <AppProvider app={app}>{app.documents.getState().lookOnly === true ? <EmbedShell /> : <Shell />}</AppProvider>
}
