import { describe, expect, test } from 'vitest'
import { type End, endId, endName } from './end.ts'

const ENDS: readonly (readonly [End, id: string, name: string])[] = [
  [{ namespace: 'shop', workload: 'Deployment/web' }, 'shop/Deployment/web', 'shop/web'],
  [{ namespace: 'shop' }, 'shop', 'all of shop'],
  [{ cidr: '10.0.0.0/8' }, 'cidr:10.0.0.0/8', '10.0.0.0/8'],
  [
    { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] },
    'cidr:10.0.0.0/8!10.1.0.0/16!10.2.0.0/16',
    '10.0.0.0/8 without 10.1.0.0/16 without 10.2.0.0/16',
  ],
  [{ host: 'api.example.com' }, 'host:api.example.com', 'api.example.com'],
  [{ node: 'node-1' }, 'node:node-1', 'node node-1'],
  [{ ingressController: true }, 'ingress-controller', 'the ingress controller'],
  [{ internet: true }, 'internet', 'the internet'],
  [{ anywhere: true }, 'anywhere', 'anywhere'],
  [{ anyNamespace: true }, 'any-namespace', 'all pods'],
]

describe('an end of a connection', () => {
  test.each(ENDS)('%j is the key %s, and people read %s', (end, id, name) => {
    expect([endId(end), endName(end)]).toEqual([id, name])
  })
})
