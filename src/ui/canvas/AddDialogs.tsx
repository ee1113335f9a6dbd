import { useState, type ReactNode } from 'react'
import { endId, type End } from '#core/model/end.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { TextField } from '#ui/kit/Field.tsx'
import styles from './canvas.module.css'
import { readBlock, readContainerPorts, readLabels, readName } from './forms.ts'

/** The dialogs that add something to the canvas; `onAdded` gets the `endId` of what will appear. */
export function AddDialogs({ onAdded }: { readonly onAdded: (id: string) => void }): ReactNode {
  const app = useApp()
  const dialog = useStore(app.view, (state) => state.dialog)
  if (dialog?.type === 'add-namespace') return <AddNamespace onAdded={onAdded} />
  if (dialog?.type === 'add-workload') return <AddWorkload namespace={dialog.namespace} onAdded={onAdded} />
  return dialog?.type === 'add-ip-block' ? <AddBlock onAdded={onAdded} /> : null
}

type Added = { readonly onAdded: (id: string) => void }

const FORM = 'add-to-canvas'

function Frame(props: { title: string; description: string; onSubmit: () => void; children: ReactNode }): ReactNode {
  const app = useApp()
  const close = (): void => app.actions.closeDialog()
  return (
    <Dialog
      title={props.title}
      description={props.description}
      width={440}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={FORM}>
            Add
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className={styles.addForm}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          props.onSubmit()
        }}
      >
        {props.children}
      </form>
    </Dialog>
  )
}

function AddNamespace({ onAdded }: Added): ReactNode {
  const app = useApp()
  const [name, setName] = useState('')
  const [labels, setLabels] = useState('')
  const [tried, setTried] = useState(false)
  const used = useStore(app.analysis, (state) => state.picture?.namespaces)
  const readN = readName(
    name,
    (used ?? []).filter((card) => card.loaded).map((card) => card.name),
  )
  const readL = readLabels(labels)
  const submit = (): void => {
    setTried(true)
    if (readN.problem !== undefined || readL.problem !== undefined) return
    app.actions.closeDialog()
    onAdded(readN.value)
    void app.actions.carryOut({ type: 'add-namespace', name: readN.value, labels: readL.value })
  }
  return (
    <Frame
      title="Add a namespace"
      description="It is written to sketch.yaml; exported only if you ask."
      onSubmit={submit}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={tried ? readN.problem : undefined}
        placeholder="shop"
        mono
      />
      <TextField
        label="Labels"
        aside="optional"
        value={labels}
        onChange={setLabels}
        error={readL.problem !== undefined && tried ? readL.problem : undefined}
        placeholder="team=checkout env=prod"
        hint="kubernetes.io/metadata.name comes by itself."
        mono
      />
    </Frame>
  )
}

function AddWorkload({ namespace, onAdded }: Added & { namespace: string | undefined }): ReactNode {
  const app = useApp()
  const form = useWorkloadForm(namespace)
  const submit = (): void => {
    const read = form.read()
    if (read === undefined) return
    app.actions.closeDialog()
    onAdded(endId({ namespace: read.namespace, workload: `Deployment/${read.name}` }))
    void app.actions.carryOut({ type: 'add-workload', ...read })
  }
  return (
    <Frame
      title="Add a workload"
      description="A Deployment with a pause image, written to sketch.yaml; exported only if you ask."
      onSubmit={submit}
    >
      <TextField
        label="Name"
        value={form.name}
        onChange={form.setName}
        error={form.problems.name}
        placeholder="web"
        mono
      />
      <TextField
        label="Namespace"
        value={form.namespace}
        onChange={form.setNamespace}
        error={form.problems.namespace}
        list="canvas-namespaces"
        mono
      />
      <datalist id="canvas-namespaces">
        {form.namespaces.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <TextField
        label="Labels"
        value={form.labels}
        onChange={form.setLabels}
        error={form.problems.labels}
        hint="Policies select pods by these."
        placeholder="app=web tier=front"
        mono
      />
      <TextField
        label="Ports"
        aside="optional"
        value={form.ports}
        onChange={form.setPorts}
        error={form.problems.ports}
        hint="Numbers, with a name or protocol where it has one: 8080, http=8080, dns=UDP/53."
        placeholder="8080"
        mono
      />
    </Frame>
  )
}

type Problems = Partial<Record<'name' | 'namespace' | 'labels' | 'ports', string | undefined>>

function useWorkloadForm(given: string | undefined) {
  const app = useApp()
  const picture = app.analysis.getState().picture
  const namespaces = (picture?.namespaces ?? []).map((card) => card.name)
  const [name, setName] = useState('')
  const [namespace, setNamespace] = useState(given ?? namespaces.find((one) => !one.startsWith('kube-')) ?? 'default')
  const [labels, setLabels] = useState<string | undefined>(undefined)
  const [ports, setPorts] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const shownLabels = labels ?? (readName(name, []).problem === undefined ? `app=${name.trim()}` : '')
  const read = () => {
    const used = (picture?.workloads ?? []).filter((card) => card.namespace === namespace.trim() && !card.assumed)
    const n = readName(
      name,
      used.filter((card) => card.kind === 'Deployment').map((card) => card.name),
    )
    const ns = readName(namespace, [])
    const l = readLabels(shownLabels)
    const p = readContainerPorts(ports)
    setProblems({ name: n.problem, namespace: ns.problem, labels: l.problem, ports: p.problem })
    if (n.problem !== undefined || ns.problem !== undefined || l.problem !== undefined || p.problem !== undefined) {
      return undefined
    }
    const chosen = Object.keys(l.value).length === 0 ? { app: n.value } : l.value
    return { name: n.value, namespace: ns.value, labels: chosen, ports: p.value }
  }
  return {
    name,
    setName,
    namespace,
    setNamespace,
    labels: shownLabels,
    setLabels,
    ports,
    setPorts,
    problems,
    namespaces,
    read,
  }
}

function AddBlock({ onAdded }: Added): ReactNode {
  const app = useApp()
  const [cidr, setCidr] = useState('')
  const [except, setExcept] = useState('')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const submit = (): void => {
    const read = readBlock(cidr, except)
    setProblem(read.problem)
    if (read.problem !== undefined) return
    const end: End = read.value
    app.actions.closeDialog()
    app.actions.place(end)
    onAdded(endId(end))
  }
  return (
    <Frame
      title="Add an IP block"
      description="Addresses outside the cluster, to connect from or to."
      onSubmit={submit}
    >
      <TextField label="CIDR" value={cidr} onChange={setCidr} error={problem} placeholder="10.0.0.0/16" mono />
      <TextField
        label="Except"
        aside="optional"
        value={except}
        onChange={setExcept}
        hint="Smaller blocks inside it that are left out, with spaces between."
        placeholder="10.0.1.0/24"
        mono
      />
    </Frame>
  )
}
