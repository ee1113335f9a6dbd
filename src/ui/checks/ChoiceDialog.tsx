import type { ReactNode } from 'react'
import type { SuggestedCheck } from '#core/model/check.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { counted } from '#ui/kit/counted.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import type { Chosen } from './ChoiceList.tsx'

interface Props {
  readonly title: string
  readonly description: string
  readonly checks: readonly SuggestedCheck[]
  readonly chosen: Chosen
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog of checks to choose from; the chosen ones are added in one step. */
export function ChoiceDialog({ title, description, checks, chosen, onClose, children }: Props): ReactNode {
  const { actions } = useApp()
  const add = (): void => {
    onClose()
    const wanted = checks.filter((_, place) => chosen.places.has(place)).map(({ check }) => check)
    void actions.carryOut({ type: 'pin', checks: wanted })
  }
  return (
    <Dialog
      title={title}
      description={description}
      width={680}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={chosen.places.size === 0} onClick={add}>
            Add {counted(chosen.places.size, 'check')}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
