import { type SyntheticEvent, useId, useState } from 'react'
import { type End, endId, endName } from '#core/model/end.ts'
import type { Picture } from '#core/model/picture.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import styles from './inspector.module.css'

interface Props {
  readonly from: End
  readonly picture: Picture
}

/** Drawing without a mouse: choose the other end, then the ports in the form that opens. */
export function ConnectTo({ from, picture }: Props) {
  const app = useApp()
  const label = useId()
  const placed = useStore(app.view, (state) => state.placed)
  const writable = useStore(app.documents, (state) => state.writable)
  const [target, setTarget] = useState('')
  const [back, setBack] = useState(false)
  const groups = targets(picture, placed, from)
  const end = groups.flatMap(({ ends }) => ends).find((one) => endId(one) === target)
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (!end) return
    void (back ? app.actions.startDraft(end, from) : app.actions.startDraft(from, end))
  }
  if (!writable) return null
  return (
    <form className={styles.connect} onSubmit={submit}>
      <select
        aria-label="Direction"
        value={back ? 'from' : 'to'}
        onChange={(event) => setBack(event.target.value === 'from')}
      >
        <option value="to">Connect to</option>
        <option value="from">Connect from</option>
      </select>
      <select aria-labelledby={label} value={target} onChange={(event) => setTarget(event.target.value)}>
        <option value="">choose …</option>
        {groups.map(({ name, ends }) => (
          <optgroup key={name} label={name}>
            {ends.map((one) => (
              <option key={endId(one)} value={endId(one)}>
                {endName(one)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <span id={label} className="visually-hidden">
        The other end
      </span>
      <Button small type="submit" disabled={!end}>
        Connect …
      </Button>
    </form>
  )
}

function targets(
  picture: Picture,
  placed: readonly End[],
  self: End,
): readonly { name: string; ends: readonly End[] }[] {
  const named = [...picture.outside, ...placed].filter(
    (end) => !('namespace' in end) && !('anywhere' in end) && !('ingressController' in end),
  )
  const internet: End = { internet: true }
  const outside = new Map([internet, ...named].map((end) => [endId(end), end]))
  const groups = picture.namespaces.map(({ name }) => ({
    name,
    ends: [
      ...picture.workloads
        .filter((card) => card.namespace === name && !card.finished)
        .map((card): End => ({ namespace: name, workload: `${card.kind}/${card.name}` })),
      { namespace: name },
    ] as readonly End[],
  }))
  // Between two ends outside there is no pod that a policy could select.
  const beyond = 'namespace' in self ? [{ name: 'Outside', ends: [...outside.values()] }] : []
  return [...groups, ...beyond]
    .map(({ name, ends }) => ({ name, ends: ends.filter((end) => endId(end) !== endId(self)) }))
    .filter(({ ends }) => ends.length > 0)
}
