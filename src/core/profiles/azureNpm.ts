import { asTheApiSays, fact, STANDARD_DNS, unverified } from './fact.ts'
import type { Facts, Profile } from './profile.ts'
import { SOURCE } from './sources.ts'

const NPM: Facts = {
  ...asTheApiSays(SOURCE.azureNpm),
  ipv6: fact('drops-policy', 'A policy with an IPv6 block fails to translate and has no effect.', SOURCE.azureNpm),
  icmp: unverified('unknown', 'Nobody has checked what becomes of pings.', SOURCE.azureNpm),
  ownNode: unverified('unknown', 'Nobody has checked whether a node always reaches its pods.', SOURCE.azureNpm, {
    either: ['allowed', 'policed'],
  }),
}
const RETIREMENT = 'Microsoft’s pages disagree on the end of support: 30 September 2026, or 2028.'

/** Azure Network Policy Manager on Linux nodes (semantics.md D.9). */
export const azureNpmLinux: Profile = {
  id: 'azure-npm-linux',
  name: 'Azure NPM (Linux)',
  summary: 'As the API says, but a policy with an IPv6 block has no effect.',
  versions: [],
  facts: NPM,
  notes: [
    unverified('Retirement', RETIREMENT, SOURCE.aksDocs),
    fact('NPM Lite', 'The variant "NPM Lite" knows blocks as peers only.', SOURCE.azureNpm),
  ],
  dns: STANDARD_DNS,
}

const FAILS = 'makes the policy fail to translate: it has no effect.'

/** Azure Network Policy Manager on Windows nodes (semantics.md D.9). */
export const azureNpmWindows: Profile = {
  id: 'azure-npm-windows',
  name: 'Azure NPM (Windows)',
  summary: 'Port names, SCTP, except, NotIn or DoesNotExist leave a policy without effect.',
  versions: [],
  facts: {
    ...NPM,
    namedPort: fact('drops-policy', `A port name ${FAILS}`, SOURCE.azureNpm),
    sctp: fact('drops-policy', `An SCTP port ${FAILS}`, SOURCE.azureNpm),
    except: fact('drops-policy', `except ${FAILS}`, SOURCE.azureNpm),
    negativeSelectors: fact('drops-policy', `NotIn or DoesNotExist ${FAILS}`, SOURCE.azureNpm),
    ipBlockMatchesPods: unverified('unknown', 'Nobody has checked whether a block holds pods.', SOURCE.azureNpm, {
      either: ['yes', 'no'],
    }),
  },
  notes: [unverified('Retirement', 'Support ends on 30 September 2026, Microsoft’s pages say.', SOURCE.aksDocs)],
  dns: STANDARD_DNS,
}
