import { useEffect, useRef } from 'react'
import type { App } from '#state/app.ts'
import styles from './editor.module.css'
import { type Hooks, startSession } from './session.ts'

/** Monaco. Load it lazily: it weighs more than all the rest. `hooks` must stay the same object. */
export function CodeEditor({ app, hooks }: { readonly app: App; readonly hooks: Hooks }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => (host.current ? startSession(host.current, app, hooks) : undefined), [app, hooks])
  // React Flow takes the space bar from what it doesn't know as an input; `nokey` tells it to keep off.
  return <div ref={host} className={`${styles.host} nokey`} data-testid="editor" />
}
