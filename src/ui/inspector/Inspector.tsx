import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { CardInspector } from './CardInspector.tsx'
import { EdgeInspector } from './EdgeInspector.tsx'
import styles from './inspector.module.css'

/** Why: what is selected, and what the policies make of it. */
export function Inspector() {
  const app = useApp()
  const selection = useStore(app.view, (state) => state.selection)
  const picture = useStore(app.analysis, (state) => state.picture)
  const reach = useStore(app.analysis, (state) => state.reach)
  if (selection?.type === 'edge') {
    const edge = picture?.edges.find(({ id }) => id === selection.id) ?? reach.find(({ id }) => id === selection.id)
    if (edge) return <EdgeInspector edge={edge} />
  }
  if (selection?.type === 'card' && picture) return <CardInspector id={selection.id} picture={picture} />
  return <HowTo />
}

function HowTo() {
  return (
    <div className={styles.inspector}>
      <h3 className={styles.title}>Why is a connection open or closed?</h3>
      <ul className={styles.howTo}>
        <li>Select a line to see which rules allow or deny it, with the place in the text.</li>
        <li>Select a card to see who selects it, and what it can reach.</li>
        <li>Drag from one card to another to allow a connection: the policy is written for you.</li>
      </ul>
    </div>
  )
}
