import { canonicalCidr } from '#core/kinds/cidrText.ts'
import type { SourceFile } from '#core/load/load.ts'
import type { Settings } from '#core/model/settings.ts'
import { type Arguments, choiceGiven, type Flag, valueGiven } from './arguments.ts'
import { cniNamed, CNIS } from './cni.ts'
import { Mistake } from './mistake.ts'

/** The flags that decide verdicts; each overrides what settings documents say. */
export const SETTING_FLAGS: readonly Flag[] = [
  {
    name: 'cni',
    value: 'NAME[@VERSION]',
    about: `Judge as this CNI does it, e.g. cilium or calico@3.30 (without a version: the newest). NAME is ${CNIS}; reference is what the Kubernetes API says, which counts where nothing else is said.`,
  },
  {
    name: 'pod-cidr',
    value: 'CIDR|none',
    multiple: true,
    about:
      'Where pods without a known IP live (may be repeated), e.g. 10.244.0.0/16. Left out: anywhere, so that IP blocks may or may not hold them. none: IP blocks never hold pods, and labels of namespaces that are not loaded are absent, as other tools assume.',
  },
  {
    name: 'unknown-labels',
    value: 'absent|unknown',
    about:
      'Labels of namespaces whose Namespace object is not loaded: unknown (what depends on them is undetermined; the default), or absent.',
  },
  {
    name: 'namespace',
    short: 'n',
    value: 'NAME',
    about: 'The namespace of objects that do not say theirs (default: default).',
  },
]

/** Names a pod's peer by its direct owner. */
export const DIRECT_OWNERS: Flag = {
  name: 'direct-owners',
  about:
    "Name a pod by its own owner (its ReplicaSet), as netpol-analyzer does; left out, by its Deployment's name. Affects names, not answers.",
}

/** The flags as a settings document, which counts after all others; undefined where none was given. */
export function settingsFile(args: Arguments): SourceFile | undefined {
  const podCidrs = podCidrsOf(args.values.get('pod-cidr') ?? [])
  const unknownLabels = args.values.has('unknown-labels')
    ? choiceGiven(args, 'unknown-labels', ['unknown', 'absent'])
    : undefined
  const directOwners = args.flags.has('direct-owners') || undefined
  const cni = valueGiven(args, 'cni')
  const profile = cni === undefined ? undefined : cniNamed(cni)
  const settings: { [K in keyof Settings]?: Settings[K] | undefined } = {
    podCidrs,
    unknownLabels,
    directOwners,
    profile,
  }
  if (Object.values(settings).every((value) => value === undefined)) return undefined
  const head = { apiVersion: 'drawbridge/v1alpha1', kind: 'DrawbridgeSettings', metadata: { name: 'the-flags-given' } }
  return { path: '<flags>', text: JSON.stringify({ ...head, ...settings }), counts: true }
}

function podCidrsOf(given: readonly string[]): Settings['podCidrs'] | undefined {
  if (given.length === 0) return undefined
  if (given.includes('none') && given.length > 1) throw new Mistake('--pod-cidr none does not go with others.')
  return given[0] === 'none' ? 'none' : given.map(cidrOf)
}

function cidrOf(text: string): string {
  const cidr = canonicalCidr(text)
  if (cidr === undefined) throw new Mistake(`--pod-cidr ${text}: this is no CIDR; write e.g. 10.244.0.0/16, or none.`)
  return cidr
}
