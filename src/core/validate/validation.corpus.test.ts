import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '#core/yaml/parse.ts'
import { validate } from './validate.ts'

const SHARED = join(import.meta.dirname, '../../../../shared/corpora')

const here = existsSync(SHARED)
if (!here) console.warn("\n!! ../shared is absent: upstream's validation tests were not compared.\n")

interface Case {
  readonly name: string
  readonly policy: object
  readonly valid: boolean
  readonly errorFields: readonly string[]
}

// Nothing where it is absent.
function readCases(): readonly Case[] {
  const file = join(SHARED, 'validation.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Case[]) : []
}

function errorsOf(text: string): readonly string[] {
  const { tree, problems } = parseDocument(text)
  expect(problems).toEqual([])
  if (!tree) return []
  const errors = validate({ id: 'd1', tree }).filter(({ severity }) => severity === 'error')
  return errors.map(({ message }) => message.slice(0, message.indexOf(': ')))
}

test('the corpus is compared where it is', () => {
  expect(readCases().length > 0).toBe(here)
})

describe.each(here ? ["upstream's own validation tests"] : [])('%s', () => {
  const cases = readCases()

  test('there are cases to compare', () => {
    expect(cases.length).toBeGreaterThan(25)
  })

  test.each(cases)('$name', ({ policy, valid, errorFields }) => {
    const fields = errorsOf(JSON.stringify(policy))
    expect(fields.length === 0).toBe(valid)
    expect([...new Set(fields)].toSorted()).toEqual([...new Set(errorFields)].toSorted())
  })
})

// Two objects of one name are no fault of either; and the server takes a range that holds no port (semantics.md C.4).
const ELSEWHERE = new Set(['anp_bad_path_test_3', 'banp_bad_path_test_1', 'anp_test_with_empty_port_range'])
const POLICY = /^kind: (Baseline)?(Admin)?NetworkPolicy/m

describe.each(here ? ['input that another analyser rejects, too'] : [])('%s', () => {
  const folder = join(SHARED, 'netpol-analyzer-invalid')
  const isOurs = (name: string): boolean => {
    const { toolSpecific } = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as {
      toolSpecific: boolean
    }
    return !toolSpecific && !ELSEWHERE.has(name)
  }
  const cases = existsSync(folder) ? readdirSync(folder).filter(isOurs) : []

  test('there are cases to compare', () => {
    expect(cases.length).toBe(23)
  })

  test.each(cases)('%s', (name) => {
    const manifests = join(folder, name, 'manifests')
    const documents = readdirSync(manifests).flatMap((file) =>
      readFileSync(join(manifests, file), 'utf8').split(/^---/m),
    )
    const errors = documents.filter((text) => POLICY.test(text)).flatMap(errorsOf)
    expect(errors.length).toBeGreaterThan(0)
  })
})
