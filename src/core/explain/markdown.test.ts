import { describe, expect, test } from 'vitest'
import type { End } from '#core/model/end.ts'
import type { Explanation } from '#core/model/picture.ts'
import { formatPath, type Ref } from '#core/model/text.ts'
import { explain } from './explain.ts'
import { explanationMarkdown } from './markdown.ts'
import { at, CLUSTER, evaluationOf, policy } from './nearMiss.testkit.ts'
import { code, link, say } from '#core/model/sentence.ts'

const placeOf = ({ path }: Ref): string => `db.yaml:${formatPath(path).length}`

test('an explanation is a short story with places, ready to be pasted', () => {
  const text = policy(
    'db-in',
    'ingress:\n  - from: [{ podSelector: { matchLabels: { app: Web } } }]\n  - from: [{ podSelector: { matchLabels: { app: web } } }]\n    ports: [{ port: 80 }]',
  )
  const explanation = explain(evaluationOf(CLUSTER + text), at('web'), at('db'), ['TCP/8080'])
  expect(explanationMarkdown(explanation, placeOf)).toBe(`### shop/web → shop/db TCP 8080: denied

shop/db does not accept TCP 8080 from shop/web: it is isolated for ingress, and no rule allows this.

**Egress at shop/web: allowed**

- No policy isolates shop/web for egress, so everything may get out.

**Ingress at shop/db: denied**

- shop/db is isolated for ingress: shop/db-in (db.yaml:0) selects it, so only what a rule allows may get in.
- Rule 2 of shop/db-in (\`spec.ingress[1]\`, db.yaml:15) allows TCP 80 from shop/web, not TCP 8080.
- No rule allows TCP 8080 from shop/web.
- Nearly: Rule 1 of shop/db-in asks for \`app: Web\` (db.yaml:51); shop/web has \`app: web\`.
- Nearly: Rule 2 of shop/db-in allows \`TCP 80\` (db.yaml:24), not TCP 8080.

Open: TCP 80
`)
})

test('what no rule comes close to is no near miss, and nothing open is said so', () => {
  const text = policy('deny', 'policyTypes: [Ingress]')
  const written = explanationMarkdown(explain(evaluationOf(CLUSTER + text), at('web'), at('db'), []), placeOf)
  expect(written).toContain('- Why not: No ingress rule of shop/db comes close to naming shop/web')
  expect(written).toContain('\n\nOpen: nothing\n')
})

const REF: Ref = { document: 'a', path: [], range: { from: 0, to: 0 } }
const END: End = { namespace: 'a', workload: 'Pod/b' }

/** An explanation that says nothing but this text, everywhere. */
function told(text: string): readonly string[] {
  const sentences = [say(text), say(code(text)), say(link(text, REF)), say('x ', text)]
  const explanation: Explanation = {
    name: text,
    from: END,
    to: END,
    ports: '',
    status: 'denied',
    summary: text,
    halves: [{ direction: 'egress', status: 'denied', title: text, sentences, misses: [] }],
    open: text,
    deciders: [],
  }
  return explanationMarkdown(explanation, () => text).split('\n')
}

/** A line without our own marks, what is escaped, and what stands in code. */
function bare(line: string): string {
  return line
    .replace(/^(?:### |- )/, '')
    .replaceAll(/\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    .replace(/^\*\*(.*)\*\*$/, 'title $1')
}

const codeIn = (text: string): string | undefined => told(text).findLast((line) => line.startsWith('- `'))

describe('nothing of a manifest becomes markup', () => {
  test.each([
    '<img src=x onerror=alert(1)>',
    '[a](b)',
    '![a](b)',
    '**a** __b__ ~~c~~',
    'a | b',
    '# a',
    '1. a',
    '2) a',
    '- a',
    '+ a',
    '> a',
    '&lt;b&gt;',
    'a\\',
    'a\n\n# b',
    '`a``b',
    '\\`a',
  ])('%j', (text) => {
    const lines = told(text)
    expect(lines).toHaveLength(told('a').length)
    const left = lines.map(bare)
    expect(left.filter((line) => /[*_<>|~`[\]]|&#?\w+;|^(?:#|[-+>] |\d+[.)] )/.test(line))).toEqual([])
  })

  test('code keeps its backticks, on one line', () => {
    expect(codeIn('a`b')).toBe('- ``a`b``')
    expect(codeIn('`a``b')).toBe('- ``` `a``b ```')
    expect(codeIn('a\n# b')).toBe('- `a # b`')
  })
})

test('what a CNI does otherwise is told with its source', () => {
  const fact = { note: 'An ipBlock holds no pods.', source: 'https://example.org', uncertain: false, policies: [] }
  const explanation: Explanation = {
    name: 'a → b all ports: denied',
    from: { anywhere: true },
    to: { anywhere: true },
    ports: 'all ports',
    status: 'denied',
    summary: 'It is closed.',
    halves: [],
    open: 'no ports',
    deciders: [],
    differs: { reference: 'allowed', facts: [{ ...fact, verified: false }] },
  }
  expect(explanationMarkdown(explanation, () => undefined)).toMatch(
    /What the CNI does otherwise.*\n\n- An ipBlock holds no pods.* [(]https:.*not verified[)]\n/,
  )
})
