import { useEffect, useState } from 'react'
import type { ExportBundle, ExportOptions } from '#core/model/exporting.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { Command } from '#ui/kit/Command.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Choice } from '#ui/kit/Field.tsx'
import { Tabs } from '#ui/kit/Tabs.tsx'
import { counted } from '#ui/kit/counted.ts'
import { downloadText, downloadZip, fileName } from '#ui/kit/download.ts'
import styles from './dialogs.module.css'

const FIRST: ExportOptions = { what: 'changed', workloads: false, sketches: false, layout: 'one-file' }

/** Manifests for `kubectl apply`: what to take, a preview, copy, download, and the commands that go with it. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [options, setOptions] = useState(FIRST)
  const bundle = useBundle(options)
  return (
    <Dialog
      title="Export"
      description="Manifests for kubectl apply. Checks are not part of it."
      width={780}
      onClose={onClose}
      footer={<Takes bundle={bundle} onClose={onClose} />}
    >
      <div className={styles.export}>
        <Options options={options} onChange={setOptions} />
        {bundle && <Contents bundle={bundle} />}
      </div>
    </Dialog>
  )
}

function useBundle(options: ExportOptions): ExportBundle | undefined {
  const app = useApp()
  const [bundle, setBundle] = useState<ExportBundle>()
  useEffect(() => {
    let current = true
    const ask = async (): Promise<void> => {
      const next = await app.actions.exportBundle(options)
      if (current) setBundle(next)
    }
    void ask()
    return () => {
      current = false
    }
  }, [app, options])
  return bundle
}

interface OptionsProps {
  readonly options: ExportOptions
  readonly onChange: (options: ExportOptions) => void
}

function Options({ options, onChange }: OptionsProps) {
  const set = (change: Partial<ExportOptions>): void => onChange({ ...options, ...change })
  return (
    <div className={styles.options}>
      <fieldset>
        <legend>What</legend>
        <Choice
          type="radio"
          name="what"
          label="What has changed"
          detail="against the texts as they were opened"
          checked={options.what === 'changed'}
          onChange={() => set({ what: 'changed' })}
        />
        <Choice
          type="radio"
          name="what"
          label="Everything"
          checked={options.what === 'everything'}
          onChange={() => set({ what: 'everything' })}
        />
      </fieldset>
      <fieldset>
        <legend>With the policies</legend>
        <Choice
          label="Workloads, Services, namespaces"
          checked={options.workloads}
          onChange={(event) => set({ workloads: event.target.checked })}
        />
        <Choice
          label="Sketched workloads"
          detail="those that were drawn here"
          checked={options.sketches}
          onChange={(event) => set({ sketches: event.target.checked })}
        />
      </fieldset>
      <fieldset>
        <legend>As</legend>
        <Choice
          type="radio"
          name="layout"
          label="One file"
          checked={options.layout === 'one-file'}
          onChange={() => set({ layout: 'one-file' })}
        />
        <Choice
          type="radio"
          name="layout"
          label="One file per policy"
          detail="with kustomization.yaml"
          checked={options.layout === 'file-per-policy'}
          onChange={() => set({ layout: 'file-per-policy' })}
        />
      </fieldset>
    </div>
  )
}

function Contents({ bundle }: { readonly bundle: ExportBundle }) {
  const [chosen, setChosen] = useState('')
  const file = bundle.files.find(({ path }) => path === chosen) ?? bundle.files[0]
  return (
    <>
      {bundle.files.length === 0 && (
        <p className={styles.note}>
          Nothing differs from the texts as they were opened. Choose "Everything" to export all policies.
        </p>
      )}
      {file && (
        <div className={styles.files}>
          <Tabs
            label="Files of the export"
            tabs={bundle.files.map(({ path }) => ({ value: path, label: path }))}
            value={file.path}
            onChange={setChosen}
          />
          <ScrolledText label={file.path} text={file.text} />
        </div>
      )}
      {bundle.commands.length > 0 && <h3>Then run</h3>}
      {bundle.commands.map((command) => (
        <Command key={command} text={command} />
      ))}
      {bundle.leftOut.length > 0 && (
        <>
          <h3>Left out</h3>
          <ul className={styles.sentences}>
            {bundle.leftOut.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function ScrolledText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <section aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  )
}

function Takes({ bundle, onClose }: { readonly bundle: ExportBundle | undefined; readonly onClose: () => void }) {
  const app = useApp()
  const name = fileName(useStore(app.documents, (state) => state.workspace.name))
  const files = bundle?.files ?? []
  const [only] = files
  const single = files.length === 1 && only !== undefined
  const copy = async (): Promise<void> => {
    const done = await copyText(joined(files))
    if (done) app.actions.notify('info', `Copied ${counted(files.length, 'file')}.`)
    else app.actions.notify('error', 'The browser does not let the page copy: download it instead.')
  }
  const download = (): void => {
    if (single) downloadText(only.path.slice(only.path.lastIndexOf('/') + 1), only.text)
    else downloadZip(`${name}.zip`, files)
  }
  return (
    <>
      <Button onClick={onClose}>Close</Button>
      <Button disabled={files.length === 0} onClick={() => void copy()}>
        Copy
      </Button>
      {single && <Button onClick={() => downloadZip(`${name}.zip`, files)}>Download zip</Button>}
      <Button variant="primary" disabled={files.length === 0} onClick={download}>
        {single || files.length === 0 ? 'Download' : 'Download zip'}
      </Button>
    </>
  )
}

// kustomization.yaml is for the folder; in one stream for `kubectl apply -f -` it would be an unknown kind.
function joined(files: ExportBundle['files']): string {
  return files
    .filter(({ path }) => !path.endsWith('kustomization.yaml'))
    .map(({ text }) => text.replace(/^---\n/, ''))
    .join('---\n')
}
