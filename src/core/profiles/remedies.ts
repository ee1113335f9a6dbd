import type { FactKey } from './profile.ts'

/** What helps, by fact and what it says there; `any` for whatever it says. */
const REMEDIES: Readonly<Partial<Record<FactKey, Readonly<Record<string, string>>>>> = {
  enforces: { no: 'only a CNI that enforces policies, or an engine for them beside this one.' },
  ipBlockMatchesPods: { any: 'a rule that selects the pods by their labels instead of their addresses.' },
  namedPort: { any: 'the number of the port instead of its name.' },
  endPort: { any: 'the ports of the range written one by one.' },
  ipv6: { 'drops-policy': 'the IPv6 block in a policy of its own, or left out.' },
  except: { 'drops-policy': 'the blocks that are left, without except.' },
  negativeSelectors: { any: 'In or Exists instead of NotIn or DoesNotExist.' },
}

/**
 * What a user can do where a CNI does otherwise than the API says: the end of a sentence that starts with `What helps:`;
 * undefined where neither a text nor another CNI is known to help (semantics.md D).
 */
export function remedyFor(fact: FactKey, value: unknown): string | undefined {
  const known = REMEDIES[fact]
  return known?.[String(value)] ?? known?.['any']
}
