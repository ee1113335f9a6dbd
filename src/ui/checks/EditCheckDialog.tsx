import { useId, useState } from 'react'
import type { Check } from '#core/model/check.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Ref } from '#core/model/text.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice, TextField } from '#ui/kit/Field.tsx'
import styles from './checks.module.css'
import { portsOf, portsText, tellCheck } from './words.ts'

interface Props {
  readonly check: Ref
  readonly onClose: () => void
}

/** Says a check anew: its name, its ports, and what it expects. Its ends are what it is about, and stay. */
export function EditCheckDialog({ check: ref, onClose }: Props) {
  const app = useApp()
  // As it was when the dialog opened: what is typed must not be lost to an edit elsewhere.
  const [check] = useState(() =>
    findCheck(
      app.analysis.getState().picture?.checks.map((one) => one.check),
      ref,
    ),
  )
  return check ? <Form check={check} onClose={onClose} /> : null
}

function findCheck(checks: readonly Check[] | undefined, ref: Ref): Check | undefined {
  const path = ref.path.join('/')
  return checks?.find((one) => one.ref.document === ref.document && one.ref.path.join('/') === path)
}

function Form({ check, onClose }: { readonly check: Check; readonly onClose: () => void }) {
  const { actions } = useApp()
  const [name, setName] = useState(check.name)
  const [ports, setPorts] = useState(() => portsText(check.ports))
  const [expect, setExpect] = useState(check.expect)
  const group = useId()
  const wrong = useFaults(check, name, ports)
  const save = (): void => {
    onClose()
    void actions.carryOut({ type: 'edit-check', check: check.ref, next: { name, ports: portsOf(ports), expect } })
  }
  const isWrong = wrong.name !== undefined || wrong.ports !== undefined
  return (
    <Dialog
      title="Edit the check"
      description={tellCheck(check)}
      width={460}
      onClose={onClose}
      footer={
        <>
          <Button
            onClick={() => {
              onClose()
              actions.reveal(check.ref)
            }}
          >
            Show in YAML
          </Button>
          <span className={styles.space} />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={`${group}-form`} disabled={isWrong}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={`${group}-form`}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isWrong) save()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} error={wrong.name} data-autofocus />
        <TextField
          label="Ports"
          aside="empty: all"
          mono
          hint="TCP/5432, TCP/8000-8080, TCP/http, UDP/53"
          value={ports}
          onChange={setPorts}
          error={wrong.ports}
        />
        {check.only === undefined && (
          <fieldset className={styles.expect}>
            <legend>It must be</legend>
            {(['allowed', 'denied'] as const).map((one) => (
              <Choice
                key={one}
                type="radio"
                name={group}
                label={one}
                checked={expect === one}
                onChange={() => setExpect(one)}
              />
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  )
}

function useFaults(check: Check, name: string, ports: string): { readonly name?: string; readonly ports?: string } {
  const app = useApp()
  const checks = useStore(app.analysis, (state) => state.picture?.checks)
  const own = name.trim()
  const isTaken = own !== check.name && checks?.some((one) => one.check.name === own) === true
  const nonsense = portsOf(ports).find((text) => !parsePortSpec(text))
  return {
    ...(own === '' ? { name: 'A check needs a name.' } : {}),
    ...(isTaken ? { name: 'Another check is called so.' } : {}),
    ...(nonsense === undefined ? {} : { ports: `“${nonsense}” is not a port. Write TCP/5432, TCP/http or UDP/53.` }),
  }
}
