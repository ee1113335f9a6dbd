import { ExternalLink } from 'lucide-react'
import { profileOf } from '#core/profiles/index.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { buttonClass } from '#ui/kit/Button.tsx'
import { Logo } from '#ui/kit/Icon.tsx'
import styles from './embed.module.css'

/** The head of a page that is part of an article: what is shown, and the way to the whole app with it. */
export function EmbedBar() {
  const app = useApp()
  const name = useStore(app.documents, (state) => state.workspace.name)
  const profile = useStore(app.analysis, ({ picture }) => picture?.profile)
  return (
    <header className={styles.bar} aria-label="Drawbridge">
      <h1 className={styles.name}>
        <Logo />
        <span>{name}</span>
      </h1>
      {profile !== undefined && profile.id !== 'reference' && (
        <p className={styles.cni} title={profileOf(profile.id)?.summary}>
          <small>CNI</small> {profile.name} {profile.version}
        </p>
      )}
      <a
        className={buttonClass({ variant: 'primary', small: true }, styles.open)}
        href={fullAddress(location.href)}
        target="_blank"
        rel="noopener"
      >
        Open in Drawbridge
        <ExternalLink size={13} aria-hidden />
      </a>
    </header>
  )
}

/** The address of the whole app with what this page shows: all but the question behind `?`. */
export function fullAddress(address: string): string {
  const url = new URL(address)
  url.search = ''
  return url.href
}
