import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject, type SyntheticEvent } from 'react'
import { endName } from '#core/model/end.ts'
import type { OfferedPort } from '#core/model/picture.ts'
import type { Draft } from '#state/view.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import styles from './canvas.module.css'
import { readPorts } from './forms.ts'

/**
 * The small form that ends a drawing, or changes ports: which ones. Enter accepts, Escape gives up. `at` is in pixels of the
 * canvas; without it the form stands in the middle of what is around it.
 */
export function DraftForm(props: {
  readonly draft: Draft
  readonly at?: { left: number; top: number } | undefined
}): ReactNode {
  const { draft, at } = props
  const actions = useActions()
  const form = useDraftForm(draft)
  const frame = useRef<HTMLFormElement>(null)
  useFocusBack(frame)
  const { loading } = draft
  // With the fields, not a moment later: whoever types on must not be heard by the canvas.
  useLayoutEffect(() => {
    const first = frame.current?.querySelector<HTMLElement>('input:checked, input')
    ;(loading ? frame.current : first)?.focus({ preventScroll: true })
  }, [loading])
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    const ports = form.read()
    if (ports !== undefined) void actions.finishDraft(ports)
  }
  const problem = form.problem ?? draft.problem
  const title = `${endName(draft.from)} → ${endName(draft.to)}`
  return (
    // Keys are kept from the canvas below: an arrow in the form must not move the focus there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      open
      aria-label={draft.change === true ? `Change the ports of ${title}` : `Connect ${title}`}
      className={`${styles.draft} ${at === undefined ? styles.middle : ''} nokey nodrag nopan nowheel`}
      {...(at === undefined ? {} : { style: at })}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') actions.cancelDraft()
      }}
    >
      <form ref={frame} tabIndex={-1} onSubmit={submit}>
        <h3>{title}</h3>
        {loading ? (
          <output className={styles.quiet}>
            {draft.planning === true ? 'Working out the change …' : 'Looking up the ports …'}
          </output>
        ) : (
          <Ports draft={draft} form={form} />
        )}
        {problem === undefined ? undefined : (
          <div role="alert" className={styles.problem}>
            {problem}
          </div>
        )}
        {problem === undefined ? undefined : <HelpList draft={draft} />}
        <footer>
          <Button onClick={() => actions.cancelDraft()}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={loading}>
            {draft.change === true ? 'Change' : 'Allow'}
          </Button>
        </footer>
      </form>
    </dialog>
  )
}

// The form takes the focus with it when it goes: back to the line or button that it came from, or to the line in the table.
// (Of a drawing the canvas knows better: its first card.)
function useFocusBack(frame: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement
    const own = frame.current
    return () => {
      if (!own?.contains(document.activeElement) || before?.closest('.react-flow__node')) return
      const row = document.querySelector<HTMLElement>('[role=grid] tr[aria-selected=true]')
      const back = before?.isConnected === true && before !== document.body ? before : row
      if (back instanceof HTMLElement || back instanceof SVGElement) back.focus()
    }
  }, [frame])
}

function HelpList({ draft }: { readonly draft: Draft }): ReactNode {
  const actions = useActions()
  if (!draft.help || draft.help.length === 0) return null
  return (
    <div className={styles.help}>
      {draft.help.map(({ label, intent }) => (
        <Button key={label} small onClick={() => void actions.carryOut(intent)}>
          {label}
        </Button>
      ))}
    </div>
  )
}

type Form = ReturnType<typeof useDraftForm>

function useDraftForm(draft: Draft) {
  const [picked, setPicked] = useState(draft.ports?.length === 0 ? undefined : draft.ports)
  const [all, setAll] = useState(draft.change === true && draft.ports?.length === 0 ? true : undefined)
  const [typed, setTyped] = useState('')
  const [protocol, setProtocol] = useState('TCP')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const first = draft.offers[0]
  // Until the user says otherwise: the first port that is offered, or all where none is known.
  const chosen = picked ?? (first === undefined || typed !== '' ? [] : [first.port])
  const everything = all ?? (first === undefined && typed === '' && chosen.length === 0)
  return {
    chosen,
    all: everything,
    typed,
    protocol,
    problem,
    setProtocol,
    type: (text: string) => {
      setTyped(text)
      setProblem(undefined)
      if (text !== '') setAll(false)
    },
    toggle: (port: string) => {
      setPicked(chosen.includes(port) ? chosen.filter((one) => one !== port) : [...chosen, port])
      setAll(false)
      setProblem(undefined)
    },
    toggleAll: () => {
      setAll(!everything)
      if (!everything) setPicked([])
      setProblem(undefined)
    },
    /** Ports as checks write them; none means all. Undefined where something is wrong, which is shown. */
    read: (): readonly string[] | undefined => {
      if (everything) return []
      const read = readPorts(typed, protocol)
      if (read.problem !== undefined) setProblem(read.problem)
      else if (chosen.length + read.value.length > 0) return [...new Set([...chosen, ...read.value])]
      else setProblem('Choose a port, type one, or take all ports.')
      return undefined
    },
  }
}

function Ports({ draft, form }: { draft: Draft; form: Form }): ReactNode {
  return (
    <fieldset>
      <legend>{draft.change === true ? 'Which ports instead?' : 'Allow which ports?'}</legend>
      {choicesOf(draft).map((offer) => (
        <Choice
          key={`${offer.port} ${offer.label}`}
          label={<span className={styles.portName}>{offer.label}</span>}
          checked={!form.all && form.chosen.includes(offer.port)}
          onChange={() => form.toggle(offer.port)}
        />
      ))}
      <Choice label="All ports" checked={form.all} onChange={form.toggleAll} />
      <div className={styles.typed}>
        <select aria-label="Protocol" value={form.protocol} onChange={(event) => form.setProtocol(event.target.value)}>
          <option>TCP</option>
          <option>UDP</option>
          <option>SCTP</option>
        </select>
        <input
          aria-label="Other port, range or name"
          placeholder="5432, 8000-8080, http"
          autoComplete="off"
          spellCheck={false}
          value={form.typed}
          aria-invalid={form.problem !== undefined}
          onChange={(event) => form.type(event.target.value)}
        />
      </div>
    </fieldset>
  )
}

// What is there now can be chosen, too, where the target offers something else.
function choicesOf({ offers, ports = [] }: Draft): readonly OfferedPort[] {
  const others = ports.filter((port) => !offers.some((offer) => offer.port === port))
  return [...others.map((port) => ({ port, label: port.replace(/^TCP\//, '').replace('/', ' ') })), ...offers]
}
