import { ClipboardPaste, GraduationCap, Spline } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Layer } from '#core/model/picture.ts'
import { countDone } from '#state/lessons/summary.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { FileTree } from './FileTree.tsx'
import styles from './files.module.css'

/** The left side: the three doors, the files, and the layers of the picture. */
export function LeftPanel() {
  return (
    <nav className={styles.left} aria-label="Files and layers" data-region data-large="frame" tabIndex={-1}>
      <Doors />
      <h2>Files</h2>
      <div className={styles.files}>
        <FileTree />
      </div>
      <h2>Layers</h2>
      <Layers />
    </nav>
  )
}

function Doors() {
  const app = useApp()
  const empty = useStore(app.documents, (state) => state.files.length === 0)
  const done = useStore(app.teaching.store, (state) => countDone(state.progress))
  const told = done === 0 ? 'lessons and samples' : `${done} ${done === 1 ? 'lesson' : 'lessons'} done`
  const draw = (): void => {
    app.actions.setCentre('graph')
    if (empty) app.actions.openDialog({ type: 'add-workload' })
    // The canvas is there in the next frame at the latest; the first of its tools connects.
    else
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('[role=toolbar][aria-label=Draw] button')?.click(),
      )
  }
  return (
    <div className={styles.doors}>
      <Door
        icon={<Spline size={18} aria-hidden />}
        name="Draw"
        detail={empty ? 'start with a workload' : 'connect two workloads'}
        onClick={draw}
      />
      <Door
        icon={<ClipboardPaste size={18} aria-hidden />}
        name="Paste"
        detail="YAML, or drop a folder"
        onClick={() => app.actions.openDialog({ type: 'paste' })}
      />
      <Door
        icon={<GraduationCap size={18} aria-hidden />}
        name="Learn"
        detail={told}
        onClick={() => app.actions.openDialog({ type: 'lessons' })}
      />
    </div>
  )
}

interface DoorProps {
  readonly icon: ReactNode
  readonly name: string
  readonly detail: string
  readonly onClick: () => void
}

function Door({ icon, name, detail, onClick }: DoorProps) {
  return (
    <button type="button" className={styles.door} onClick={onClick}>
      {icon}
      <span>
        {name} <small>{detail}</small>
      </span>
    </button>
  )
}

const LAYERS: readonly { readonly layer: Layer; readonly name: string; readonly title: string }[] = [
  { layer: 'checks', name: 'Checks', title: 'Connections that you drew or saved' },
  { layer: 'rules', name: 'Rules', title: 'What the policies name' },
  { layer: 'reach', name: 'Reach of selection', title: 'Where the selected card gets, and who gets there' },
]

function Layers() {
  const app = useApp()
  const layers = useStore(app.view, (state) => state.layers)
  const denied = useStore(app.view, (state) => state.reachDenied)
  const edges = useStore(app.analysis, (state) => state.picture?.edges)
  const reach = useStore(app.analysis, (state) => state.reach.length)
  const count = (layer: Layer): number =>
    layer === 'reach' ? reach : (edges?.filter((edge) => edge.layers.includes(layer)).length ?? 0)
  return (
    <div className={styles.layers}>
      {LAYERS.map(({ layer, name, title }) => (
        <label key={layer} title={title}>
          <input
            type="checkbox"
            checked={layers[layer]}
            onChange={(event) => app.actions.setLayer(layer, event.target.checked)}
          />
          <span>{name}</span>
          <em>{count(layer)}</em>
        </label>
      ))}
      {layers.reach && (
        <label className={styles.inner} title="In the reach, connections that nothing opens, too">
          <input
            type="checkbox"
            checked={denied}
            onChange={(event) => app.actions.setReachDenied(event.target.checked)}
          />
          <span>denied ones, too</span>
        </label>
      )}
    </div>
  )
}
