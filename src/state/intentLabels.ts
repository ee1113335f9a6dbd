import { endName } from '#core/model/end.ts'
import type { Intent } from '#core/model/intent.ts'

/** What an intent does, for `Undo …` and `Working out …`: `drawing shop/web → shop/db`. */
export function labelOf(intent: Intent): string {
  switch (intent.type) {
    case 'allow':
      return `drawing ${endName(intent.from)} → ${endName(intent.to)}`
    case 'forget':
      return 'deleting a drawn edge'
    case 'pin': {
      const [first] = intent.checks
      if (!first || intent.checks.length > 1) return `adding ${intent.checks.length} checks`
      return `pinning ${endName(first.from)} → ${endName(first.to)}`
    }
    case 'edit-check':
      return `changing the check ${intent.next.name}`
    case 'default-deny':
      return `default deny ${intent.direction} ${intent.on ? 'on' : 'off'} in ${intent.namespace}`
    case 'add-namespace':
      return `adding namespace ${intent.name}`
    case 'add-workload':
      return `adding ${intent.namespace}/${intent.name}`
    case 'remove':
      return `removing ${endName(intent.end)}`
    case 'deny':
      return `denying ${endName(intent.from)} → ${endName(intent.to)}`
    case 'change-ports':
      return `changing the ports of ${endName(intent.from)} → ${endName(intent.to)}`
    case 'isolate':
      return `${intent.on ? 'isolating' : 'no longer isolating'} ${endName(intent.end)} for ${intent.direction}`
    case 'allow-dns':
      return `allowing DNS for ${endName(intent.end)}`
    case 'protect':
      return `protecting ${intent.namespaces.length === 0 ? 'everything' : intent.namespaces.join(', ')}`
    case 'repair':
      return `mending ${endName(intent.from)} → ${endName(intent.to)}`
    case 'add-labels':
      return `adding labels to ${endName(intent.end)}`
    case 'set-profile':
      return intent.id === 'reference' ? 'choosing no CNI' : `choosing the CNI ${intent.id}`
  }
}
