import {
  lazy,
  type KeyboardEvent,
  type RefObject,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
  type WheelEvent,
} from 'react'
import type { App, WorkspaceFile } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import styles from './editor.module.css'
import { LinkPanel } from './LinkPanel.tsx'
import { shortNames } from './shortNames.ts'

const CodeEditor = lazy(async () => ({ default: (await import('./CodeEditor.tsx')).CodeEditor }))

/** Above this a file is shown only on request: the editor would hold the page for seconds. UTF-16 units. */
const LARGE = 5_000_000

/** The texts of the workspace: a tab per file, and the editor under them. */
export function EditorPane() {
  const app = useApp()
  const files = useStore(app.documents, (state) => state.files)
  const writable = useStore(app.documents, (state) => state.writable)
  const chosen = useStore(app.view, (state) => state.activeFile)
  const [leaves, setLeaves] = useState(false)
  const [unlocked, setUnlocked] = useState<ReadonlySet<string>>(() => new Set())
  const active = files.find((file) => file.path === chosen) ?? files[0]
  const hooks = useMemo(
    () => ({ leaving: setLeaves, mayShow: (path: string) => unlocked.has(path) || !isLarge(app, path) }),
    [app, unlocked],
  )
  const tooLarge = active !== undefined && !hooks.mayShow(active.path)
  return (
    <div className={styles.pane}>
      {active ? <Tabs files={files} active={active.path} /> : <div className={styles.tabs} />}
      <div
        className={styles.body}
        id="editor-panel"
        {...(active ? { role: 'tabpanel', 'aria-label': active.path } : {})}
      >
        {active && !tooLarge && (
          <Suspense fallback={<pre className={styles.fallback}>{active.text.slice(0, 4000)}</pre>}>
            <CodeEditor app={app} hooks={hooks} />
          </Suspense>
        )}
        {active && tooLarge && (
          <TooLarge file={active} onShow={() => setUnlocked(new Set([...unlocked, active.path]))} />
        )}
        {!active && (
          <p className={styles.note}>No file yet. Paste YAML, drop a folder, or draw: the text appears here.</p>
        )}
      </div>
      <div className={styles.linkPanel} data-large="frame">
        {active && <LinkPanel />}
      </div>
      <p className={styles.foot} data-large="frame">
        <span aria-live="polite">
          {active && (leaves ? 'Tab now leaves the editor.' : 'Escape, then Tab leaves the editor.')}
        </span>
        <ReadOnly file={active} writable={writable} />
      </p>
    </div>
  )
}

function isLarge(app: App, path: string): boolean {
  const file = app.documents.getState().files.find((one) => one.path === path)
  return file !== undefined && file.text.length > LARGE
}

function ReadOnly({ file, writable }: { readonly file: WorkspaceFile | undefined; readonly writable: boolean }) {
  const lookOnly = useStore(useApp().documents, (state) => state.lookOnly)
  const elsewhere = lookOnly === true ? 'only shown here' : 'open for writing in another tab'
  const why = file?.readOnly ?? (writable ? undefined : elsewhere)
  return why === undefined ? null : <span className={styles.readOnly}>Read-only: {why}</span>
}

function TooLarge({ file, onShow }: { readonly file: WorkspaceFile; readonly onShow: () => void }) {
  return (
    <div className={styles.note}>
      <p>
        {file.path} has {(file.text.length / 1_000_000).toFixed(1)} million characters. It counts in the picture; the
        editor would be slow with it.
      </p>
      <Button onClick={onShow}>Show it anyway</Button>
    </div>
  )
}

function Tabs({ files, active }: { readonly files: readonly WorkspaceFile[]; readonly active: string }) {
  const app = useApp()
  const problems = useStore(app.analysis, (state) => state.picture?.problems)
  const broken = new Set(problems?.filter(({ severity }) => severity === 'error').map(({ file }) => file))
  const strip = useTabInSight(active)
  const names = useMemo(() => shortNames(files.map(({ path }) => path)), [files])
  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = files.findIndex((file) => file.path === active)
    const next = files[(at + step + files.length) % files.length]
    if (step === 0 || !next) return
    event.preventDefault()
    app.actions.setActiveFile(next.path)
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[files.indexOf(next)]?.focus()
  }
  return (
    <div
      ref={strip}
      className={styles.tabs}
      data-large="frame"
      role="tablist"
      aria-label="Files"
      onKeyDown={keyDown}
      onWheel={scrollSideways}
      tabIndex={-1}
    >
      {files.map(({ path }) => (
        <span key={path} className={styles.tab} role="presentation">
          <button
            type="button"
            role="tab"
            aria-selected={path === active}
            aria-controls="editor-panel"
            tabIndex={path === active ? 0 : -1}
            onClick={() => app.actions.setActiveFile(path)}
            aria-label={broken.has(path) ? `${path}, has errors` : path}
            title={path}
          >
            {names.get(path) ?? path}
            {broken.has(path) && <i>✕</i>}
          </button>
        </span>
      ))}
    </div>
  )
}

// The chosen tab stays in sight: also when the strip gets its width, and when a font or a new file moves the tabs.
function useTabInSight(active: string | undefined): RefObject<HTMLDivElement | null> {
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const list = strip.current
    if (!list || active === undefined) return
    const observer = new ResizeObserver(() => bringIntoSight(list))
    for (const element of [list, ...list.children]) observer.observe(element)
    return () => observer.disconnect()
  }, [active])
  return strip
}

function bringIntoSight(list: HTMLElement): void {
  const tab = list.querySelector('[aria-selected=true]')
  if (!tab) return
  const [inner, outer] = [tab.getBoundingClientRect(), list.getBoundingClientRect()]
  if (inner.left < outer.left) list.scrollLeft -= outer.left - inner.left + 8
  else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right + 8
}

function scrollSideways(event: WheelEvent<HTMLElement>): void {
  event.currentTarget.scrollLeft += event.deltaY
}
