import { expect, test } from 'vitest'
import { explain } from './explain.ts'
import { at, CLUSTER, evaluationOf, policy } from './nearMiss.testkit.ts'
import { plain } from '#core/model/sentence.ts'

const ports = (text: string): string =>
  policy('db-in', `ingress:\n  - from: [{ podSelector: { matchLabels: { app: web } } }]\n    ports: [${text}]`)
const told = (text: string, port: string) => explain(evaluationOf(CLUSTER + text), at('web'), at('db'), [port])

test('a rule that allows a name that no pod defines opens nothing', () => {
  const { status, summary, halves, open } = told(ports('{ port: web-http }'), 'TCP/web-http')
  expect([status, summary, open]).toEqual([
    'denied',
    'No pod of shop/db defines TCP web-http: Rule 1 of shop/db-in opens nothing with it.',
    'nothing',
  ])
  expect(halves.map(({ title, sentences }) => [title, ...sentences.map(plain)])).toEqual([
    [
      'Ingress at shop/db: denied',
      'Rule 1 of shop/db-in (spec.ingress[0]) allows TCP web-http, and no pod of shop/db defines a port of that name.',
    ],
  ])
})

test('a name that no rule asks for is a question about nothing', () => {
  expect(told(ports('{ port: web-http }'), 'TCP/other').status).toBe('undetermined')
  expect(told(ports('{ port: web-http, protocol: UDP }'), 'TCP/web-http').status).toBe('undetermined')
  expect(told('', 'TCP/web-http').summary).toBe(
    'No pod of shop/db declares TCP/web-http, so there is no port to ask about.',
  )
})
