import { type ReactNode, useEffect, useState } from 'react'
import type { Share, ShareOptions } from '#state/app.ts'
import { FILE_ENDING, LINK_LIMIT } from '#state/share/shared.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { downloadText, fileName } from '#ui/kit/download.ts'
import { Choice } from '#ui/kit/Field.tsx'
import styles from './dialogs.module.css'
import { addressOf, embedCode, isLocalFile, kilobytes } from '#ui/kit/links.ts'

const FIRST: ShareOptions = { exact: false, ips: false }

/** Hands the workspace out: as a link that holds all of it, or as a file; what stays here is said. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const [options, setOptions] = useState(FIRST)
  const lesson = useStore(app.teaching.store, (state) => state.open?.lesson.title)
  const share = useShare(options)
  return (
    <Dialog
      title="Share"
      description="The link holds the whole workspace itself: nothing is uploaded. Whoever opens it gets a copy of their own."
      width={620}
      onClose={onClose}
      footer={<Takes share={share} onClose={onClose} />}
    >
      <div className={styles.share}>
        <What options={options} onChange={setOptions} />
        {lesson !== undefined && (
          <p className={styles.note}>The lesson “{lesson}” goes along: whoever opens it can go on with it.</p>
        )}
        {share ? <Made share={share} /> : <p className={styles.note}>Packing …</p>}
      </div>
    </Dialog>
  )
}

// The last one stays until the next is there: nothing jumps.
function useShare(options: ShareOptions): Share | undefined {
  const app = useApp()
  const [share, setShare] = useState<Share>()
  useEffect(() => {
    let current = true
    const ask = async (): Promise<void> => {
      const next = await app.actions.share(options)
      if (current && next) setShare(next)
    }
    void ask()
    return () => {
      current = false
    }
  }, [app, options])
  return share
}

interface WhatProps {
  readonly options: ShareOptions
  readonly onChange: (options: ShareOptions) => void
}

function What({ options, onChange }: WhatProps) {
  return (
    <fieldset className={styles.what}>
      <legend>What goes with it</legend>
      <Choice
        type="radio"
        name="texts"
        label="What verdicts read"
        detail="policies and checks as they are; of the rest names, labels, ports and selectors"
        checked={!options.exact}
        onChange={() => onChange({ ...options, exact: false })}
      />
      <div className={styles.deeper}>
        <Choice
          label="with IP addresses"
          detail="of pods and nodes: verdicts on IP blocks need them"
          checked={options.ips}
          disabled={options.exact}
          onChange={(event) => onChange({ ...options, ips: event.target.checked })}
        />
      </div>
      <Choice
        type="radio"
        name="texts"
        label="The exact texts"
        detail="all files as they are, environment and annotations too; never the values of Secrets"
        checked={options.exact}
        onChange={() => onChange({ ...options, exact: true })}
      />
    </fieldset>
  )
}

function Made({ share }: { readonly share: Share }) {
  const address = share.fragment === undefined ? undefined : addressOf(location.href, share.fragment)
  return (
    <>
      {address !== undefined && (
        <label className={styles.link}>
          <span>Link</span>
          <input
            data-autofocus
            readOnly
            value={address}
            onFocus={(event) => event.target.select()}
            spellCheck={false}
          />
        </label>
      )}
      <Gauge size={share.size} />
      {share.needsIps && (
        <p className={styles.warning}>
          Policies here look at IP addresses: without those of pods and nodes, some verdicts may differ.
        </p>
      )}
      {isLocalFile(location.href) && (
        <p className={styles.warning}>This is your own copy of Drawbridge: its links open on this computer only.</p>
      )}
      {share.leftOut.length > 0 && (
        <details className={styles.stays}>
          <summary>What stays here ({share.leftOut.length})</summary>
          <ul className={styles.sentences}>
            {share.leftOut.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Gauge({ size }: { readonly size: number }): ReactNode {
  const fits = size <= LINK_LIMIT
  return (
    <div className={styles.gauge} data-full={!fits}>
      <meter
        aria-label="Length of the link"
        min={0}
        max={LINK_LIMIT}
        high={LINK_LIMIT * 0.8}
        value={Math.min(size, LINK_LIMIT)}
      />
      <p>
        {kilobytes(size)} of {kilobytes(LINK_LIMIT)}
        {fits ? '' : ': too long for a link, mail and chat programs would cut it. Download it as a file instead.'}
      </p>
    </div>
  )
}

function Takes({ share, onClose }: { readonly share: Share | undefined; readonly onClose: () => void }) {
  const app = useApp()
  const name = useStore(app.documents, (state) => state.workspace.name)
  const fragment = share?.fragment
  const copy = async (text: string, said: string): Promise<void> => {
    const done = await copyText(text)
    app.actions.notify(done ? 'info' : 'error', done ? said : REFUSED)
  }
  const download = (): void => downloadText(`${fileName(name)}${FILE_ENDING}`, share?.file ?? '')
  return (
    <>
      <Button onClick={onClose}>Close</Button>
      <Button disabled={!share} variant={share && fragment === undefined ? 'primary' : 'plain'} onClick={download}>
        Download file
      </Button>
      {fragment !== undefined && (
        <>
          {!isLocalFile(location.href) && (
            <Button onClick={() => void copy(embedCode(location.href, fragment, name), 'Copied the code for a page.')}>
              Copy for a page
            </Button>
          )}
          <Button variant="primary" onClick={() => void copy(addressOf(location.href, fragment), 'Copied the link.')}>
            Copy link
          </Button>
        </>
      )}
    </>
  )
}

const REFUSED = 'The browser does not let the page copy: select the link and copy it.'
