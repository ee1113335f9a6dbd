import { useCallback, useState } from 'react'
import type { LiveFormat, LiveTests } from '#core/model/check.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { Command } from '#ui/kit/Command.tsx'
import { counted } from '#ui/kit/counted.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { downloadText, fileName } from '#ui/kit/download.ts'
import { Tabs } from '#ui/kit/Tabs.tsx'
import styles from './checks.module.css'
import { useAnswer } from './useAnswer.ts'

interface Kind {
  readonly label: string
  readonly about: string
  readonly noun: string
  readonly file: (workspace: string) => string
  readonly command: (file: string) => string
}

const KINDS: Readonly<Record<LiveFormat, Kind>> = {
  script: {
    label: 'Probe script',
    about:
      'Tries each check from a pod that runs already, by kubectl debug. It deletes nothing; read it before you run it.',
    noun: 'probe',
    file: (workspace) => `${workspace}-probes.sh`,
    command: (file) => `sh ${file}`,
  },
  netassert: {
    label: 'NetAssert file',
    about: 'The checks as tests of NetAssert v2, one for each port.',
    noun: 'test',
    file: (workspace) => `${workspace}-netassert.yaml`,
    command: (file) => `netassert run --input-file ${file}`,
  },
}

/** The checks for a live cluster, to be copied or downloaded; what can't be tried so is listed. */
export function LiveTestsDialog(props: { readonly format: LiveFormat; readonly onClose: () => void }) {
  const { onClose } = props
  const { actions, documents } = useApp()
  const [format, setFormat] = useState(props.format)
  const workspace = fileName(useStore(documents, (state) => state.workspace.name))
  const asked = useAnswer(useCallback(() => actions.liveTests(format), [actions, format]))
  const kind = KINDS[format]
  const tests = asked.answer
  const isEmpty = tests === undefined || tests.count === 0
  return (
    <Dialog
      title="Test it for real"
      description={kind.about}
      width={720}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button disabled={isEmpty} onClick={() => tests && void copy(actions, tests.text)}>
            Copy
          </Button>
          <Button
            variant="primary"
            disabled={isEmpty}
            onClick={() => tests && downloadText(kind.file(workspace), tests.text)}
          >
            Download
          </Button>
        </>
      }
    >
      <div className={styles.live}>
        <Tabs
          look="segments"
          label="Write them as"
          tabs={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))}
          value={format}
          onChange={(value) => setFormat(value as LiveFormat)}
        />
        {tests ? (
          <Contents tests={tests} kind={kind} file={kind.file(workspace)} />
        ) : (
          <output className={styles.none}>
            {'answer' in asked ? 'Drawbridge could not write them; try it again.' : 'Writing …'}
          </output>
        )}
      </div>
    </Dialog>
  )
}

async function copy(actions: ReturnType<typeof useApp>['actions'], text: string): Promise<void> {
  const done = await copyText(text)
  if (done) actions.notify('info', 'Copied.')
  else actions.notify('error', 'The browser does not let the page copy: download it instead.')
}

interface ContentsProps {
  readonly tests: LiveTests
  readonly kind: Kind
  readonly file: string
}

function Contents({ tests: { text, count, leftOut }, kind, file }: ContentsProps) {
  return (
    <>
      <p className={styles.summary}>{counted(count, kind.noun)}</p>
      {count > 0 && (
        <>
          <section aria-label={file}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
            <pre tabIndex={0}>{text}</pre>
          </section>
          <Command text={kind.command(file)} />
        </>
      )}
      {leftOut.length > 0 && (
        <section className={styles.problems} aria-label="Left out">
          <h3>Left out</h3>
          <ul>
            {leftOut.map(({ name, why }) => (
              <li key={`${name} ${why}`}>
                <span>
                  <b>{name}</b>: {why}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
