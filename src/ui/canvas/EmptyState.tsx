import { ClipboardPaste, GraduationCap, Spline } from 'lucide-react'
import type { ReactNode } from 'react'
import { useActions, useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './canvas.module.css'

/** The three doors, where there is nothing to show yet. */
export function EmptyState(): ReactNode {
  const app = useApp()
  const actions = useActions()
  const writable = useStore(app.documents, (state) => state.writable)
  return (
    <section className={styles.empty} aria-labelledby="empty-title">
      <h3 id="empty-title">Nothing here yet</h3>
      <p>Draw who may talk to whom, or bring what you have. Everything stays in this browser.</p>
      <div className={styles.doors}>
        <Door
          icon={<Spline size={20} aria-hidden />}
          title="Draw"
          text="Add a workload, then another, and connect them"
          disabled={!writable}
          onClick={() => actions.openDialog({ type: 'add-workload' })}
        />
        <Door
          icon={<ClipboardPaste size={20} aria-hidden />}
          title="Paste"
          text="YAML from kubectl or Helm, or drop a folder"
          disabled={!writable}
          onClick={() => actions.openDialog({ type: 'paste' })}
        />
        <Door
          icon={<GraduationCap size={20} aria-hidden />}
          title="Learn"
          text="Take a lesson, or look around in a sample"
          disabled={false}
          onClick={() => actions.openDialog({ type: 'lessons' })}
        />
      </div>
    </section>
  )
}

function Door(props: {
  icon: ReactNode
  title: string
  text: string
  disabled: boolean
  onClick: () => void
}): ReactNode {
  return (
    <button type="button" className={styles.door} disabled={props.disabled} onClick={props.onClick}>
      {props.icon}
      <b>{props.title}</b>
      <span>{props.text}</span>
    </button>
  )
}
