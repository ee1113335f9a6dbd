import { useMemo, useState, type ReactNode } from 'react'
import { detectProfile } from '#core/profiles/detect.ts'
import { profileOf } from '#core/profiles/index.ts'
import { useApp } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Command } from '#ui/kit/Command.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice, TextArea } from '#ui/kit/Field.tsx'
import styles from './cni.module.css'

/** A paste of the system's pods shows which CNI runs; nothing of it is kept. */
export function DetectDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { actions } = useApp()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const { proposals, hint } = useMemo(() => detectProfile(text), [text])
  const profile = (proposals[chosen] ?? proposals[0])?.profile
  const apply = (): void => {
    if (!profile) return
    onClose()
    void actions.carryOut({ type: 'set-profile', ...profile })
  }
  return (
    <Dialog
      title="Which CNI have I got?"
      description="Paste what this prints; names are enough. It is only looked at, never kept or sent."
      width={680}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!profile} onClick={apply}>
            {profile ? `Use ${profileOf(profile.id)?.name ?? profile.id}` : 'Use it'}
          </Button>
        </>
      }
    >
      <div className={styles.detect}>
        <Command text="kubectl get pods -n kube-system" />
        <TextArea
          label="Pods of the cluster"
          hint="The table, YAML or JSON; of all namespaces (-A), too. With YAML the version shows as well."
          value={text}
          onChange={(next) => {
            setText(next)
            setChosen(0)
          }}
          rows={8}
          mono
          data-autofocus
        />
        <output className={styles.proposals}>{text.trim() === '' ? '' : hint}</output>
        {proposals.length > 0 && (
          <fieldset>
            <legend className="visually-hidden">What shows</legend>
            {proposals.map((proposal, i) => (
              <Choice
                key={proposal.profile.id}
                type="radio"
                name="cni"
                label={`${profileOf(proposal.profile.id)?.name ?? proposal.profile.id} ${proposal.profile.version ?? ''}`}
                detail={<code>{proposal.evidence}</code>}
                checked={proposal.profile === profile}
                onChange={() => setChosen(i)}
              />
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  )
}
