import { useCallback } from 'react'
import type { SuggestedCheck } from '#core/model/check.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { counted } from '#ui/kit/counted.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import styles from './checks.module.css'
import { ChoiceList, useChosen } from './ChoiceList.tsx'
import { useAnswer } from './useAnswer.ts'

const NONE: readonly SuggestedCheck[] = []

/** Checks that are worth saving, each with its reason; those that are chosen are added in one step. */
export function SuggestDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useApp()
  const asked = useAnswer(useCallback(() => actions.suggestChecks(), [actions]))
  const checks = asked.answer ?? NONE
  const chosen = useChosen(checks.length)
  const add = (): void => {
    onClose()
    const wanted = checks.filter((_, place) => chosen.places.has(place)).map(({ check }) => check)
    void actions.carryOut({ type: 'pin', checks: wanted })
  }
  return (
    <Dialog
      title="Suggest checks"
      description="From Services, container ports and what the policies say today. Only checks are added: no policy changes."
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
      {'answer' in asked ? (
        <Suggestions checks={asked.answer} chosen={chosen} />
      ) : (
        <output className={styles.none}>Looking for what is worth a check …</output>
      )}
    </Dialog>
  )
}

interface Props {
  readonly checks: readonly SuggestedCheck[] | undefined
  readonly chosen: ReturnType<typeof useChosen>
}

function Suggestions({ checks, chosen }: Props) {
  if (checks === undefined) return <p className={styles.none}>Drawbridge could not work that out; try it again.</p>
  if (checks.length === 0)
    return <p className={styles.none}>Nothing to add: what Services, ports and policies offer is checked already.</p>
  return <ChoiceList checks={checks} chosen={chosen} />
}
