import type { RawCluster, RawEnd, RawPolicy } from '#core/evaluate/raw.testkit.ts'
import { isSelectable } from '#core/evaluate/rawMatch.testkit.ts'
import { type RawTarget, referenceVerdict } from '#core/evaluate/reference.testkit.ts'
import { evaluate, namedBlocks } from '#core/evaluate/evaluate.ts'
import { load, type SourceFile } from '#core/load/load.ts'
import { type End, endName } from '#core/model/end.ts'
import type { ConnectionChange, Intent, Plan } from '#core/model/intent.ts'
import { parsePortSpec } from '#core/model/portSpec.ts'
import { loadAll } from 'js-yaml'
import { type Drawing, OUTSIDE_IPS, type Stroke } from './drawing.testkit.ts'
import { type Drawn, EXACT, isAt, isIsolated, isMeant, isTwin, type Meaning, podsAt } from './meaning.testkit.ts'
import { plan } from './plan.ts'
import { carryOut, type World, worldOf } from './world.testkit.ts'

/** What became of a drawing. */
export interface Proof {
  /** What is not as drawn: none, or the proof has failed. */
  readonly differences: readonly string[]
  readonly drawn: number
  readonly refused: readonly string[]
  /** Connections that are open besides the drawing because no selector can tell workloads apart, all of them announced. */
  readonly announced: number
}

const TARGETS: readonly RawTarget[] = [
  ...[53, 80, 81, 443, 8080, 8095, 8101].map((port) => ({ protocol: 'TCP', port })),
  ...[53, 80, 8080].map((port) => ({ protocol: 'UDP', port })),
  { protocol: 'SCTP', port: 80 },
]

/** Draws all edges one by one, then reads the text again and compares every pair and port with the drawing. */
export function prove(drawing: Drawing): Proof {
  const start = closed(drawing)
  const strokes = drawing.strokes.filter((stroke) => isAnswered(drawing, stroke))
  let now = start
  const drawn: Drawn[] = []
  const faults: string[] = []
  const refused: string[] = []
  const opens: ConnectionChange[] = []
  for (const stroke of strokes) {
    const made = planFor(now, { type: 'allow', from: stroke.from, to: stroke.to, ports: stroke.ports }, stroke)
    if (made.refusal !== undefined) {
      refused.push(made.refusal)
      if (made.changes.length > 0) faults.push(`refused, but changed something: ${made.refusal}`)
      if (isSayable(drawing, stroke)) faults.push(`refused without need: ${told(stroke)}: ${made.refusal}`)
      continue
    }
    drawn.push({ ...stroke, v6: now.evaluation.usesV6, shown: namedBlocks(now.evaluation) })
    opens.push(...made.opens.filter(({ wanted }) => !wanted))
    now = after(now, made)
  }
  const found = compare({ drawing, drawn, most: EXACT }, now.files, opens)
  return { ...found, differences: [...faults, ...found.differences], drawn: drawn.length, refused }
}

function closed(drawing: Drawing): World {
  let now = worldOf(drawing.files)
  const homes = drawing.cluster.namespaces.map(({ name }) => name).filter((name) => name !== 'kube-system')
  for (const namespace of drawing.deny ? homes : [])
    for (const direction of drawing.deny?.directions ?? []) {
      const dns = drawing.deny?.dns === true
      now = after(now, planFor(now, { type: 'default-deny', namespace, direction, on: true, dns }))
    }
  return now
}

function planFor({ files, loaded, evaluation }: World, intent: Intent, stroke?: Stroke): Plan {
  return drawnPlan(plan(intent, { files, loaded, evaluation, revision: 1, style: stroke?.style }))
}

/** Of what may be meant by drawing what is open already: this connection alone. */
export function drawnPlan(made: Plan): Plan {
  const ways = [made, ...made.others]
  return ways.find(({ title }) => !/^Save the check only$|keep the present traffic/.test(title)) ?? made
}

function after(world: World, made: Plan): World {
  const files = carryOut(world.files, made)
  const loaded = load(files, world.loaded)
  const evaluation = evaluate(loaded.cluster, loaded.policies, loaded.settings, world.evaluation)
  return { files, loaded, evaluation }
}

// Where nothing isolates either end of any pair yet, drawing isolates one: another promise than adding to what is open.
function isAnswered(drawing: Drawing, { from, to }: Stroke): boolean {
  const meaning: Meaning = { drawing, drawn: [], most: EXACT }
  // A block is asked about as addresses of nobody, whichever pods are in it.
  const at = (end: End): readonly RawEnd[] =>
    probes(drawing).filter((one) => 'labels' in one === isInside(end) && isAt(meaning, end, one))
  const destinations = at(to)
  return at(from).some((src) =>
    destinations.some(
      (dst) => isPair(src, dst) && (isIsolated(drawing, src, 'egress') || isIsolated(drawing, dst, 'ingress')),
    ),
  )
}

function isInside(end: End): boolean {
  return 'namespace' in end || 'anyNamespace' in end
}

function probes({ cluster }: Drawing): readonly RawEnd[] {
  return [...cluster.pods, ...OUTSIDE_IPS.map((ip) => ({ ip }))]
}

// No packet has addresses of two families, and none comes from outside to go outside.
function isPair(src: RawEnd, dst: RawEnd): boolean {
  return src !== dst && ('labels' in src || 'labels' in dst) && src.ip.includes(':') === dst.ip.includes(':')
}

// Can policies say it at all? Otherwise a refusal is the right answer.
function isSayable(drawing: Drawing, { from, to, ports }: Stroke): boolean {
  const pods = [from, to].map((end) => podsAt(drawing, end))
  if (!('namespace' in from) && !('namespace' in to)) return false
  if (pods.flat().some((pod) => !isSelectable(pod))) return false
  const named = ports.flatMap((text) => {
    const spec = parsePortSpec(text)
    return spec?.port.type === 'named' ? [{ name: spec.port.name, protocol: spec.protocol }] : []
  })
  const target = pods[1] ?? []
  const hasNames = named.every(
    ({ name, protocol }) =>
      target.length > 0 &&
      target.every((pod) => pod.ports.some((own) => own.name === name && own.protocol === protocol)),
  )
  const labelled = [from, to].every((end) => !('workload' in end) || isLabelled(drawing, end))
  return hasNames && labelled
}

function isLabelled({ workloads }: Drawing, end: End): boolean {
  const own = workloads.find((one) => endName(one.end) === endName(end))
  return Object.keys(own?.pods[0]?.labels ?? {}).some((key) => key !== 'statefulset.kubernetes.io/pod-name')
}

function compare(
  meaning: Meaning,
  files: readonly SourceFile[],
  opens: readonly ConnectionChange[],
): Pick<Proof, 'differences' | 'announced'> {
  const { drawing } = meaning
  const text: RawCluster = { ...drawing.cluster, policies: policiesIn(files) }
  const problems = load(files).problems.filter(({ severity, file }) => severity === 'error' && file !== 'cluster.json')
  const differences = problems.map(({ message, file }) => `${file}: ${message}`)
  const ends = probes(drawing)
  let announced = 0
  for (const src of ends)
    for (const dst of ends) {
      if (!isPair(src, dst)) continue
      for (const target of TARGETS) {
        const isOpen = referenceVerdict(text, src, dst, target) === 'allowed'
        if (isOpen === isMeant(meaning, src, dst, target)) continue
        if (isOpen && isMeant({ ...meaning, most: { twins: false, internet: true } }, src, dst, target)) continue
        const may = isOpen && isMeant({ ...meaning, most: { twins: true, internet: true } }, src, dst, target)
        const isSaid = opens.some((one) => isTold(meaning, one.from, src) && isTold(meaning, one.to, dst))
        if (may && isSaid) announced++
        else differences.push(tellDifference([src, dst], target, { isOpen, may }))
      }
    }
  return { differences, announced }
}

function tellDifference(
  [src, dst]: readonly [RawEnd, RawEnd],
  { protocol, port }: RawTarget,
  { isOpen, may }: { readonly isOpen: boolean; readonly may: boolean },
): string {
  const what = isOpen ? (may ? 'open, and nobody said so' : 'open') : 'closed'
  return `${nameOf(src)} → ${nameOf(dst)} ${protocol} ${port} is ${what}`
}

// Of what is open to anything, the internet is named for all; a namespace has pods that no policy names, too.
function isTold(meaning: Meaning, end: End, one: RawEnd): boolean {
  if ('internet' in end) return true
  return podsAt(meaning.drawing, end).some((pod) => pod === one) || isAt(meaning, end, one)
}

// Read by the YAML parser alone: nothing of our own reading is trusted here.
function policiesIn(files: readonly SourceFile[]): readonly RawPolicy[] {
  const documents = files.flatMap(({ text }) => loadAll(text)) as readonly (Document | null)[]
  const all = documents.flatMap((one) => (one?.kind === 'List' ? (one.items ?? []) : one ? [one] : []))
  return all
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata, spec }) => ({ name: metadata.name, namespace: metadata.namespace ?? 'default', spec }))
}

interface Document {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec: RawPolicy['spec']
  readonly items?: readonly Document[]
}

/** Why a proof fails, in words; undefined where it holds. Only workloads that nothing tells apart are an excuse. */
export function failureOf(drawing: Drawing, { differences, announced }: Proof): string | undefined {
  if (differences.length > 0) return differences.slice(0, 10).join('\n')
  const isOwed = announced === 0 || (!drawing.distinct && hasTwins(drawing))
  return isOwed ? undefined : `${announced} announced differences, though selectors can tell all workloads apart`
}

/** Are there workloads that no selector can tell apart? */
export function hasTwins({ workloads }: Drawing): boolean {
  return workloads.some((own) => workloads.some((other) => isTwin(own, other)))
}

/** A drawing in words, for the report of a failure. */
export function tell({ files, deny, strokes }: Drawing): string {
  const texts = files.map(({ path, text }) => `# ${path}\n${text}`)
  return [...texts, `denied first: ${JSON.stringify(deny ?? 'nothing')}`, ...strokes.map(told)].join('\n')
}

function told({ from, to, ports, style }: Stroke): string {
  return `${endName(from)} → ${endName(to)} [${ports.join(', ')}] ${style}`
}

function nameOf(end: RawEnd): string {
  return 'labels' in end ? `${end.namespace}/${end.name}` : end.ip
}
