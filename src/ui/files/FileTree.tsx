import { ChevronRight, FilePlus2 } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type SyntheticEvent, useMemo, useState } from 'react'
import type { WorkspaceFile } from '#state/app.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { TextField } from '#ui/kit/Field.tsx'
import { MenuAt, type MenuEntries } from '#ui/kit/Menu.tsx'
import styles from './files.module.css'
import { type FileLine, fileLines } from './tree.ts'

const SHOWN = 200

type Asking = { readonly type: 'rename' | 'namespace'; readonly file: WorkspaceFile }

/** The files of the workspace with their documents; a right click (or Shift+F10) tells what can be done with a file. */
export function FileTree() {
  const app = useApp()
  const files = useStore(app.documents, (state) => state.files)
  const picture = useStore(app.analysis, (state) => state.picture)
  const [menu, setMenu] = useState<{ readonly path: string; readonly x: number; readonly y: number }>()
  const [asking, setAsking] = useState<Asking>()
  const lines = useMemo(
    () =>
      fileLines(
        files.map(({ path }) => path),
        picture?.documents ?? [],
        picture?.problems ?? [],
      ),
    [files, picture],
  )
  const menuFile = files.find(({ path }) => path === menu?.path)
  return (
    <>
      {files.length === 0 && (
        <p className={styles.empty}>
          <FilePlus2 size={14} aria-hidden /> No files yet.
        </p>
      )}
      <ul className={styles.tree}>
        {lines.map((line, at) => (
          <FileItem
            key={line.path}
            line={line}
            file={files[at]}
            onMenu={(x, y) => setMenu({ path: line.path, x, y })}
          />
        ))}
      </ul>
      {menu && menuFile && (
        <MenuAt
          x={menu.x}
          y={menu.y}
          entries={fileEntries(app, menuFile, setAsking)}
          onClose={() => setMenu(undefined)}
        />
      )}
      {asking && <AskDialog asking={asking} onClose={() => setAsking(undefined)} />}
    </>
  )
}

function fileEntries(
  { actions, documents }: ReturnType<typeof useApp>,
  file: WorkspaceFile,
  ask: (asking: Asking) => void,
): MenuEntries {
  const disabled = !documents.getState().writable
  return [
    { label: 'Show its text', onSelect: () => actions.setActiveFile(file.path) },
    { label: 'Rename …', disabled, onSelect: () => ask({ type: 'rename', file }) },
    {
      label: 'Default namespace …',
      detail: `documents without one are read as ${file.namespace ?? 'default'}`,
      disabled,
      onSelect: () => ask({ type: 'namespace', file }),
    },
    {
      label: 'Counts',
      detail: 'has a say in the verdicts',
      checked: file.counts,
      disabled,
      onSelect: () => actions.setFileCounts(file.path, !file.counts),
    },
    '-',
    {
      label: 'Close the file',
      detail: 'forget it; the cluster keeps what it has',
      danger: true,
      disabled,
      onSelect: () => actions.closeFile(file.path),
    },
  ]
}

interface FileItemProps {
  readonly line: FileLine
  readonly file: WorkspaceFile | undefined
  readonly onMenu: (x: number, y: number) => void
}

function FileItem({ line, file, onMenu }: FileItemProps) {
  const app = useApp()
  const active = useStore(app.view, (state) => state.activeFile === line.path)
  const [chosen, setChosen] = useState<boolean>()
  // Policies are what people come for; of a dump with thousands of documents only the name is of use at first.
  const open = chosen ?? (line.documents.length <= 12 && (active || line.documents.some(isPolicy)))
  const byMouse = (event: MouseEvent): void => {
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    // The menu key sends a contextmenu event without a place.
    onMenu(event.clientX || box.left + 24, event.clientY || box.bottom)
  }
  const byKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') setChosen(true)
    else if (event.key === 'ArrowLeft') setChosen(false)
  }
  return (
    <li>
      <div
        className={`${styles.file} ${active ? styles.active : ''} ${file?.counts === false ? styles.off : ''}`}
        onContextMenu={byMouse}
      >
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          aria-label={`Documents of ${line.path}`}
          disabled={line.documents.length === 0}
          onClick={() => setChosen(!open)}
        >
          <ChevronRight size={13} aria-hidden />
        </button>
        <button
          type="button"
          className={styles.path}
          aria-current={active ? 'true' : undefined}
          title={line.path}
          onClick={() => app.actions.setActiveFile(line.path)}
          onKeyDown={byKey}
        >
          {line.path}
        </button>
        <ProblemCount line={line} />
        <em title={line.count === 1 ? '1 document' : `${line.count} documents`}>{line.count}</em>
      </div>
      {open && line.documents.length > 0 && <Documents line={line} />}
    </li>
  )
}

function isPolicy({ kind }: FileLine['documents'][number]): boolean {
  return kind.endsWith('Policy')
}

function ProblemCount({ line }: { readonly line: FileLine }) {
  if (line.errors > 0)
    return (
      <b className={styles.errors} title={`${line.errors} errors`}>
        ✕{line.errors}
      </b>
    )
  return line.warnings > 0 ? (
    <b className={styles.warnings} title={`${line.warnings} warnings`}>
      !{line.warnings}
    </b>
  ) : null
}

function Documents({ line }: { readonly line: FileLine }) {
  const app = useApp()
  return (
    <ul>
      {line.documents.slice(0, SHOWN).map((document) => (
        <li key={document.id}>
          <button
            type="button"
            className={`${styles.document} ${document.errors > 0 ? styles.errors : ''} ${document.dim ? styles.off : ''}`}
            title={document.kind}
            onClick={() => app.actions.revealDocument(document.id)}
          >
            <span>{document.name}</span>
            <small>{SHORT[document.kind] ?? document.kind}</small>
          </button>
        </li>
      ))}
      {line.documents.length > SHOWN && <li className={styles.more}>… {line.documents.length - SHOWN} more</li>}
    </ul>
  )
}

const SHORT: Readonly<Record<string, string>> = {
  NetworkPolicy: 'policy',
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  Namespace: 'ns',
  Service: 'svc',
  Ingress: 'ing',
  Route: 'route',
  HTTPRoute: 'httproute',
  Gateway: 'gateway',
  CronJob: 'cronjob',
  Job: 'job',
  Pod: 'pod',
  Node: 'node',
  ConnectivityChecks: 'checks',
  DrawbridgeSettings: 'settings',
}

function AskDialog({ asking: { type, file }, onClose }: { readonly asking: Asking; readonly onClose: () => void }) {
  const app = useApp()
  const rename = type === 'rename'
  const [value, setValue] = useState(rename ? file.path : (file.namespace ?? ''))
  const taken =
    rename && value !== file.path && app.documents.getState().files.some(({ path }) => path === value.trim())
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (taken || (rename && value.trim() === '')) return
    if (rename && value.trim() !== file.path) app.actions.renameFile(file.path, value.trim())
    if (!rename) app.actions.setFileNamespace(file.path, value.trim() || undefined)
    onClose()
  }
  return (
    <Dialog title={rename ? `Rename ${file.path}` : `Default namespace of ${file.path}`} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={rename ? 'Path' : 'Namespace'}
          hint={
            rename
              ? undefined
              : 'Read into documents without metadata.namespace; empty: default. Apply the file with -n, then.'
          }
          error={taken ? 'There is a file of this path.' : undefined}
          value={value}
          onChange={setValue}
          mono
          data-autofocus
        />
        <p className={styles.formEnd}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {rename ? 'Rename' : 'Set'}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
