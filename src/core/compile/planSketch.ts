import { namespaceText, workloadText } from '#core/kinds/writeWorkload.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import type { Intent } from '#core/model/intent.ts'
import type { Outcome, PlanContext } from './planContext.ts'
import { SKETCH_FILE, withNewDocument } from './fileFor.ts'

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const NAME_RULE = 'Use lower-case letters, digits and dashes, at most 63, such as `web-2`.'

/** A namespace that is put on the canvas becomes a document of `sketch.yaml` (design.md 8). */
export function planNamespace(
  context: PlanContext,
  { name, labels }: Extract<Intent, { type: 'add-namespace' }>,
): Outcome {
  if (!NAME.test(name)) return { refusal: `"${name}" can't be a namespace's name. ${NAME_RULE}` }
  if (context.loaded.cluster.namespaces.some((own) => own.name === name && own.loaded))
    return { refusal: `There is a namespace ${name} already.` }
  const copy = withNewDocument(context, SKETCH_FILE, namespaceText(name, labels))
  return { copy, sentences: [`Adds the namespace ${name} to ${SKETCH_FILE}.`], warnings: [] }
}

/** A workload that is put on the canvas becomes a Deployment in `sketch.yaml` (design.md 8). */
export function planWorkload(context: PlanContext, intent: Extract<Intent, { type: 'add-workload' }>): Outcome {
  const { namespace, name, ports } = intent
  if (!NAME.test(name)) return { refusal: `"${name}" can't be a workload's name. ${NAME_RULE}` }
  if (!NAME.test(namespace)) return { refusal: `"${namespace}" can't be a namespace's name. ${NAME_RULE}` }
  const wrong = ports.find((port) => parsePortSpec(port.replace(/^[^=]*=/, ''))?.port.type !== 'range')
  if (wrong !== undefined)
    return { refusal: `"${wrong}" is no container port. Write TCP/8080, or with a name http=TCP/8080.` }
  if (context.loaded.cluster.workloads.some(({ id }) => id === `${namespace}/Deployment/${name}`))
    return { refusal: `There is a Deployment ${namespace}/${name} already.` }
  const copy = withNewDocument(context, SKETCH_FILE, workloadText(intent))
  return { copy, sentences: [`Adds the Deployment ${namespace}/${name} to ${SKETCH_FILE}.`], warnings: [] }
}
