import { FolderDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { App } from '#state/app.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { collectDrop } from './collect.ts'
import styles from './files.module.css'

/** Takes files, folders and zips that are dropped anywhere on the page, and says so while they hang over it. */
export function DropOverlay() {
  const app = useApp()
  const [over, setOver] = useState(false)
  useEffect(() => listenToDrops(app, setOver), [app])
  if (!over) return null
  return (
    <div className={styles.drop} aria-hidden>
      <div>
        <FolderDown size={40} strokeWidth={1.4} />
        <b>Drop manifests here</b>
        <span>Files, whole folders or a zip. Nothing leaves this browser.</span>
      </div>
    </div>
  )
}

function listenToDrops(app: App, setOver: (over: boolean) => void): () => void {
  const over = (event: DragEvent): void => {
    if (!holdsFiles(event)) return
    event.preventDefault()
    setOver(true)
  }
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) setOver(false)
  }
  const drop = (event: DragEvent): void => {
    if (!holdsFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    // Monaco would put the file's name into the text.
    event.stopPropagation()
    setOver(false)
    collectDrop(event.dataTransfer).then(
      (incoming) =>
        incoming.length > 0
          ? app.actions.open(incoming)
          : app.actions.notify('warning', 'There is no YAML, JSON or zip file in what was dropped.'),
      () => app.actions.notify('error', 'What was dropped could not be read.'),
    )
  }
  const events = [
    ['dragenter', over],
    ['dragover', over],
    ['dragleave', leave],
    ['drop', drop],
  ] as const
  for (const [name, listener] of events) window.addEventListener(name, listener, true)
  return () => {
    for (const [name, listener] of events) window.removeEventListener(name, listener, true)
  }
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
