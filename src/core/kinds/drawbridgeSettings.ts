import type { ChosenProfile } from '#core/model/profile.ts'
import type { IngressController, Settings } from '#core/model/settings.ts'
import { profileOf } from '#core/profiles/index.ts'
import { child, type Tree } from '#core/yaml/tree.ts'
import { canonicalCidr } from './cidrText.ts'
import { DRAWBRIDGE_GROUP } from './connectivityChecks.ts'
import { itemsOf, labelsOf, textAt, textOf } from './fields.ts'
import type { Kind } from './kind.ts'
import { readMeta } from './meta.ts'

const SETTINGS = { groups: [DRAWBRIDGE_GROUP], scope: 'cluster' } as const

/** Settings that decide verdicts (design.md 9), as top-level fields named like those of `Settings`. What can't be read isn't said. */
export const drawbridgeSettings: Kind = {
  ...SETTINGS,
  kind: 'DrawbridgeSettings',
  example: `
apiVersion: drawbridge/v1alpha1
kind: DrawbridgeSettings
metadata: { name: settings }
podCidrs: [10.244.0.0/16]
unknownLabels: absent
ingressController: { namespace: ingress-nginx, labels: { app.kubernetes.io/name: ingress-nginx } }
profile: { id: cilium, version: '1.16' }
`,
  read: (document) => ({ type: 'settings', meta: readMeta(document, SETTINGS), settings: readSettings(document.tree) }),
}

function readSettings(tree: Tree): Partial<Settings> {
  const podCidrs = readPodCidrs(tree)
  const unknownLabels = textAt(tree, 'unknownLabels')
  const ignoreHostNetwork = readFlag(tree, 'ignoreHostNetwork')
  const directOwners = readFlag(tree, 'directOwners')
  const profile = readProfile(child(tree, 'profile'))
  const ingressController = readIngressController(child(tree, 'ingressController'))
  return {
    ...(podCidrs && { podCidrs }),
    // No pod CIDR at all is the plain reading of other tools: labels that aren't loaded are absent, too (design.md 9).
    ...(podCidrs === 'none' && { unknownLabels: 'absent' as const }),
    ...((unknownLabels === 'absent' || unknownLabels === 'unknown') && { unknownLabels }),
    ...(ignoreHostNetwork !== undefined && { ignoreHostNetwork }),
    ...(directOwners !== undefined && { directOwners }),
    ...(profile && { profile }),
    ...(ingressController && { ingressController }),
  }
}

function readPodCidrs(tree: Tree): Settings['podCidrs'] | undefined {
  if (textAt(tree, 'podCidrs') === 'none') return 'none'
  const cidrs = itemsOf(child(tree, 'podCidrs')).map((cidr) => canonicalCidr(textOf(cidr) ?? ''))
  const read = cidrs.filter((cidr) => cidr !== undefined)
  return read.length === 0 || read.length < cidrs.length ? undefined : read
}

// The text `unknown` takes back what an earlier document says.
function readIngressController(tree: Tree | undefined): IngressController | 'unknown' | undefined {
  if (textOf(tree) === 'unknown') return 'unknown'
  const namespace = textAt(tree, 'namespace')
  return namespace ? { namespace, labels: labelsOf(child(tree, 'labels')) } : undefined
}

// An id alone, or with a version. `1.20` without quotes is the number 1.2 to YAML: its source says what was meant.
function readProfile(tree: Tree | undefined): ChosenProfile | undefined {
  const id = textOf(tree) ?? textAt(tree, 'id')
  if (id === undefined || !profileOf(id)) return undefined
  const version = versionOf(child(tree, 'version'))
  return version ? { id, version } : { id }
}

function versionOf(tree: Tree | undefined): string | undefined {
  return tree?.type === 'scalar' && typeof tree.value === 'number' ? tree.source : textOf(tree)
}

function readFlag(tree: Tree, key: string): boolean | undefined {
  const node = child(tree, key)
  return node?.type === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined
}
