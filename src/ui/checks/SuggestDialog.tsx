import { useCallback } from 'react'
import type { SuggestedCheck } from '#core/model/check.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import styles from './checks.module.css'
import { ChoiceDialog } from './ChoiceDialog.tsx'
import { ChoiceList, useChosen } from './ChoiceList.tsx'
import { useAnswer } from './useAnswer.ts'

const NONE: readonly SuggestedCheck[] = []

/** Checks that are worth saving, each with its reason; those that are chosen are added in one step. */
export function SuggestDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useApp()
  const asked = useAnswer(useCallback(() => actions.suggestChecks(), [actions]))
  const checks = asked.answer ?? NONE
  const chosen = useChosen(checks.length)
  return (
    <ChoiceDialog
      title="Suggest checks"
      description="From Services, container ports and what the policies say today. Only checks are added: no policy changes."
      checks={checks}
      chosen={chosen}
      onClose={onClose}
    >
      {'answer' in asked ? (
        <Suggestions checks={asked.answer} chosen={chosen} />
      ) : (
        <output className={styles.none}>Looking for what is worth a check …</output>
      )}
    </ChoiceDialog>
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
