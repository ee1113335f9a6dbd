import type { NamespaceCard } from '#core/model/picture.ts'
import type { Direction } from '#core/model/rule.ts'
import type { Actions } from '#state/app.ts'

/** Turns a namespace's default deny: off becomes on, mixed becomes on, on becomes off. Egress going on asks about DNS first (issue: DNS is kept by default). */
export function switchDefaultDeny(actions: Actions, card: NamespaceCard, direction: Direction): void {
  const on = card.defaultDeny[direction] !== 'on'
  if (on && direction === 'egress') actions.openDialog({ type: 'dns', namespace: card.name })
  else void actions.carryOut({ type: 'default-deny', namespace: card.name, direction, on, dns: false })
}
