import { useEffect, useRef } from 'react'
import type { App } from '#state/app.ts'
import styles from './editor.module.css'
import { startSession } from './session.ts'

interface Props {
  readonly app: App
  /** Told when Escape has made the next Tab leave the editor, and when that is over. */
  readonly onLeaving: (leaves: boolean) => void
}

/** Monaco. Load it lazily: it weighs more than all the rest. */
export function CodeEditor({ app, onLeaving }: Props) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => (host.current ? startSession(host.current, app, onLeaving) : undefined), [app, onLeaving])
  // React Flow takes the space bar from what it doesn't know as an input; `nokey` tells it to keep off.
  return <div ref={host} className={`${styles['host']} nokey`} data-testid="editor" />
}
