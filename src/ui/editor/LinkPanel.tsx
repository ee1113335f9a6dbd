import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import styles from './editor.module.css'

/** What the text points at, in words, and what its list of peers would mean if it were written another way. */
export function LinkPanel() {
  const app = useApp()
  const note = useStore(app.view, (state) => state.linked.note)
  const peers = useStore(app.view, (state) => state.linked.peers)
  const edges = useStore(app.view, (state) => state.highlightedEdges)
  const cards = useStore(app.view, (state) => state.linked.cards)
  const isShowable = cards.length + edges.length > 0
  return (
    <>
      {peers && <PeerSets peers={peers} />}
      <p className={styles.link} data-verdict>
        {note === undefined && <span>Put the cursor into a rule: this line says whom it means.</span>}
        <output title={note}>{note}</output>
        {note !== undefined && isShowable && (
          <button type="button" onClick={() => app.actions.showSet({ cards, edges, note })}>
            Show on canvas
          </button>
        )}
      </p>
    </>
  )
}

type Peers = NonNullable<ReturnType<ReturnType<typeof useApp>['view']['getState']>['linked']['peers']>

function PeerSets({ peers: { items, whatIfs } }: { readonly peers: Peers }) {
  const app = useApp()
  const sets = [
    ...items.map(({ text, set }, i) => ({ text: `Item ${i + 1} ${text}`, set, isWhatIf: false })),
    ...whatIfs.map(({ text, set }) => ({ text, set, isWhatIf: true })),
  ]
  return (
    <fieldset className={styles.sets} data-verdict>
      <legend>This list of peers</legend>
      {sets.map(({ text, set, isWhatIf }) => (
        <button
          key={text}
          type="button"
          className={isWhatIf ? styles.whatIf : styles.item}
          title={set.text}
          onClick={() =>
            app.actions.showSet({ cards: set.cards, edges: [], note: `${text}${isWhatIf ? '' : `: ${set.text}`}.` })
          }
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
